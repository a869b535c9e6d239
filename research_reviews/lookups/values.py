"""Reading JSON whose makers keep to no schema: what is missing or of the wrong kind is simply not there."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError

from research_reviews.identifiers import clean_doi, clean_orcid, clean_ror
from research_reviews.lookups.markup import plain
from research_reviews.partial_date import PartialDate


def mapping(value: Any) -> dict[str, Any]:
    """Return the object, or an empty one."""
    return value if isinstance(value, dict) else {}


def mappings(value: Any) -> list[dict[str, Any]]:
    """Return the objects of a list; one that stands alone is a list of one."""
    several = value if isinstance(value, list) else [value]
    return [each for each in several if isinstance(each, dict)]


def texts(value: Any) -> list[str]:
    """Return the texts of a list, plain and without the empty ones; one that stands alone is a list of one."""
    several = value if isinstance(value, list) else [value]
    return [text for each in several if (text := plain(each))]


def first_text(value: Any) -> str:
    """Return the first text of a list, or the text that stands alone."""
    return next(iter(texts(value)), "")


def doi_in(value: Any) -> str:
    """Return a DOI in its stored form; empty where it is none."""
    try:
        return clean_doi(plain(value))
    except ValidationError:
        return ""


def orcid_in(value: Any) -> str:
    """Return an ORCID iD in its stored form; empty where it is none, or one with a wrong digit."""
    try:
        return clean_orcid(plain(value))
    except ValidationError:
        return ""


def ror_in(value: Any) -> str:
    """Return a ROR id in its stored form; empty where it is none."""
    try:
        return clean_ror(plain(value))
    except ValidationError:
        return ""


def pages_in(value: Any) -> str:
    """Return a range of pages with an en dash, as the library has them."""
    return re.sub(r"\s*[-\u2010-\u2015\u2212]+\s*", "–", plain(value)).strip("–")


def date_of(parts: Any) -> PartialDate | None:
    """Return a date from year, month and day, as far as they are numbers of a calendar: [[null]] is none."""
    numbers = [number_in(part) for part in parts] if isinstance(parts, list | tuple) else []
    year, month, day = (*numbers, 0, 0, 0)[:3]
    if not 1500 <= year <= 2200:
        return None
    if not 1 <= month <= 12:
        return PartialDate(year)
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return PartialDate(year, month)
    return PartialDate(year, month, day)


def number_in(value: Any) -> int:
    """Return a whole number that is written as one or as text; 0 for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | str | float):
        return 0
    digits = str(value).strip().removesuffix(".0")
    return int(digits) if re.fullmatch(r"[0-9]{1,4}", digits) else 0


def iso_date(value: Any) -> PartialDate | None:
    """Return the date in an ISO form, as exact as it is; of a range, its beginning."""
    return date_of(plain(value).partition("/")[0].partition("T")[0].strip().split("-"))


def most_exact(dates: Iterable[PartialDate | None]) -> PartialDate | None:
    """Return the first date, or one that says the same more exactly."""
    known = [date for date in dates if date]
    if not known:
        return None
    same = [date for date in known if date.iso.startswith(known[0].iso)]
    return max(same, key=lambda date: len(date.iso))


def date_fields(date: PartialDate | None) -> dict[str, int | None]:
    """Return a date as the fields of a study."""
    parts = (date.year, date.month, date.day) if date else (None, None, None)
    return dict(zip(("publication_year", "publication_month", "publication_day"), parts, strict=True))
