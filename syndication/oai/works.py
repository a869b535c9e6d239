"""What records are made of: reviews with their studies and topics, in a few queries however many there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects

from core.prefetch import choices_in, fetch_choices
from research_reviews.citations.record import CitationRecord, line
from research_reviews.citing import review_record, study_record
from research_reviews.models import ReviewPage, ReviewStudy, StudyAuthor
from syndication.oai.headers import Header
from syndication.oai.repository import Repository


@dataclass(frozen=True)
class Work:
    """A review as formats write it."""

    review: CitationRecord
    studies: list[CitationRecord]
    topics: list[str]
    licence: str


def works(headers: Iterable[Header], repository: Repository) -> dict[int, Work]:
    """Return the reviews that the public may see, by number."""
    topics = {header.review_id: [line(topic.title) for topic in header.topics] for header in headers}
    return {
        review.pk: Work(
            review=review_record(review, review.full_url or "", repository.name),
            studies=[study_record(link.study) for link in review.review_studies.all()],
            topics=topics[review.pk],
            licence=repository.licence,
        )
        for review in fetched(topics)
    }


def fetched(pks: Iterable[int]) -> list[ReviewPage]:
    """Return the reviews with everything that records say of them."""
    reviews = list(ReviewPage.objects.listed().filter(pk__in=list(pks)).defer("body", "key_messages", "interests"))
    links = ReviewStudy.objects.select_related("study")
    authors = StudyAuthor.objects.select_related("person")
    prefetch_related_objects(reviews, Prefetch("review_studies", links))
    studies = [link.study for review in reviews for link in review.review_studies.all()]
    prefetch_related_objects(studies, Prefetch("study_authors", authors))
    fetch_choices(choices_in(*(review.credits for review in reviews)))
    return reviews
