"""A whole list of evidence as a file, written while it is read: a million items take no more memory than a thousand."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from core.spreadsheets import as_text
from research_reviews.evidence_lists import EvidenceList
from research_reviews.evidence_records import FIELDS, records

# Without it, spreadsheets take the file for the alphabet of the reader's country.
BYTE_ORDER_MARK = "\ufeff"


class Line:
    """A file that hands on each line instead of keeping it."""

    def write(self, text: str) -> str:
        """Return what was written."""
        return text


def write_csv(asked: EvidenceList, request: HttpRequest) -> Iterator[str]:
    """Yield the list as a table, with the names of the fields in the first row."""
    writer = csv.writer(Line())
    yield BYTE_ORDER_MARK + writer.writerow(FIELDS)
    for items in asked.batches():
        yield "".join(writer.writerow(map(cell, record.values())) for record in records(items, request))


def cell(value: Any) -> str:
    """Return what stands in a cell. Several values are parted by semicolons, and no value is a formula."""
    return as_text("; ".join(value) if isinstance(value, list) else value)


def write_json(asked: EvidenceList, request: HttpRequest) -> Iterator[str]:
    """Yield the list as an object with the meaning of the fields and all items."""
    root = request.build_absolute_uri(
        f"{asked.kind.address()}{'?' if asked.filters.query else ''}{asked.filters.query}"
    )
    about = {"title": str(asked.kind.title), "list": root, "count": asked.count(), "fields": FIELDS}
    yield f'{json.dumps(about, ensure_ascii=False)[:-1]}, "items": ['
    mark = "\n"
    for items in asked.batches():
        for record in records(items, request):
            yield mark + json.dumps(record, ensure_ascii=False)
            mark = ",\n"
    yield "\n]}\n"


@dataclass(frozen=True)
class Format:
    """A format, and what it is called on the web."""

    content_type: str
    write: Callable[[EvidenceList, HttpRequest], Iterator[str]]


FORMATS = {
    "csv": Format("text/csv; charset=utf-8", write_csv),
    "json": Format("application/json; charset=utf-8", write_json),
}
