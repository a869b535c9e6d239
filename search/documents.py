"""What is written into the index of reviews, topics and people, and of which of them: those that readers may see."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from core.prefetch import choices_in, fetch_choices
from core.snapshot import snapshot
from research_reviews.models import Credit, Person, Recommendation, ReviewPage, ReviewStudy, Study, TopicPage
from search.models import Document
from search.passages import Passage, Rank
from search.review_body import body_passages

Kind = Document.Kind
INVOLVED = (Study.LivedExperience.CONSULTED, Study.LivedExperience.CO_PRODUCED, Study.LivedExperience.LED)


@dataclass(frozen=True)
class Content:
    """What the index holds of a thing."""

    facets: list[str]
    passages: list[Passage]
    date: date | None = None


def searchable(kind: str) -> QuerySet:
    """Return the things of a kind that readers may find."""
    return SEARCHABLE[Kind(kind)]()


def contents(kind: str, pks: Iterable[int]) -> dict[int, Content]:
    """Return what the index is to hold, by key, of those among the things that readers may find."""
    things = searchable(kind).filter(pk__in=list(pks))
    with snapshot(shares=False):
        return {thing.pk: CONTENT[Kind(kind)](thing) for thing in things}


def searchable_people() -> QuerySet[Person]:
    """Return the people whom a listed review names as its own or as its study's: others have an empty page."""
    listed = ReviewPage.objects.listed().order_by().values("pk")
    credited = Credit.objects.filter(person=OuterRef("pk"), review__in=listed)
    wrote = ReviewStudy.objects.filter(study__study_authors__person=OuterRef("pk"), review__in=listed)
    return Person.objects.filter(Q(Exists(credited)) | Q(Exists(wrote)))


def review_content(review: ReviewPage) -> Content:
    """Return what the index holds of a review."""
    fetch_choices(choices_in(review.body, review.credits))
    studies = [link.study for link in review.review_studies.select_related("study").prefetch_related(*STUDY_PARTS)]
    passages = [
        Passage(Rank.TITLE, "title", review.title),
        Passage(Rank.LEAD, "standfirst", review.standfirst),
        *(Passage(Rank.LEAD, "key-message", str(block.value), "key-messages") for block in review.key_messages),
        *(study_passage(study, number) for number, study in enumerate(studies, start=1)),
        *credit_passages(review),
        *body_passages(review.body),
    ]
    return Content(
        review_facets(review, studies), [passage for passage in passages if passage.all_text.strip()], review.date
    )


STUDY_PARTS = ("study__study_authors__person", "study__funders")


def study_passage(study: Study, number: int) -> Passage:
    """Return what the study box says of a study."""
    authors = ", ".join(link.person.name for link in study.study_authors.all())
    funders = ", ".join(funder.name for funder in study.funders.all())
    facts = (study.method, study.sample, study.setting, study.country, study.comparator, study.limitations)
    source = (authors, study.container, study.publisher, study.publication_year, study.doi)
    text = ". ".join(str(part) for part in (*source, *facts, funders) if part)
    return Passage(Rank.STUDY, "study", text, f"study-{number}", study.full_title)


def credit_passages(review: ReviewPage) -> Iterator[Passage]:
    """Yield who is credited, as the page describes them."""
    for block in review.credits:
        if person := block.value.get("person"):
            parts = (person.name, block.value.get("descriptor"), person.affiliation)
            yield Passage(Rank.STUDY, "credit", ", ".join(part for part in parts if part))


def review_facets(review: ReviewPage, studies: list[Study]) -> list[str]:
    """Return what a review can be found by narrowing down."""
    topics = [review.topic_id, *review.other_topics.values_list("pk", flat=True)]
    audiences = Recommendation.audiences.through.objects.filter(recommendation__review=review.pk)
    types = {study.study_type for study in studies if study.study_type}
    is_lived = any(study.lived_experience in INVOLVED for study in studies)
    dates = [f"year:{review.date:%Y}", f"month:{review.date:%Y-%m}"] if review.date else []
    return [
        *(f"topic:{pk}" for pk in dict.fromkeys(topics) if pk),
        *(f"study_type:{study_type}" for study_type in sorted(types)),
        *(f"audience:{pk}" for pk in sorted(set(audiences.values_list("audience_id", flat=True)))),
        f"lived_experience:{'with' if is_lived else 'without'}",
        *dates,
    ]


def topic_content(topic: TopicPage) -> Content:
    """Return what the index holds of a topic."""
    passages = [Passage(Rank.TITLE, "title", topic.title), Passage(Rank.LEAD, "standfirst", topic.introduction)]
    return Content([], passages)


def person_content(person: Person) -> Content:
    """Return what the index holds of a person."""
    about = " – ".join(part for part in (person.affiliation, person.bio) if part)
    return Content([], [Passage(Rank.TITLE, "title", person.name), Passage(Rank.LEAD, "standfirst", about)])


SEARCHABLE: dict[Kind, Callable[[], QuerySet]] = {
    Kind.REVIEW: ReviewPage.objects.listed,
    Kind.TOPIC: TopicPage.objects.listed,
    Kind.PERSON: searchable_people,
}
CONTENT: dict[Kind, Callable[[Any], Content]] = {
    Kind.REVIEW: review_content,
    Kind.TOPIC: topic_content,
    Kind.PERSON: person_content,
}
