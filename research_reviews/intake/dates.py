"""Dates as people write them in a sentence, as exact as they say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

NAMES = {
    1: "january jan januar january janvier enero januari ionawr",
    2: "february feb februar février fevrier febrero februari chwefror",
    3: "march mar märz maerz mars marzo maart mawrth",
    4: "april apr avril abril ebrill",
    5: "may mai mayo mei",
    6: "june jun juni juin junio mehefin",
    7: "july jul juli juillet julio gorffennaf",
    8: "august aug août aout agosto augustus awst",
    9: "september sept sep septembre septiembre medi",
    10: "october oct oktober octobre octubre hydref",
    11: "november nov novembre noviembre tachwedd",
    12: "december dec dezember décembre decembre diciembre rhagfyr",
}
MONTHS = {name: month for month, names in NAMES.items() for name in names.split()}
MONTH = rf"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?"
DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th|er|\.|º|o)?"
YEAR = r"(?P<year>(?:19|20)\d\d)"
FORMS = [
    re.compile(form, re.IGNORECASE)
    for form in (
        r"\b(?P<year>(?:19|20)\d\d)-(?P<number>[01]?\d)-(?P<day>[0-3]?\d)\b",
        r"\b(?P<day>[0-3]?\d)[./](?P<number>[01]?\d)[./](?P<year>(?:19|20)\d\d)\b",
        rf"\b{DAY}\s+(?:of\s+|de\s+)?{MONTH},?\s+(?:de\s+|of\s+)?{YEAR}\b",
        rf"\b{MONTH}\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?,?\s+{YEAR}\b",
        rf"\b{MONTH},?\s+(?:de\s+|of\s+)?{YEAR}\b",
        rf"\b{DAY}\s+(?:of\s+|de\s+)?{MONTH}(?!\w)(?!\s+\d{{4}})",
        rf"\b{MONTH}\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b(?!\s*,?\s*\d)",
    )
]
# Days are told from today, which for an imported post is the day on which it appeared.
NEAR = [
    (re.compile(r"\b(?:today|this (?:morning|afternoon)|heute|aujourd'hui|hoy|vandaag|heddiw)\b", re.IGNORECASE), 0),
    (re.compile(r"\b(?:yesterday|gestern|hier|ayer|gisteren|ddoe)\b", re.IGNORECASE), 1),
]
YEAR_ALONE = re.compile(r"\(\s*(?:19|20)\d\d\s*\)|\b(?:in|published|aus|en|uit|von)\s+(?:19|20)\d\d\b", re.IGNORECASE)
LAST_MONTH = re.compile(r"\blast month\b|\bim letzten monat\b|\ble mois dernier\b|\bvorige maand\b", re.IGNORECASE)
THIS_MONTH = re.compile(r"\b(?:this|earlier this) month\b", re.IGNORECASE)
ONLY_MONTH = re.compile(rf"\b(?:in|last|this|im|en|fis)\s+{MONTH}(?!\w)", re.IGNORECASE)
DIGIT = re.compile(r"\d")
ANY = re.compile(
    (
        rf"\d|today|this|yesterday|last|heute|gestern|hier|aujourd|hoy|ayer|vandaag|gisteren|heddiw|ddoe|letzt|dernier|"
        rf"vorige|{'|'.join(n for n in MONTHS if len(n) > 4)}"
    ),
    re.IGNORECASE,
)


@dataclass(frozen=True)
class FoundDate:
    """A date in ISO form of year, month or day, where it stands, and whether the year or more had to be guessed."""

    iso: str
    start: int
    end: int
    is_guessed: bool = False


def find(text: str, today: date) -> FoundDate | None:
    """Return the first date that a text names, in the most exact form; None where it names none."""
    if not ANY.search(text):
        return None
    for form in FORMS if DIGIT.search(text) else ():
        for match in form.finditer(text):
            if found := of_match(match, today):
                return found
    return near(text, today) or less_exact(text, today)


def of_match(match: re.Match[str], today: date) -> FoundDate | None:
    """Return the date that a form found; None for one that no calendar has."""
    parts = match.groupdict()
    month = int(parts["number"]) if parts.get("number") else MONTHS[parts["month"].casefold().rstrip(".")]
    day = int(parts["day"]) if parts.get("day") else None
    guessed = not parts.get("year")
    year = int(parts["year"]) if parts.get("year") else today.year
    if guessed and day and (month, day) > (today.month, today.day):
        year -= 1
    if day is None:
        return FoundDate(f"{year:04d}-{month:02d}", match.start(), match.end(), guessed)
    try:
        return FoundDate(date(year, month, day).isoformat(), match.start(), match.end(), guessed)
    except ValueError:
        return None


def near(text: str, today: date) -> FoundDate | None:
    """Return a date that is told from today."""
    for form, days in NEAR:
        if match := form.search(text):
            return FoundDate((today - timedelta(days=days)).isoformat(), match.start(), match.end(), True)
    return None


def less_exact(text: str, today: date) -> FoundDate | None:
    """Return a month without a year, a month told from today, or a year alone."""
    if match := LAST_MONTH.search(text):
        before = today.replace(day=1) - timedelta(days=1)
        return FoundDate(f"{before:%Y-%m}", match.start(), match.end(), True)
    if match := THIS_MONTH.search(text):
        return FoundDate(f"{today:%Y-%m}", match.start(), match.end(), True)
    if match := ONLY_MONTH.search(text):
        month = MONTHS[match["month"].casefold()]
        year = today.year - (month > today.month)
        return FoundDate(f"{year:04d}-{month:02d}", match.start(), match.end(), True)
    if match := YEAR_ALONE.search(text):
        year_alone = re.sub(r"\D", "", match[0])
        return FoundDate(year_alone, match.start(), match.end())
    return None
