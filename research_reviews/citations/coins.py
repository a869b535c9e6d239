"""COinS: a citation in a `<span class="Z3988">` of a page, for Zotero and other reference managers.

A ContextObject of OpenURL (ANSI/NISO Z39.88-2004) with keys as Zotero reads them (openurl.js of zotero/utilities).
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from research_reviews.citations.record import CitationRecord, Creator, Kind

# The metadata format, what is fixed in it, and the keys of title and container.
FORMS = {
    Kind.POST: ("dc", "type=blogPost", "title", "source"),
    Kind.ARTICLE: ("journal", "genre=article", "atitle", "jtitle"),
    Kind.REPORT: ("book", "genre=report", "btitle", "series"),
    Kind.BOOK: ("book", "genre=book", "btitle", "series"),
    Kind.DOCUMENT: ("book", "genre=document", "title", "series"),
}


def write(record: CitationRecord) -> str:
    """Return the ContextObject, for the span's title attribute."""
    form, fixed, title, container = FORMS[record.kind]
    keys = [
        ("rft_id", f"info:doi/{record.doi}" if record.doi else ""),
        ("rft_id", "" if record.doi else record.url),
        (f"rft.{title}", record.title),
        (f"rft.{container}", record.container),
        *map(author, record.creators),
        ("rft.date", record.issued.iso if record.issued else ""),
        *details(record),
    ]
    start = f"ctx_ver=Z39.88-2004&rft_val_fmt=info:ofi/fmt:kev:mtx:{form}&rft.{fixed}"
    return "&".join([start, *(f"{key}={encode(value)}" for key, value in keys if value)])


def author(creator: Creator) -> tuple[str, str]:
    """Return the key and the name of an author.

    Zotero takes `au` apart, at the comma or at the last space, and puts `aucorp` before everybody else. Only `aulast`
    alone keeps a whole name both whole and in its place.
    """
    return ("rft.aulast", creator.name) if creator.is_whole else ("rft.au", creator.inverted)


def details(record: CitationRecord) -> Iterator[tuple[str, str]]:
    """Yield where in its journal an article stands, and who published what is no article: each format has but one."""
    if record.kind is Kind.ARTICLE:
        pages = "-".join(filter(None, record.page_range))
        yield from (("rft.volume", record.volume), ("rft.issue", record.issue), ("rft.pages", pages))
    else:
        yield "rft.pub", record.publisher


def encode(value: str) -> str:
    """Return a value as OpenURL asks for it, but for spaces, which need no escape in an attribute of a page."""
    return quote(value, safe="/:,;() ")
