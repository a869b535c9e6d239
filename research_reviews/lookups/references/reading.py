"""Tells the formats apart by what stands in them, because neither names nor programs can be relied on."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.utils.translation import gettext as _

from research_reviews.lookups.record import StudyRecord
from research_reviews.lookups.references import bibtex, csl_json, ris

LARGEST = 2 * 1024 * 1024
MOST = 200
FORMATS: list[tuple[re.Pattern[str], Callable[[str], list[StudyRecord]], str]] = [
    (re.compile(r"\s*[\[{]"), csl_json.read, "CSL-JSON"),
    (re.compile(r"(?:.*\n)*?\s*TY\s{1,2}-"), ris.read, "RIS"),
    (re.compile(r"[^@]*@\s*[A-Za-z]+\s*[{(]"), bibtex.read, "BibTeX"),
]


class Unreadable(ValueError):  # noqa: N818 - named for what it is
    """There is no reference in it. Its text is a sentence for the editor."""


def read_references(content: bytes | str) -> list[StudyRecord]:
    """Return the references of a file or of pasted text, at most 200, each with the format as its source.

    Raises Unreadable with a sentence where there are none.
    """
    if len(content) > LARGEST:
        raise Unreadable(_("This is larger than 2 MB. Take the reference of this study alone."))
    text = decoded(content) if isinstance(content, bytes) else content.lstrip("\ufeff")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for form, read, name in FORMATS:
        if form.match(text):
            found = [record for record in understood(read, text, name) if record.title or record.doi]
            if found:
                return [record.said_by(name) for record in found[:MOST]]
            break
    raise Unreadable(_("There is no reference in this. Take a file or text in RIS, BibTeX or CSL-JSON."))


def understood(read: Callable[[str], list[StudyRecord]], text: str, name: str) -> list[StudyRecord]:
    """Return what a reader finds. Raises Unreadable where the text breaks the rules of its format."""
    try:
        return read(text)
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError, OSError) as error:
        message = _("This looks like %(format)s, but is damaged: it cannot be read.") % {"format": name}
        raise Unreadable(message) from error


def decoded(content: bytes) -> str:
    """Return the text of a file: Unicode where it is, else as Windows writes it in western Europe."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
