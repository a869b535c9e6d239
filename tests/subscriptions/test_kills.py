"""Workers that are killed at any moment, and a mail server that fails: nobody is left out, few repeat.

The kills are 50 on PostgreSQL, where several workers belong, and a few on SQLite.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections

from subscriptions import sending
from subscriptions.models import Delivery, Mailing, Subscriber
from tests.factories.pages import ReviewPageFactory
from tests.factories.subscriptions import MailingFactory
from tests.subscriptions.sink import Sink
from tests.subscriptions.workers import work

LONGEST = 90
Status = Delivery.Status


class Workers:
    """Two workers, one of which is killed now and then and replaced."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.nursery = subprocess.Popen(
            [sys.executable, "-m", "tests.subscriptions.nursery"],
            cwd=settings.BASE_DIR,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.pids: list[int] = []
        self.kills = 0

    def begin(self) -> None:
        """Start both, with something to do in their first round."""
        self.pids = [self.start(), self.start()]

    def start(self) -> int:
        """Start a worker."""
        assert self.nursery.stdin
        assert self.nursery.stdout
        self.nursery.stdin.write("start\n")
        self.nursery.stdin.flush()
        return int(self.nursery.stdout.readline())

    def kill_one(self) -> None:
        """Kill a worker as the system does that is out of memory, and start another."""
        victim = random.randrange(2)  # noqa: S311
        os.kill(self.pids[victim], signal.SIGKILL)
        self.kills += 1
        self.pids[victim] = self.start()

    def end(self) -> None:
        """Kill what is left."""
        for pid in self.pids:
            os.kill(pid, signal.SIGKILL)
        self.nursery.kill()
        self.nursery.wait()


def database_url() -> str:
    """The database of the tests, as a process of its own is told of it."""
    database = connections["default"].settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    login = f"{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}"
    return f"postgres://{login}/{database['NAME']}"


@pytest.fixture
def sink() -> Iterator[Sink]:
    """A mail server that takes a few milliseconds for each mail."""
    server = Sink(seconds=0.006)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def workers(transactional_db: None, sink: Sink, tmp_path: Path) -> Iterator[Workers]:
    """Two workers that send to the sink, and take another for dead after two seconds."""
    started = Workers(
        {
            **os.environ,
            "DATABASE_URL": database_url(),
            "DJANGO_SETTINGS_MODULE": "config.settings.development",
            "STATE_DIR": str(tmp_path),
            "DEBUG": "0",
            "EMAIL_URL": f"smtp://{sink.hostname}:{sink.port}",
            "DELIVERY_LEASE_SECONDS": "2",
        }
    )
    yield started
    started.end()


def planned(number: int) -> list[Mailing]:
    """Make mailings that are due."""
    reviews = [ReviewPageFactory(header_image=None) for _mailing in range(number)]
    Mailing.objects.all().delete()
    return [MailingFactory(page=review, status=Mailing.Status.PLANNED, started_at=None) for review in reviews]


def are_done() -> bool:
    """Whether nothing is left to send."""
    return not Mailing.objects.exclude(status=Mailing.Status.SENT).exists()


def test_workers_that_are_killed_at_random_leave_nobody_out(workers: Workers, sink: Sink) -> None:
    kills, readers, mailings = (50, 1_200, 2) if connection.vendor == "postgresql" else (5, 150, 1)
    Subscriber.objects.bulk_create(
        Subscriber(email=f"reader-{number}@example.org", status="active") for number in range(readers)
    )
    planned(mailings)
    workers.begin()
    deadline = time.monotonic() + LONGEST
    while not sink.taken:
        time.sleep(0.05)
    while workers.kills < kills and not are_done():
        time.sleep(random.uniform(0.02, 0.5))  # noqa: S311
        workers.kill_one()
    assert workers.kills == kills, "The mailing was over before."
    while not are_done() and time.monotonic() < deadline:
        time.sleep(0.2)

    assert set(Mailing.objects.values_list("status", flat=True)) == {Mailing.Status.SENT}
    assert set(Delivery.objects.values_list("status", flat=True)) == {Status.SENT}
    # Each delivery reached its reader under its own Message-ID, and no other.
    assert set(sink.taken) == set(Delivery.objects.values_list("subscriber__email", "message_id"))
    assert len(sink.taken) == readers * mailings
    assert sum(sink.taken.values()) - len(sink.taken) <= kills


@pytest.mark.django_db
def test_a_mail_server_that_fails_now_and_then_still_gets_every_mail_once(settings: Any) -> None:
    emails = [f"reader-{number}@example.org" for number in range(300)]
    Subscriber.objects.bulk_create(Subscriber(email=email, status="active") for email in emails)
    never = frozenset(emails[::50])
    server = Sink(later=0.1, cuts=0.05, never=never)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.hostname, server.port
    planned(1)
    try:
        for _wait in sending.WAITS:
            work()
            # The wait is over.
            Delivery.objects.filter(status=Status.QUEUED).update(due_at=Mailing.objects.get().started_at)
        work()
    finally:
        server.stop()

    assert set(Delivery.objects.filter(status=Status.FAILED).values_list("subscriber__email", flat=True)) == never
    assert {email for email, _message_id in server.taken} == set(emails) - never
    assert set(server.taken.values()) == {1}
    assert Delivery.objects.filter(attempts__gt=1).count() > len(emails) / 20
    assert are_done()
