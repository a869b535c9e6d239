"""Who and what a document is about: settled by its editor before the draft opens, taken back where nothing came of it.

People and studies are made when the editor says so, not when the document is read. A draft that is discarded, or left
for a week, takes those with it that it had made and that nobody has used or changed since.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote, urlsplit

from django.db import transaction
from django.db.models import Model, ProtectedError, Q
from django.db.models.functions import Lower
from wagtail.models import ReferenceIndex, Revision

from core.schedule import register_hourly
from research_reviews.drafting import studies
from research_reviews.drafting.people import Directory, Match
from research_reviews.drafting.stored import draft_from
from research_reviews.intake.draft import ChromeDraft, CreditDraft, Draft, StudyDraft
from research_reviews.models import IntakeDocument, Person, ReviewPage, Study

KNOWN, NEW, NOBODY = "known", "new", "nobody"
STUDY_AUTHOR = "study_author"
MOST_RELATED = 3


@dataclass(frozen=True)
class CreditDecision:
    """What becomes of a credit: `known` takes the match, `new` makes somebody, `nobody` leaves it out."""

    credit: CreditDraft
    match: Match | None
    choice: str


@dataclass(frozen=True)
class Settlement:
    """Everything that the editor decided."""

    credits: list[CreditDecision]
    study: StudyDraft
    known_study: Study | None
    study_choice: str
    related: list[int]


@transaction.atomic
def settle(intake: IntakeDocument, decided: Settlement) -> None:
    """Take or make people and study as decided. A document that is settled already stays as it is."""
    intake = IntakeDocument.objects.select_for_update().get(pk=intake.pk)
    if intake.is_settled:
        return
    directory = Directory()
    pks = [_person(decision, directory, intake) for decision in decided.credits]
    wanted = [decision.credit for decision in decided.credits]
    authors = [pk for pk, credit in zip(pks, wanted, strict=True) if pk and credit.contribution == STUDY_AUTHOR]
    intake.people = pks
    intake.draft = replace(draft_from(intake.draft), credits=wanted, study=decided.study).as_json()
    intake.related = decided.related[:MOST_RELATED]
    if decided.study_choice == KNOWN:
        intake.study = decided.known_study
    elif decided.study_choice == NEW:
        intake.study, intake.made_study = studies.make(decided.study, authors), True
    intake.is_settled = True
    intake.save()


def _person(decision: CreditDecision, directory: Directory, intake: IntakeDocument) -> int | None:
    if decision.choice == KNOWN and decision.match:
        return directory.complete(decision.credit, decision.match).pk
    if decision.choice != NEW:
        return None
    # The document may name somebody twice, or its editor has corrected a name to one that the library knows.
    if decision.match is None and (found := directory.find(decision.credit)):
        return found.pk
    person = directory.make(decision.credit)
    intake.made_people.append(person.pk)
    return person.pk


def suggested_reviews(chrome: Iterable[ChromeDraft]) -> list[ReviewPage]:
    """Return the reviews here that the document's related links lead to, known by title or last part of address."""
    links = [link for part in chrome if part.kind == "related" for link in part.links]
    titles = {" ".join(words.split()).lower() for words, _url in links}
    slugs = {slug for _words, url in links if (slug := last_part(url))}
    if not links:
        return []
    reviews = ReviewPage.objects.annotate(lower_title=Lower("title"))
    return list(reviews.filter(Q(lower_title__in=titles) | Q(slug__in=slugs)).order_by("title", "pk"))


def last_part(url: str) -> str:
    """Return the last part of an address's path; empty where it has none."""
    try:
        return unquote(urlsplit(url).path.rstrip("/").rpartition("/")[2])
    except ValueError:
        return ""


@transaction.atomic
def take_back(intake: IntakeDocument) -> None:
    """Delete a document that no draft was made of, and those whom it had made that nobody has used or changed."""
    study = intake.study if intake.made_study else None
    people = list(Person.objects.filter(pk__in=intake.made_people))
    draft = draft_from(intake.draft)
    intake.delete()
    if study and is_as_made(study, draft) and not is_used(study, intake):
        study.delete()
    names = {credit.name for credit in draft.credits}
    for person in people:
        if person.name in names and not (person.bio or person.photo_id or person.affiliation):
            delete_unused(person, intake)


def is_as_made(study: Study, draft: Draft) -> bool:
    """Whether the study says no more than the document did."""
    made = studies.new_study(draft.study)
    own = [field.name for field in Study._meta.concrete_fields if field.name not in ("id", "latest_revision")]
    return all(getattr(study, name) == getattr(made, name) for name in own)


def delete_unused(person: Person, intake: IntakeDocument) -> None:
    """Delete somebody whom nothing names."""
    if is_used(person, intake):
        return
    try:
        with transaction.atomic():
            person.delete()
    except ProtectedError:
        # Somebody made them the author of a study at this moment.
        return


def is_used(thing: Model, intake: IntakeDocument) -> bool:
    """Whether a page, a record or a draft names it. Drafts of live pages are in revisions alone, so those are read."""
    if ReferenceIndex.get_references_to(thing).exists():
        return True
    since = Revision.page_revisions.filter(created_at__gte=intake.created_at)
    return any(thing.pk in chosen_in(revision.content, type(thing)) for revision in since.iterator())


def chosen_in(content: dict[str, Any], model: type[Model]) -> Iterator[int]:
    """Yield the keys of the people or studies that a revision names."""
    name = "person" if model is Person else "study"
    text = json.dumps(content).replace("\\", "")
    yield from (int(number) for number in re.findall(rf'"{name}": ?(\d+)', text))


def purge() -> None:
    """Take back the documents that nobody has gone on with in a week; forget those whose draft needs them no more."""
    for intake in IntakeDocument.objects.outdated().select_related("study", "page"):
        if intake.page_id:
            intake.delete()
        else:
            take_back(intake)


register_hourly(purge)
