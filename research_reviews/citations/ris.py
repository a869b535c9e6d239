"""RIS, which EndNote, Zotero, Mendeley and most databases read.

Tags as https://en.wikipedia.org/wiki/RIS_(file_format) lists them and Zotero reads them.
"""

from __future__ import annotations

from collections.abc import Iterator

from research_reviews.citations.record import CitationRecord, Kind
from research_reviews.partial_date import PartialDate

MEDIA_TYPE = "application/x-research-info-systems"
TYPES = {Kind.POST: "BLOG", Kind.ARTICLE: "JOUR", Kind.REPORT: "RPRT", Kind.BOOK: "BOOK", Kind.DOCUMENT: "GEN"}


def write(record: CitationRecord) -> str:
    """Return the work as a RIS file."""
    return "".join(f"{tag}  - {value}\r\n" for tag, value in tags(record)) + "ER  - \r\n"


def tags(record: CitationRecord) -> Iterator[tuple[str, str]]:
    """Yield each tag that there is something to say in."""
    first_page, last_page = record.page_range
    yield "TY", TYPES[record.kind]
    for creator in record.creators:
        yield "AU", creator.inverted
    dates = [("PY", str(record.issued.year)), ("DA", date(record.issued))] if record.issued else []
    texts = [
        ("TI", record.title),
        ("T2", record.container),
        *dates,
        ("PB", record.publisher),
        ("VL", record.volume),
        ("IS", record.issue),
        ("SP", first_page),
        ("EP", last_page),
        ("DO", record.doi),
        # A semicolon parts several addresses.
        ("UR", record.url.replace(";", "%3B")),
        ("Y2", date(record.accessed) if record.accessed else ""),
        ("LA", record.language),
        ("AB", record.abstract),
        ("N1", record.note),
    ]
    yield from ((tag, text) for tag, text in texts if text)


def date(known: PartialDate) -> str:
    """Return a date as year/month/day/other; what is not known stays empty."""
    parts = [f"{known.year:04d}", *(f"{part:02d}" if part else "" for part in (known.month, known.day))]
    return f"{'/'.join(parts)}/"
