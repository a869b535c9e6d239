"""A file of the old site's library, with the words that belong to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

import phpserialize
from django.utils.html import strip_tags

from wordpress_import.content.contract import Attachment
from wordpress_import.records import ItemRecord

CREDIT = re.compile(
    r"(?:\b(?:image|photo(?:graph)?|picture)\s+)?\b(?:credits?|photo(?:graph)?(?:\s+by)?|source|courtesy of)"
    r"\s*[:–-]\s*(.+)$",
    re.IGNORECASE | re.MULTILINE,
)
COPYRIGHT = re.compile(r"^\s*©\s*(.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class File:
    """An attachment. Alt text, caption and credit are plain text."""

    wp_id: int
    url: str
    title: str = ""
    alt: str = ""
    caption: str = ""
    description: str = ""
    credit: str = ""

    def as_attachment(self) -> Attachment:
        """Return what a conversion is told of it."""
        return Attachment(self.url, self.title, self.alt, self.caption, self.description)


def file_of(item: ItemRecord) -> File:
    """Return what an attachment says of its file. Its address is the one that it was uploaded to, else its guid."""
    caption = plain(item.excerpt)
    description = plain(item.content)
    return File(
        wp_id=item.wp_id,
        url=item.attachment_url or item.guid,
        title=plain(item.title),
        alt=plain((item.meta.get("_wp_attachment_image_alt") or [""])[0]),
        caption=caption,
        description=description,
        credit=(credit_in(caption) or credit_in(description) or credit_in_picture(item))[:255],
    )


def credit_in(text: str) -> str:
    """Return who a caption says made the picture; empty where it does not."""
    found = CREDIT.search(text) or COPYRIGHT.search(text)
    return found[1].strip(" .") if found else ""


def credit_in_picture(item: ItemRecord) -> str:
    """Return who the picture itself names as its maker, as WordPress read it from the file."""
    data: Any = (item.meta.get("_wp_attachment_metadata") or [""])[0]
    try:
        stored = phpserialize.loads(data.encode(), decode_strings=True, errors="replace")
        about = stored.get("image_meta") or {}
        return plain(str(about.get("credit") or about.get("copyright") or ""))
    except (ValueError, AttributeError, TypeError, RecursionError):
        return ""


def plain(text: str) -> str:
    """Return HTML of a line as plain text."""
    return " ".join(unescape(strip_tags(text or "")).split())
