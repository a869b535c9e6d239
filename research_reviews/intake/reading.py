"""A file of any kind becomes a document: which reader takes it, and which characters its bytes are."""

from __future__ import annotations

import codecs
import re
from pathlib import PurePath

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from research_reviews.intake import docx, html, markdown, text
from research_reviews.intake.errors import IntakeError
from research_reviews.intake.nodes import Document

LARGEST = 20_000_000
MARKUP = re.compile(
    r"\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype|[a-z][a-z0-9]*[\s>/])", re.IGNORECASE | re.DOTALL
)
CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
# The beginnings of files that editors bring by mistake, and what to do instead.
REFUSED = {
    b"%PDF": gettext_lazy("This is a PDF. Save it as a Word document or copy its text."),
    b"\xd0\xcf\x11\xe0": gettext_lazy("This is an old Word document. Save it as .docx."),
    b"{\\rtf": gettext_lazy("This is a rich text file. Save it as .docx."),
}
BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}


def read(name: str, content: bytes) -> Document:
    """Return a file as a document; the name's ending says what it is, the content where there is none.

    Raises IntakeError where it is of no kind that can be read, or larger than 20 MB.
    """
    if len(content) > LARGEST:
        raise IntakeError(_("The file is larger than 20 MB. Take the pictures out, or copy its text."))
    for beginning, advice in REFUSED.items():
        if content.startswith(beginning):
            raise IntakeError(str(advice))
    if content.startswith(b"PK\x03\x04"):
        return docx.read(content)
    ending = PurePath(name).suffix.lower()
    if ending == ".docx":
        raise IntakeError(_("This is not a Word document, or it is damaged. Open it in Word and save it again."))
    return read_text(ending, decoded(content))


def read_text(ending: str, source: str) -> Document:
    """Return what is written in characters as a document, by the ending of its name such as `.md`."""
    if ending in {".html", ".htm", ".xhtml"}:
        return html.read(source)
    if ending in {".md", ".markdown", ".mdown"}:
        return markdown.read(source)
    # Browsers save and people paste under any name.
    return html.read(source) if MARKUP.match(source) else text.read(source)


def decoded(content: bytes) -> str:
    """Return bytes as characters, with one kind of line end and no control characters.

    A byte order mark counts first, then what the mark-up says, then UTF-8. A byte that is none of UTF-8 is taken for
    one of Windows-1252, which is what files of no declared encoding hold. Raises IntakeError where it is no text.
    """
    characters = characters_of(content)
    if "\x00" in characters:
        raise IntakeError(_("This is not a text. Bring a .docx, .html, .md or .txt file."))
    characters = characters.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n")
    return CONTROL.sub("", characters).replace("\ufeff", "")


def characters_of(content: bytes) -> str:
    """Return bytes as characters, whatever encoding they are in."""
    for mark, encoding in BYTE_ORDER_MARKS.items():
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, errors="replace")
    if wide := wide_encoding(content[:400]):
        return content.decode(wide, errors="replace")
    declared = CHARSET.search(content[:2048])
    if declared and (declared_text := as_declared(content, declared[1].decode("ascii"))) is not None:
        return declared_text
    return content.decode("utf-8", errors="windows-1252")


def as_declared(content: bytes, encoding: str) -> str | None:
    """Return bytes in the encoding that their mark-up names; None where they are in another or there is none such."""
    try:
        if codecs.lookup(encoding).name.startswith("utf-16"):
            return None
        return content.decode("cp1252" if encoding.lower() in {"iso-8859-1", "latin1"} else encoding)
    except (LookupError, ValueError):
        return None


def wide_encoding(beginning: bytes) -> str:
    """Return the encoding of text in two bytes a character and without a byte order mark; empty where it is not."""
    half = len(beginning) // 2
    if half < 4:
        return ""
    if beginning[1::2].count(0) > half * 0.7 and beginning[::2].count(0) < half * 0.1:
        return "utf-16-le"
    if beginning[::2].count(0) > half * 0.7 and beginning[1::2].count(0) < half * 0.1:
        return "utf-16-be"
    return ""


def as_windows(error: UnicodeError) -> tuple[str, int]:
    """Return the character that a byte stands for in Windows-1252, and where to go on."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    byte = error.object[error.start : error.start + 1]
    return byte.decode("cp1252", errors="replace"), error.start + 1


codecs.register_error("windows-1252", as_windows)
