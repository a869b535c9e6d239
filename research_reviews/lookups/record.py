"""What is found out about a study, whoever says it, in the words of the library's own fields."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from typing import Any

# The fields of Study that can be looked up, with the most that each holds; 0 where it is no text of the source's.
FIELDS = {
    "title": 500,
    "subtitle": 500,
    "container": 300,
    "publisher": 300,
    "volume": 40,
    "issue": 40,
    "pages": 60,
    "publication_year": 0,
    "publication_month": 0,
    "publication_day": 0,
    "doi": 255,
    "url": 500,
    "registration": 255,
    "access": 0,
    "licence": 120,
}
# A month without its year says nothing: these come from one source, together.
DATE = ("publication_year", "publication_month", "publication_day")
LISTS = ("authors", "funders")
# What is cut is no address any more.
WHOLE = {"doi", "url"}


@dataclass(frozen=True)
class AuthorRecord:
    """An author, in the study's order. An organisation has a name only; ror is that of the affiliation."""

    name: str
    given: str = ""
    family: str = ""
    orcid: str = ""
    affiliation: str = ""
    ror: str = ""
    is_organisation: bool = False


@dataclass(frozen=True)
class FunderRecord:
    """Who paid, and under which numbers."""

    name: str
    ror: str = ""
    award: str = ""


@dataclass(frozen=True)
class StudyRecord:
    """A study as a registry or a reference file describes it; what is not said is empty.

    Texts are plain, without markup. `kind` is the source's own word for what it is, such as "journal-article". `notes`
    are sentences for the editor, such as that it is a preprint. `sources` names for each field who said it.
    """

    title: str = ""
    subtitle: str = ""
    container: str = ""
    publisher: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    publication_year: int | None = None
    publication_month: int | None = None
    publication_day: int | None = None
    doi: str = ""
    url: str = ""
    registration: str = ""
    access: str = ""
    licence: str = ""
    authors: tuple[AuthorRecord, ...] = ()
    funders: tuple[FunderRecord, ...] = ()
    pmid: str = ""
    kind: str = ""
    notes: tuple[str, ...] = ()
    sources: dict[str, str] = field(default_factory=dict)

    def values(self) -> dict[str, Any]:
        """Return what was found of the fields of Study, each as its field can hold it."""
        found = {name: getattr(self, name) for name in FIELDS}
        return {name: fitted(name, value) for name, value in found.items() if value and fits(name, value)}

    def said_by(self, source: str) -> StudyRecord:
        """Return the record with every field that it fills marked as the source's."""
        names = [name for name in (*FIELDS, *LISTS) if getattr(self, name)]
        return replace(self, sources=dict.fromkeys(names, source))

    def completed_by(self, other: StudyRecord | None, also: Iterable[str] = ()) -> StudyRecord:
        """Return the record with what it lacks taken from another; `also` names fields in which the other is right."""
        if other is None:
            return self
        better = set(also)
        taken = {
            name: getattr(other, name)
            for name in (*FIELDS, *LISTS, "pmid", "kind")
            if getattr(other, name) and (name in better or not self.knows(name))
        }
        sources = {name: other.sources[name] for name in taken if name in other.sources}
        notes = tuple(dict.fromkeys((*self.notes, *other.notes)))
        return replace(self, **taken, notes=notes, sources={**self.sources, **sources})

    def knows(self, name: str) -> bool:
        """Whether the field is filled; parts of a date stand and fall with its year."""
        return bool(self.publication_year if name in DATE else getattr(self, name))

    def as_json(self) -> dict[str, Any]:
        """Return it as plain data: the fields as they fit, the lists, notes and sources."""
        lists = {name: [asdict(each) for each in getattr(self, name)] for name in LISTS}
        return {"values": self.values(), **lists, "notes": list(self.notes), "sources": self.sources}


def fits(name: str, value: Any) -> bool:
    """Whether the field can hold the value, if need be cut."""
    return name not in WHOLE or len(value) <= FIELDS[name]


def fitted(name: str, value: Any) -> Any:
    """Return the value cut to what the field holds, at the end of a word."""
    longest = FIELDS[name]
    if not longest or len(value) <= longest:
        return value
    return value[: longest - 1].rsplit(" ", 1)[0] + "…"
