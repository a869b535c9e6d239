"""The import from the admin: uploaded, looked through, begun, stopped, gone on with, its report taken along."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from core.roles import EDITOR, SITE_OWNER
from research_reviews.models import ReviewPage
from tests.factories.users import UserFactory
from wordpress_import import jobs
from wordpress_import.models import ImportRun

pytestmark = pytest.mark.django_db
State = ImportRun.State


@pytest.fixture
def owner(client: Client, settings: Any, tmp_path: Path) -> Client:
    """A site owner, signed in."""
    settings.STATE_DIR = tmp_path
    return signed_in(client, SITE_OWNER)


def signed_in(client: Client, role: str) -> Client:
    """Sign somebody of the role in."""
    user = UserFactory()
    user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    return client


def upload(client: Client, *files: SimpleUploadedFile, **data: Any) -> Any:
    """Send the form."""
    return client.post(reverse("wordpress_imports"), {"exports": list(files), "images": "none", **data})


def work() -> None:
    """Let the worker do whatever there is."""
    while jobs.import_piece():
        pass


def test_an_owner_looks_first_and_then_brings_a_site_in(owner: Client, exports: Path) -> None:
    answer = upload(owner, SimpleUploadedFile("site.xml", (exports / "gen-60.xml").read_bytes()))
    run = ImportRun.objects.get()
    address = reverse("wordpress_import", args=[run.pk])
    assert answer["Location"] == address
    work()
    run.refresh_from_db()
    assert run.state == State.CHECKED
    assert run.counts["post"] == {"made": 60}
    assert not ReviewPage.objects.exists()
    shown = owner.get(address).content.decode()
    assert "nothing has been written yet" in shown
    assert "contact-form-7: 2" in shown
    owner.post(address, {"action": "import"})
    work()
    run.refresh_from_db()
    assert run.state == State.DONE
    assert ReviewPage.objects.count() == 60
    assert ReviewPage.objects.first().owner_id == run.made_by_id
    rows = list(csv.DictReader(StringIO(owner.get(f"{address}report.csv").content.decode())))
    assert sum(row["kind"] == "post" and row["outcome"] == "made" for row in rows) == 60
    assert owner.get(f"{address}report.json").json()["counts"]["post"] == {"made": 60}


def test_it_can_be_stopped_and_gone_on_with_by_another_worker(
    owner: Client, exports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload(owner, SimpleUploadedFile("site.xml", (exports / "gen-60.xml").read_bytes()))
    work()
    run = ImportRun.objects.get()
    address = reverse("wordpress_import", args=[run.pk])
    owner.post(address, {"action": "import"})
    monkeypatch.setattr(jobs, "SECONDS", 0.0)
    for _piece in range(4):
        assert jobs.import_piece()
    owner.post(address, {"action": "stop"})
    assert not jobs.import_piece()
    assert "stopped" in owner.get(address).content.decode()
    owner.post(address, {"action": "resume"})
    monkeypatch.setattr(jobs, "ME", "another")
    monkeypatch.setattr(jobs, "_at_work", {})
    work()
    run.refresh_from_db()
    assert run.state == State.DONE
    assert ReviewPage.objects.count() == 60


def test_two_workers_leave_an_import_to_one_of_them(owner: Client, exports: Path, monkeypatch: Any) -> None:
    upload(owner, SimpleUploadedFile("site.xml", (exports / "gen-60.xml").read_bytes()))
    monkeypatch.setattr(jobs, "SECONDS", 0.0)
    assert jobs.import_piece()
    monkeypatch.setattr(jobs, "ME", "another")
    assert not jobs.import_piece()


@pytest.mark.parametrize("content", [b"", b"<!DOCTYPE html><html><body>Login</body></html>"])
def test_what_is_no_export_is_refused_in_words(owner: Client, content: bytes) -> None:
    answer = upload(owner, SimpleUploadedFile("login.xml", content or b" "))
    work()
    run = ImportRun.objects.get()
    assert run.state == State.REFUSED
    assert run.problems[0] in owner.get(answer["Location"]).content.decode().replace("&#x27;", "'").replace(
        "&quot;", '"'
    )


def test_nothing_chosen_and_a_missing_folder_are_asked_for(owner: Client) -> None:
    assert "Choose at least one export." in upload(owner).content.decode()
    answer = upload(owner, SimpleUploadedFile("a.xml", b"<rss/>"), images="folder")
    assert answer.status_code == 422
    assert "Copy wp-content/uploads" in answer.content.decode()
    assert not ImportRun.objects.exists()


def test_editors_may_not(client: Client, settings: Any, tmp_path: Path) -> None:
    settings.STATE_DIR = tmp_path
    editor = signed_in(client, EDITOR)
    assert editor.get(reverse("wordpress_imports")).status_code == 302
    assert editor.get(reverse("wordpress_import_report", args=[1, "csv"])).status_code in (302, 404, 403)
    assert "wordpress-import" not in editor.get("/admin/").content.decode()


def test_deleting_an_import_deletes_its_files_and_keeps_what_it_made(owner: Client, exports: Path) -> None:
    upload(owner, SimpleUploadedFile("site.xml", (exports / "gen-60.xml").read_bytes()))
    work()
    run = ImportRun.objects.get()
    owner.post(reverse("wordpress_import", args=[run.pk]), {"action": "delete"})
    assert not ImportRun.objects.exists()
    assert not Path(run.paths[0]).exists()
