"""CSL-JSON, which Zotero, Pandoc and every CSL processor read.

Fields as in the schema at https://resource.citationstyles.org/schema/v1.0/input/json/csl-data.json.
"""

from __future__ import annotations

import json
from typing import Any

from research_reviews.citations.record import CitationRecord, Creator, Kind
from research_reviews.partial_date import PartialDate

MEDIA_TYPE = "application/vnd.citationstyles.csl+json"
TYPES = {
    Kind.POST: "post-weblog",
    Kind.ARTICLE: "article-journal",
    Kind.REPORT: "report",
    Kind.BOOK: "book",
    Kind.DOCUMENT: "document",
}


def write(record: CitationRecord) -> str:
    """Return the work as a CSL-JSON file: a list of one."""
    return json.dumps([item(record)], ensure_ascii=False, indent=2)


def item(record: CitationRecord) -> dict[str, Any]:
    """Return the work as CSL-JSON; what is not known is left out."""
    # A series is no container: it does not hold the report as a journal holds an article.
    container = "collection-title" if record.kind is Kind.REPORT else "container-title"
    known = {
        "title": record.title,
        "author": [name(creator) for creator in record.creators],
        container: record.container,
        "publisher": record.publisher,
        "volume": record.volume,
        "issue": record.issue,
        "page": record.pages,
        "issued": date(record.issued),
        "DOI": record.doi,
        "URL": record.url,
        "accessed": date(record.accessed),
        "language": record.language,
        "abstract": record.abstract,
        "note": record.note,
    }
    return {"id": record.key, "type": TYPES[record.kind], **{field: value for field, value in known.items() if value}}


def name(creator: Creator) -> dict[str, str]:
    """Return a name in its parts; whole where it has none."""
    if creator.is_whole:
        return {"literal": creator.name}
    parts = {"family": creator.base, "given": creator.given, "non-dropping-particle": creator.particle}
    return {part: text for part, text in parts.items() if text}


def date(known: PartialDate | None) -> dict[str, list[list[int]]]:
    """Return a date as exact as it is known; empty for none."""
    if not known:
        return {}
    return {"date-parts": [[part for part in (known.year, known.month, known.day) if part]]}
