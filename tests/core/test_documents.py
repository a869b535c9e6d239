"""Documents that editors upload and readers download."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.documents.models import Document

from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("temporary_media")]

Upload = Callable[[Client, str, bytes], str]


def archive(**parts: bytes) -> bytes:
    """Return a ZIP archive; a part's name has '__' for '/' and '_' for '.'."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive_file:
        for name, content in parts.items():
            archive_file.writestr(name.replace("__", "/").replace("_", "."), content)
    return file.getvalue()


def upload_one(editor: Client, name: str, content: bytes) -> str:
    """Upload by the form for one document and return the words of the refusal, or nothing."""
    file = SimpleUploadedFile(name, content)
    response = editor.post(reverse("wagtaildocs:add"), {"title": "A report", "file": file, "collection": "1"})
    return "" if response.status_code == 302 else " ".join(response.context["form"].errors.get("file", ["?"]))


def upload_many(editor: Client, name: str, content: bytes) -> str:
    """Upload by the page that takes many documents and return the words of the refusal, or nothing."""
    file = SimpleUploadedFile(name, content)
    answer = json.loads(editor.post(reverse("wagtaildocs:add_multiple"), {"files[]": file, "collection": "1"}).content)
    return "" if answer["success"] else str(answer["error_message"])


def upload_in_chooser(editor: Client, name: str, content: bytes) -> str:
    """Upload in the chooser of the page editor and return its answer where it refuses, or nothing."""
    prefix = "document-chooser-upload"
    fields = {f"{prefix}-title": "A report", f"{prefix}-collection": "1"}
    file = SimpleUploadedFile(name, content)
    response = editor.post(reverse("wagtaildocs_chooser:create"), {**fields, f"{prefix}-file": file})
    answer = json.loads(response.content)
    return "" if answer["step"] == "chosen" else str(answer["htmlFragment"])


WORD = {"word__document_xml": b"<w:document/>"}
HONEST = {
    "a PDF": ("report.pdf", b"%PDF-1.7\n%%EOF"),
    "a Word document": ("report.docx", archive(**WORD)),
    "a spreadsheet": ("report.xlsx", archive(xl__workbook_xml=b"<workbook/>")),
    "slides": ("report.pptx", archive(ppt__presentation_xml=b"<p/>")),
    "an OpenDocument text": ("report.odt", archive(mimetype=b"application/vnd.oasis.opendocument.text")),
    "rich text": ("report.rtf", b"{\\rtf1 Report}"),
    "a table": ("report.csv", "Group;People\nDéjà vu;18\n".encode("cp1252")),
    "a table from Excel": ("report.csv", "\ufeffGroup\tPeople\n".encode("utf-16-le")),
    "a text": ("report.txt", "Angle < 90° and a <b> in it".encode()),
    "an upper-case ending": ("REPORT.PDF", b"%PDF-1.7\n%%EOF"),
}
HOSTILE = {
    "a page named as a PDF": ("report.pdf", b"<html><script>alert(1)</script>", "no PDF document"),
    "a page named as a text": (
        "report.txt",
        b"\xef\xbb\xbf <!DOCTYPE html><p>Report",
        "no TXT document",
    ),
    "a program named as a table": ("report.csv", b"MZ\x90\0", "no CSV document"),
    "a script named as a text": ("report.txt", b"#!/bin/sh\nrm -r .", "no TXT document"),
    "an archive named as a Word document": ("report.docx", archive(a_txt=b"a"), "no DOCX document"),
    "a spreadsheet named as a Word document": ("report.docx", archive(xl__workbook_xml=b"a"), "no DOCX document"),
    "a text named as an OpenDocument table": ("report.ods", archive(mimetype=b"text/plain"), "no ODS document"),
    "no archive at all": ("report.docx", b"PK\x03\x04 and no more", "no DOCX document"),
    "macros": ("report.docx", archive(**WORD, word__vbaProject_bin=b"a"), "holds macros"),
    "a page": ("report.html", b"<script>alert(1)</script>", "not allowed"),
    "an SVG": ("report.svg", b"<svg onload='alert(1)'/>", "not allowed"),
    "nothing": ("report.pdf", b"", "empty"),
}


@pytest.fixture
def editor(client: Client) -> Client:
    """A client that a superuser has signed in with."""
    client.force_login(UserFactory(superuser=True))
    return client


@pytest.mark.parametrize(("name", "content"), HONEST.values(), ids=HONEST)
def test_a_document_that_is_what_it_says_is_taken(editor: Client, name: str, content: bytes) -> None:
    assert upload_one(editor, name, content) == ""
    assert Document.objects.count() == 1


@pytest.mark.parametrize("upload", [upload_one, upload_many, upload_in_chooser])
@pytest.mark.parametrize(("name", "content", "reason"), HOSTILE.values(), ids=HOSTILE)
def test_a_document_that_is_something_else_is_refused_with_the_reason(
    editor: Client, upload: Upload, name: str, content: bytes, reason: str
) -> None:
    assert reason in upload(editor, name, content)
    assert not Document.objects.exists()


def test_a_document_that_unpacks_to_far_more_than_it_weighs_is_refused(
    editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.documents.MOST_UNPACKED", 1_000_000)
    bomb = archive(**WORD, a_txt=bytes(2_000_000))
    assert len(bomb) < 10_000

    assert "too large once it is unpacked" in upload_one(editor, "report.docx", bomb)


@pytest.mark.parametrize(("name", "content"), [HONEST["a PDF"], HONEST["a text"]])
def test_a_reader_gets_a_document_as_a_file_that_can_run_nothing(
    editor: Client, client: Client, name: str, content: bytes
) -> None:
    upload_one(editor, name, content)
    client.logout()

    response = client.get(Document.objects.get().url)

    assert b"".join(response.streaming_content) == content  # type: ignore[attr-defined]
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path", ["/documents/999/report.pdf", "/documents/0/", "/documents/99999999999999999999/a.pdf", "/documents/1/%00"]
)
def test_a_document_that_is_not_there_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404
