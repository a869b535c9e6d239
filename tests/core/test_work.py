"""The worker: `manage.py work` as a process of its own, on an SQLite file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max
from wagtail.models import Page, Revision
from wagtail.signals import page_published

from core.management.commands.work import LONGEST_TASK, MOST_ATTEMPTS, put_back_abandoned_tasks
from core.schedule import act_on_schedule
from home.models import HomePage, StandardPage

SECONDS_TO_WAIT = 45


def due(seconds: int = 60) -> Any:
    """Some time ago."""
    return timezone.now() - timedelta(seconds=seconds)


def draft(title: str) -> StandardPage:
    """A page that no reader sees yet."""
    page = StandardPage(title=title, live=False)
    HomePage.objects.get().add_child(instance=page)
    return page


def schedule(page: StandardPage) -> Revision:
    """Have an editor schedule the page, at a time that has come since."""
    page.go_live_at = timezone.now() + timedelta(hours=1)
    revision = page.save_revision()
    revision.publish()
    content = {**revision.content, "go_live_at": due().isoformat()}
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=due(), content=content)
    Page.objects.filter(pk=page.pk).update(go_live_at=due())
    return revision


def left_by_a_killed_worker(attempts: int) -> DBTaskResult:
    """A task that a worker began and never ended."""
    return DBTaskResult.objects.create(
        status=TaskResultStatus.RUNNING,
        started_at=timezone.now() - LONGEST_TASK - timedelta(seconds=1),
        args_kwargs={"args": [], "kwargs": {}},
        task_path="tests.core.tasks.nothing",
        worker_ids=["gone"] * attempts,
        backend_name="default",
        run_after=get_date_max(),
    )


def eventually(happened: Callable[[], bool]) -> bool:
    """Whether it happens within the time that a worker may take."""
    deadline = time.monotonic() + SECONDS_TO_WAIT
    while time.monotonic() < deadline:
        if happened():
            return True
        time.sleep(0.2)
    return False


@pytest.fixture
def worker(transactional_db: None, tmp_path: Path) -> Iterator[subprocess.Popen]:
    """A worker on the database of the tests, stopped in the end."""
    database = connections["default"].settings_dict
    url = f"sqlite:///{database['NAME']}"
    if database["ENGINE"] == "django.db.backends.postgresql":
        login = f"{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}"
        url = f"postgres://{login}/{database['NAME']}"
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "config.settings.development",
        "STATE_DIR": str(tmp_path),
        "DEBUG": "0",
    }
    command = [sys.executable, "manage.py", "work"]
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment)
    yield process
    process.kill()
    process.wait()


def test_a_worker_does_tasks_publishes_pages_and_stops_when_told(worker: subprocess.Popen) -> None:
    page = draft("About us")
    schedule(page)
    task = left_by_a_killed_worker(attempts=1)

    assert eventually(lambda: StandardPage.objects.get(pk=page.pk).live)
    assert eventually(lambda: DBTaskResult.objects.get(pk=task.pk).status == TaskResultStatus.SUCCESSFUL)

    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=5) == 0


@pytest.mark.django_db
def test_a_page_is_taken_down_when_it_expires() -> None:
    page = draft("Vacancies")
    page.save_revision().publish()
    Page.objects.filter(pk=page.pk).update(expire_at=due())
    act_on_schedule()
    page.refresh_from_db()
    assert not page.live
    assert page.expired


@pytest.mark.django_db
def test_a_page_that_cannot_be_published_does_not_keep_others_waiting(caplog: pytest.LogCaptureFixture) -> None:
    def refuse(instance: Page, **kwargs: Any) -> None:
        if instance.title == "Broken":
            raise ValueError

    broken, good = draft("Broken"), draft("Good")
    schedule(broken)
    schedule(good)
    page_published.connect(refuse)
    try:
        act_on_schedule()
    finally:
        page_published.disconnect(refuse)
    good.refresh_from_db()
    broken.refresh_from_db()
    assert (good.live, broken.live) == (True, False)
    assert "could not be published" in caplog.text


@pytest.mark.django_db
def test_a_task_that_was_left_behind_is_put_back() -> None:
    task = left_by_a_killed_worker(attempts=1)
    put_back_abandoned_tasks()
    task.refresh_from_db()
    assert task.status == TaskResultStatus.READY


@pytest.mark.django_db
def test_a_task_that_is_left_behind_again_and_again_is_given_up() -> None:
    task = left_by_a_killed_worker(attempts=MOST_ATTEMPTS)
    put_back_abandoned_tasks()
    task.refresh_from_db()
    assert task.status == TaskResultStatus.FAILED


@pytest.mark.django_db
def test_a_task_that_is_being_done_is_left_alone() -> None:
    task = left_by_a_killed_worker(attempts=1)
    DBTaskResult.objects.update(started_at=timezone.now())
    put_back_abandoned_tasks()
    task.refresh_from_db()
    assert task.status == TaskResultStatus.RUNNING
