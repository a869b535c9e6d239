"""RIS, as reference managers and publishers' pages export it, read by rispy."""

from __future__ import annotations

import re
from typing import Any

import rispy

from research_reviews.lookups.query import find_doi
from research_reviews.lookups.record import StudyRecord
from research_reviews.lookups.references.names import inverted_name
from research_reviews.lookups.values import date_fields, date_of, doi_in, first_text, most_exact, pages_in, texts
from research_reviews.partial_date import PartialDate

# Programs differ in the spaces around the hyphen; rispy takes the two and one of the specification.
TAG = re.compile(r"^[ \t]*([A-Z][A-Z0-9])[ \t]{1,3}-[ \t]?", re.MULTILINE)
LATE_TITLES = ("title", "primary_title", "short_title")
CONTAINERS = ("alternate_title3", "secondary_title", "journal_name", "tertiary_title", "alternate_title2")


def read(text: str) -> list[StudyRecord]:
    """Return the references of a RIS text; a last one that is cut off before its end counts."""
    lines = TAG.sub(r"\1  - ", text)
    beginning = lines.find("TY  - ")
    ended = re.sub(r"\n(?=TY {2}- )", "\nER  - \n", lines[beginning:])
    once = re.sub(r"(?:^ER {2}- *\n+)+", "ER  - \n", f"{ended}\nER  - \n", flags=re.MULTILINE)
    return [read_reference(each) for each in rispy.loads(once, enforce_list_tags=False)]


def read_reference(reference: dict[str, Any]) -> StudyRecord:
    """Return a reference as a study."""
    authors = [name for tag in ("authors", "first_authors") for name in texts(reference.get(tag))]
    editors = texts(reference.get("secondary_authors"))
    addresses = texts(reference.get("urls")) + texts(reference.get("url"))
    return StudyRecord(
        title=first_of(reference, LATE_TITLES),
        container=first_of(reference, CONTAINERS),
        publisher=first_text(reference.get("publisher")),
        volume=first_text(reference.get("volume")),
        issue=first_text(reference.get("number")),
        pages=pages(reference),
        **date_fields(publication_date(reference)),  # type: ignore[arg-type]
        doi=doi_in(first_text(reference.get("doi"))) or next(filter(None, map(find_doi, addresses)), ""),
        url=next((each for each in addresses if each.startswith("http") and not find_doi(each)), ""),
        authors=tuple(dict.fromkeys(inverted_name(name) for name in authors or editors)),
        kind=first_text(reference.get("type_of_reference")),
    )


def first_of(reference: dict[str, Any], names: tuple[str, ...]) -> str:
    """Return the first of several tags that is filled."""
    return next((text for name in names if (text := first_text(reference.get(name)))), "")


def pages(reference: dict[str, Any]) -> str:
    """Return the pages, which may stand whole in the tag for the first."""
    ends = [first_text(reference.get(name)) for name in ("start_page", "end_page")]
    return pages_in("–".join(part for part in ends if part))


def publication_date(reference: dict[str, Any]) -> PartialDate | None:
    """Return the date, written 2023/05/25/ or 2023///Spring or in the ISO form."""
    written = [first_text(reference.get(name)) for name in ("year", "publication_year", "date")]
    return most_exact(date_of(re.split("[/-]", text)) for text in written)
