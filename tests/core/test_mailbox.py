"""In development, mails that were written to files can be read in a browser; elsewhere there is no such address."""

from __future__ import annotations

import os
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.mail import EmailMultiAlternatives, get_connection
from django.test import Client

import config.urls
from core import mailbox
from tests.reading import every, read, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def box(settings: Any, tmp_path: Path) -> Path:
    """The addresses of the mailbox, and an empty folder for mails."""
    urls = ModuleType("urls_with_mailbox")
    urls.urlpatterns = [*mailbox.urlpatterns, *config.urls.urlpatterns]  # type: ignore[attr-defined]
    settings.ROOT_URLCONF = urls
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    return tmp_path


def write(*subjects: str, html: str = "<p>Hello</p>", text: str = "Hello") -> None:
    """Send mails over one connection."""
    with get_connection() as connection:
        for subject in subjects:
            message = EmailMultiAlternatives(subject, text, "a@example.org", ["b@example.org"], connection=connection)
            message.attach_alternative(html, "text/html")
            message.send()


def test_outside_of_development_there_is_no_mailbox() -> None:
    assert Client().get("/dev/mail/").status_code == 404


def test_an_empty_mailbox_says_what_will_stand_there(box: Path) -> None:
    assert "No mail has been written" in words(read("/dev/mail/").select_one("main"))


def test_mails_are_listed_newest_first_also_those_of_one_connection(box: Path) -> None:
    write("First", "Zweite Überschrift 🗝")
    [older] = box.glob("*.log")
    os.utime(older, (1, 1))
    write("Third")
    assert every(read("/dev/mail/"), "td a")[:1] == ["Third"]
    assert every(read("/dev/mail/"), "td a")[1:] == ["Zweite Überschrift 🗝", "First"]


def test_a_mail_is_shown_with_its_headers_and_both_parts_and_nothing_in_it_runs(box: Path) -> None:
    write("A <b>subject</b>", html="<script>alert(1)</script><p>Hello</p>", text=f"Words\n{'-' * 79}\nmore words")
    link = read("/dev/mail/").select_one("td a")
    assert link
    answer = Client().get(str(link["href"]))
    page = BeautifulSoup(answer.content, "html.parser")
    frame = page.select_one("iframe")
    assert frame
    assert "<p>Hello</p>" in frame["srcdoc"]
    assert "allow-scripts" not in frame["sandbox"]
    assert "b@example.org" in words(page.select_one("dl"))
    assert "more words" in words(page.select_one("pre"))
    assert "script-src 'self';" in f"{answer['Content-Security-Policy']};"
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("address", ["/dev/mail/nothing/0/", "/dev/mail/..%2Fsecret_key/0/", "/dev/mail/nothing/-1/"])
def test_what_is_no_mail_is_not_found(box: Path, address: str) -> None:
    assert Client().get(address).status_code == 404


def test_a_half_written_file_breaks_nothing(box: Path) -> None:
    (box / "20260101-000000-1.log").write_bytes(b"Subject: Half\nDate: nonsense\n\n\xff\xfe half a ma")
    assert every(read("/dev/mail/"), "td a") == ["Half"]
    read("/dev/mail/20260101-000000-1/0/")
