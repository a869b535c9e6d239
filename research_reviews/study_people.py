"""The authors and funders that a look-up found: who of them is known, and their way into the study."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from research_reviews.drafting.people import Directory, Match
from research_reviews.intake.draft import CreditDraft
from research_reviews.lookups.record import AuthorRecord, FunderRecord
from research_reviews.models import Person, Study, StudyAuthor, StudyFunder

if TYPE_CHECKING:
    from research_reviews.study_form import StudyForm
    from research_reviews.study_sources import Found

LONGEST_NAME, LONGEST_PART, LONGEST_AWARD = 255, 120, 120


@dataclass(frozen=True)
class FoundAuthor:
    """An author with who they are in the library, and whether the form lists them already."""

    number: int
    author: AuthorRecord
    match: Match | None
    is_listed: bool


@dataclass(frozen=True)
class FoundFunder:
    """A funder, and whether the form lists it already."""

    number: int
    funder: FunderRecord
    is_listed: bool


def found_authors(authors: Iterable[AuthorRecord], listed: set[int]) -> list[FoundAuthor]:
    """Return the authors with who of the library they are; listed are the keys of those in the form."""
    directory = Directory()
    matched = [(author, directory.find(credit_of(author))) for author in authors]
    return [
        FoundAuthor(number, author, match, bool(match and match.pk in listed))
        for number, (author, match) in enumerate(matched)
    ]


def found_funders(funders: Iterable[FunderRecord], listed: set[str]) -> list[FoundFunder]:
    """Return the funders; listed are the names of those in the form."""
    names = {name.casefold() for name in listed}
    return [FoundFunder(number, each, each.name.casefold() in names) for number, each in enumerate(funders)]


def credit_of(author: AuthorRecord) -> CreditDraft:
    """Return an author as people are matched by."""
    return CreditDraft(author.name, orcid=author.orcid, is_organisation=author.is_organisation)


def add_found(study: Study, found: Found, form: StudyForm, commit: bool) -> None:
    """Add the ticked authors and funders behind those that the study has; people who are not known are made.

    Who may not add people adds the known ones only.
    """
    may_make = form.for_user is None or form.for_user.has_perm("research_reviews.add_person")
    authors = [author for number, author in enumerate(found.authors) if number in form.ticked("authors")]
    funders = [funder for number, funder in enumerate(found.funders) if number in form.ticked("funders")]
    added = add_authors(study, authors, may_make) if authors else False
    added = add_funders(study, funders) or added
    for name, ticked in (("authors", authors), ("funders", funders)):
        if ticked:
            study.field_sources[name] = found.entry(name)
    if added and commit:
        study.save()


def add_authors(study: Study, authors: list[AuthorRecord], may_make: bool) -> bool:
    """Add the authors that the study does not list. Returns whether there were any."""
    directory = Directory()
    listed = {row.person_id for row in study.study_authors.all()}
    before = len(listed)
    for author in authors:
        match = directory.find(credit_of(author))
        if not match and not may_make:
            continue
        person = directory.find_or_make(credit_of(author)) if match else make(author, directory).pk
        if person not in listed:
            study.study_authors.add(StudyAuthor(person_id=person, sort_order=len(listed)))
            listed.add(person)
    return len(listed) > before


def make(author: AuthorRecord, directory: Directory) -> Person:
    """Put somebody new into the library, with the parts of the name as the source has them."""
    person = directory.make(credit_of(author))
    if author.family:
        person.given_name, person.family_name = author.given[:LONGEST_PART], author.family[:LONGEST_PART]
    person.affiliation = author.affiliation[:LONGEST_NAME]
    person.save(update_fields=["given_name", "family_name", "affiliation"])
    return person


def add_funders(study: Study, funders: list[FunderRecord]) -> bool:
    """Add the funders that the study does not name. Returns whether there were any."""
    names = {row.name.casefold() for row in study.funders.all()}
    new = [funder for funder in funders if funder.name.casefold() not in names]
    for place, funder in enumerate(new, start=len(names)):
        row = StudyFunder(name=funder.name[:LONGEST_NAME], ror=funder.ror, award=awards_that_fit(funder.award))
        row.sort_order = place
        study.funders.add(row)
    return bool(new)


def awards_that_fit(awards: str) -> str:
    """Return as many award numbers as the field holds, none of them cut."""
    while len(awards) > LONGEST_AWARD and "," in awards:
        awards = awards.rpartition(",")[0]
    return awards if len(awards) <= LONGEST_AWARD else ""
