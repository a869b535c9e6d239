"""BibTeX, read by bibtexparser, with the accents of LaTeX made letters."""

from __future__ import annotations

import re

import bibtexparser
from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names
from bibtexparser.model import Entry
from pylatexenc.latex2text import LatexNodes2Text

from research_reviews.citations.record import line
from research_reviews.lookups.query import find_doi
from research_reviews.lookups.record import AuthorRecord, StudyRecord
from research_reviews.lookups.values import date_fields, date_of, doi_in, iso_date, most_exact, number_in, pages_in
from research_reviews.partial_date import PartialDate

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
CONTAINERS = ("journal", "journaltitle", "booktitle", "series", "howpublished")
PUBLISHERS = ("publisher", "institution", "school", "organization")
LONGEST = 5_000
converter = LatexNodes2Text(math_mode="text", strict_latex_spaces=False)


def read(text: str) -> list[StudyRecord]:
    """Return the entries of a BibTeX text; damaged ones are left out."""
    return [read_entry(entry) for entry in bibtexparser.parse_string(text).entries]


def read_entry(entry: Entry) -> StudyRecord:
    """Return an entry as a study."""
    fields = {field.key.lower(): str(field.value)[:LONGEST] for field in entry.fields}
    address = fields.get("url", "").strip()
    return StudyRecord(
        title=letters(fields.get("title", "")),
        subtitle=letters(fields.get("subtitle", "")),
        container=first_of(fields, CONTAINERS),
        publisher=first_of(fields, PUBLISHERS),
        volume=letters(fields.get("volume", "")),
        issue=letters(fields.get("number", "") or fields.get("issue", "")),
        pages=pages_in(letters(fields.get("pages", ""))),
        **date_fields(publication_date(fields)),  # type: ignore[arg-type]
        doi=doi_in(fields.get("doi", "").replace("\\_", "_")) or find_doi(address.replace("\\_", "_")),
        url=address if address.startswith("http") and not find_doi(address) else "",
        authors=tuple(dict.fromkeys(authors(fields.get("author") or fields.get("editor", "")))),
        kind=entry.entry_type,
    )


def first_of(fields: dict[str, str], names: tuple[str, ...]) -> str:
    """Return the first of several fields that is filled."""
    return next((letters(fields[name]) for name in names if fields.get(name, "").strip()), "")


def letters(latex: str) -> str:
    """Return what LaTeX prints: letters for its accents and commands, without its braces."""
    return line(converter.latex_to_text(latex))


def authors(names: str) -> list[AuthorRecord]:
    """Return the authors. “and others” is nobody, and a name in braces is never taken apart: an organisation."""
    found = []
    for name in split_multiple_persons_names(" ".join(names.split())):
        if re.fullmatch(r"\{.*\}", name) and not re.search(r"\}.*\{", name[1:-1]):
            found.append(AuthorRecord(letters(name), is_organisation=True))
        elif name.strip().lower() != "others":
            found.append(person(name))
    return [author for author in found if author.name]


def person(name: str) -> AuthorRecord:
    """Return a person, in whichever of BibTeX's orders the name is written."""
    parts = parse_single_name_into_parts(name, strict=False)
    given, family = letters(" ".join(parts.first)), letters(" ".join([*parts.von, *parts.last]))
    whole = " ".join(filter(None, (given, family, letters(" ".join(parts.jr)))))
    return AuthorRecord(whole, given, family)


def publication_date(fields: dict[str, str]) -> PartialDate | None:
    """Return the date: biblatex has it in one field, BibTeX in year and month, with the month's name or number."""
    written = fields.get("month", "").strip().lower()
    month = MONTHS.index(written[:3]) + 1 if written[:3] in MONTHS else number_in(written)
    return most_exact(
        [iso_date(fields.get("date", "")), date_of([fields.get("year", ""), month, fields.get("day", 0)])]
    )
