"""A Word document becomes nodes by way of the HTML that mammoth makes of it."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import mammoth
from django.utils.translation import gettext as _

from research_reviews.intake import html
from research_reviews.intake.errors import IntakeError
from research_reviews.intake.nodes import Document

# What a document may unpack to, and how many parts it may have: a small file can hold endless zeros.
LARGEST_PART = 40_000_000
MOST_PARTS = 5_000
ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p.subtitle:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Block Text'] => blockquote > p:fresh
p[style-name='Quotations'] => blockquote > p:fresh
p[style-name='Caption'] => p.caption:fresh
p[style-name='footnote text'] => p:fresh
p[style-name='endnote text'] => p:fresh
u => em
strike => s
"""


def read(content: bytes) -> Document:
    """Return a .docx file as a document, its pictures as data addresses, its footnotes as a list at the end.

    Raises IntakeError where it is no Word document, is damaged or unpacks to more than 40 MB.
    """
    unpackable(content)
    try:
        # The map's own styles come first, so that a document cannot send its own along.
        converted = mammoth.convert_to_html(io.BytesIO(content), style_map=STYLES, include_embedded_style_map=False)
    except Exception as error:
        # The library lets through whatever the zip, XML or relationships of a damaged file raise.
        raise IntakeError(damaged()) from error
    return replace(html.read(converted.value), is_page=False)


def unpackable(content: bytes) -> None:
    """Raise IntakeError where a file is no Word document, or one made to exhaust what opens it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_PART:
                raise IntakeError(_("This Word document is too large. Take the pictures out, or copy its text."))
            if "word/document.xml" not in packed.namelist():
                raise IntakeError(_("This is a packed file, but not a Word document. Save it as .docx."))
            for part in parts:
                if part.filename.endswith((".xml", ".rels")) and ENTITIES.search(packed.read(part)[:4096]):
                    raise IntakeError(_("This Word document defines entities of its own. Copy its text instead."))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise IntakeError(damaged()) from error


def damaged() -> str:
    """Return what to say of a file that cannot be opened."""
    return _("This Word document is damaged. Open it in Word, save it again and bring the new file.")
