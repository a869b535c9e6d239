"""Who a credit means: somebody in the library by ORCID iD, then by handle, then by name; otherwise somebody new."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, cast

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.text import slugify
from nameparser import HumanName

from research_reviews.drafting.markup import beginning, plain
from research_reviews.handles import HANDLE_FIELDS, clean_handle
from research_reviews.identifiers import clean_orcid
from research_reviews.intake.draft import CreditDraft
from research_reviews.models import Person

By = Literal["orcid", "handle", "name"]

# What stands before or behind a name without being part of it.
TITLES = re.compile(
    r"^(?:(?:dr|prof|professor|mr|mrs|ms|miss|mx|sir|dame|lord|lady|rev|revd|reverend|hon|emeritus|emerita|assoc|"
    r"associate|asst|assistant)\b\.?\s+)+"
)
DEGREES = re.compile(
    r"(?:,?\s+(?:ph\.?\s?d|d\.?phil|m\.?d|m\.?sc|b\.?sc|m\.?a|b\.?a|mbe|obe|cbe|kc|qc|jr|sr|esq|frs|fba)\.?)+$"
)
NO_LETTER = re.compile(r"[^\w]+")
NAME_LENGTH, PART_LENGTH, SLUG_LENGTH = 255, 120, 240


@dataclass(frozen=True)
class Match:
    """Somebody in the library, and what they were known by."""

    pk: int
    name: str
    by: By


@dataclass(frozen=True)
class _Known:
    pk: int
    name: str
    orcid: str
    is_organisation: bool


def folded_name(name: str) -> str:
    """Return a name without what may differ between two writers of it: case, accents, titles, degrees, full stops."""
    letters = unicodedata.normalize("NFKD", " ".join(name.split()).casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    bare = DEGREES.sub("", TITLES.sub("", bare)) or bare
    return NO_LETTER.sub(" ", bare).strip()


class Directory:
    """Everyone in the library, fetched with one query and kept up with those who are made.

    For one import or one document: what others add to the library meanwhile is not seen.
    """

    def __init__(self) -> None:
        self._by_orcid: dict[str, _Known] = {}
        self._by_handle: dict[tuple[str, str, bool], _Known] = {}
        self._by_name: dict[tuple[str, bool], list[_Known]] = {}
        self._slugs: set[str] = set()
        fields = ("pk", "name", "orcid", "is_organisation", "slug", *HANDLE_FIELDS)
        for person in Person.objects.order_by("pk").only(*fields).iterator():
            self.add(person)

    def add(self, person: Person) -> None:
        """Take somebody up. Whoever was there first keeps what two of them share."""
        known = _Known(person.pk, person.name, person.orcid, person.is_organisation)
        if person.orcid:
            self._by_orcid.setdefault(person.orcid, known)
        for network in HANDLE_FIELDS:
            if handle := getattr(person, network):
                self._by_handle.setdefault((network, handle.casefold(), person.is_organisation), known)
        self._by_name.setdefault((folded_name(person.name), person.is_organisation), []).append(known)
        self._slugs.add(person.slug)

    def find(self, credit: CreditDraft) -> Match | None:
        """Return who is meant. No organisation is taken for a person, and nobody for the bearer of another iD."""
        orcid = _valid_orcid(credit.orcid)
        if known := self._by_orcid.get(orcid):
            return Match(known.pk, known.name, "orcid")
        for network, value in valid_handles(credit).items():
            known = self._by_handle.get((network, value.casefold(), credit.is_organisation))
            if known and _is_same_bearer(known, orcid):
                return Match(known.pk, known.name, "handle")
        named = self._by_name.get((folded_name(credit.name), credit.is_organisation), ())
        return next((Match(known.pk, known.name, "name") for known in named if _is_same_bearer(known, orcid)), None)

    def find_or_make(self, credit: CreditDraft) -> int:
        """Return the key of who is meant, made where nobody is."""
        if match := self.find(credit):
            # A name alone is too little to add to the profile of somebody who may be another.
            if match.by != "name":
                self.complete(credit, match)
            return match.pk
        return self.make(credit).pk

    def complete(self, credit: CreditDraft, match: Match) -> Person:
        """Add the handles and the iD that somebody in the library lacks, and return them."""
        person = Person.objects.get(pk=match.pk)
        lacking = {name: value for name, value in _identifiers(credit).items() if value and not getattr(person, name)}
        for name, value in lacking.items():
            setattr(person, name, value)
        if lacking:
            person.save(update_fields=list(lacking))
            self.add(person)
        return person

    def make(self, credit: CreditDraft) -> Person:
        """Put somebody new into the library and return them."""
        person = new_person(credit)
        person.slug = self._free_slug(slugify(person.name, allow_unicode=True)[:SLUG_LENGTH] or "person")
        person.save()
        self.add(person)
        return person

    def _free_slug(self, base: str) -> str:
        if base not in self._slugs:
            return base
        number = 2
        while f"{base}-{number}" in self._slugs:
            number += 1
        return f"{base}-{number}"


def matches(named: Iterable[CreditDraft], directory: Directory | None = None) -> list[Match | None]:
    """Return who each credit means, in one query for all of them."""
    directory = directory or Directory()
    return [directory.find(credit) for credit in named]


def new_person(credit: CreditDraft) -> Person:
    """Return an unsaved person or organisation with what the credit says, as far as fields take it (see unplaced)."""
    name = beginning(plain(credit.name), NAME_LENGTH)
    person = Person(name=name, is_organisation=credit.is_organisation, **_identifiers(credit))
    if not credit.is_organisation:
        person.given_name, person.family_name = parts_of(name)
    return person


def unplaced(credit: CreditDraft) -> list[str]:
    """Return what the credit says of iD, website and handles that no field of a person takes, as it was written."""
    taken = _identifiers(credit)
    said = {**credit.handles, "orcid": credit.orcid, "website": credit.website}
    return [value for name, value in said.items() if value.strip() and not taken.get(name)]


def _identifiers(credit: CreditDraft) -> dict[str, str]:
    found = {"orcid": _valid_orcid(credit.orcid), "website": _valid_website(credit.website), **valid_handles(credit)}
    return {name: value for name, value in found.items() if value}


def parts_of(name: str) -> tuple[str, str]:
    """Return given and family name for citations. A name of one word is a family name."""
    parsed = HumanName(name)
    given = " ".join(part for part in (parsed.first, parsed.middle) if part)
    family = str(parsed.last)
    if not family:
        given, family = "", given
    return given[:PART_LENGTH], family[:PART_LENGTH]


def valid_handles(credit: CreditDraft) -> dict[str, str]:
    """Return the credit's handles in stored form, without those that cannot be one."""
    cleaned: dict[str, str] = {}
    for network in HANDLE_FIELDS:
        try:
            value = clean_handle(network, credit.handles.get(network, ""))
        except ValidationError:
            continue
        if value and len(value) <= _longest(network):
            cleaned[network] = value
    return cleaned


def _valid_orcid(value: str) -> str:
    try:
        return clean_orcid(value)
    except ValidationError:
        return ""


def _valid_website(value: str) -> str:
    try:
        URLValidator(schemes=["http", "https"])(value)
    except ValidationError:
        return ""
    return value if len(value) <= _longest("website") else ""


def _longest(field: str) -> int:
    limit: int = cast(Any, Person._meta.get_field(field)).max_length
    return limit


def _is_same_bearer(known: _Known, orcid: str) -> bool:
    return not (orcid and known.orcid and orcid != known.orcid)
