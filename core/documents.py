"""Documents: what may be uploaded, and how it is handed to readers."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any
from zipfile import BadZipFile, ZipFile

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.documents.views import serve as wagtail_serve

START = 1024
# A document of a few megabytes that unpacks to more than this is made to fill a reader's disk.
MOST_UNPACKED = 500 * 1024 * 1024
PAGE_OR_PROGRAM = re.compile(rb"^\s*(?:<!doctype|<html|<script|<svg|<\?xml|<\?php|#!|MZ|\x7fELF)", re.IGNORECASE)
OPEN_DOCUMENT = {
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
    "odt": b"application/vnd.oasis.opendocument.text",
}
OFFICE = {"docx": "word/document.xml", "pptx": "ppt/presentation.xml", "xlsx": "xl/workbook.xml"}


class DocumentForm(BaseDocumentForm):
    """Wagtail's form for documents, which also looks whether the file is what its name says."""

    def clean_file(self) -> Any:
        """Refuse a file that is something else than its name says, or holds a program."""
        file = self.cleaned_data["file"]
        if file and "file" in self.changed_data:
            check_content(file)
        return file


def check_content(file: UploadedFile) -> None:
    """Raise ValidationError, with what to do, where the file is not what its name says. Unpacks nothing."""
    extension = Path(file.name or "").suffix.lower().lstrip(".")
    if check := CHECKS.get(extension):
        file.seek(0)
        is_right = check(file.open("rb"), extension)
        file.seek(0)
        if not is_right:
            message = _(
                "This file is no %(type)s document, although its name says so. Open it and save it again as one."
            )
            raise ValidationError(message, code="wrong_content", params={"type": extension.upper()})


def is_pdf(file: IO[bytes], extension: str) -> bool:
    """Whether it begins as a PDF does."""
    return file.read(START).lstrip().startswith(b"%PDF-")


def is_rich_text(file: IO[bytes], extension: str) -> bool:
    """Whether it begins as an RTF file does."""
    return file.read(START).startswith(b"{\\rtf")


def is_text(file: IO[bytes], extension: str) -> bool:
    """Whether it is text for people: no page, no program, no bytes that text never has."""
    start = file.read(START)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    if PAGE_OR_PROGRAM.match(start.removeprefix(codecs.BOM_UTF8)) or b"\0" in start:
        return False
    return not any(b"\0" in piece for piece in iter(lambda: file.read(1024 * START), b""))


def is_office(file: IO[bytes], extension: str) -> bool:
    """Whether it is an archive with an Office or OpenDocument file. Raises ValidationError for macros and bombs."""
    try:
        with ZipFile(file) as archive:
            parts = {part.filename: part.file_size for part in archive.infolist()}
            if any(name.lower().endswith("vbaproject.bin") or name.startswith("Basic/") for name in parts):
                raise ValidationError(_("This document holds macros. Save it without them."), code="macros")
            if sum(parts.values()) > MOST_UNPACKED:
                raise ValidationError(_("This document is too large once it is unpacked."), code="too_large")
            if extension in OFFICE:
                return OFFICE[extension] in parts
            with archive.open("mimetype") as kind:
                return kind.read(START).startswith(OPEN_DOCUMENT[extension])
    except (BadZipFile, KeyError, NotImplementedError, OSError, RuntimeError, ValueError):
        return False


CHECKS: dict[str, Callable[[IO[bytes], str], bool]] = {
    "csv": is_text,
    "pdf": is_pdf,
    "rtf": is_rich_text,
    "txt": is_text,
    **dict.fromkeys((*OFFICE, *OPEN_DOCUMENT), is_office),
}


def serve(request: HttpRequest, document_id: str, document_filename: str) -> HttpResponse:
    """Hand out a document as Wagtail does, and tell browsers to run nothing in it."""
    response = wagtail_serve.serve(request, document_id, document_filename)
    if response.headers.get("Content-Disposition"):
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
