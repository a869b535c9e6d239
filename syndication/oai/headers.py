"""What is said of a record before the record itself: its identifier, its datestamp, its sets, whether it is deleted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from research_reviews.models import ReviewPage, TopicPage
from syndication.models import OaiMembership
from syndication.oai.dates import written
from syndication.oai.repository import Repository
from syndication.oai.sets import listed_topics, spec_of
from syndication.oai.xml import Element


@dataclass(frozen=True)
class Header:
    """The header of one review's record."""

    review_id: int
    datestamp: datetime
    topics: tuple[TopicPage, ...]
    is_deleted: bool

    def element(self, repository: Repository) -> Element:
        """Return the header as the protocol writes it."""
        content = [
            Element("identifier", repository.identifier(self.review_id)),
            Element("datestamp", written(self.datestamp)),
            *(Element("setSpec", spec_of(topic.pk)) for topic in self.topics),
        ]
        return Element("header", content, {"status": "deleted"} if self.is_deleted else {})


def headers(rows: Iterable[tuple[int, datetime]]) -> list[Header]:
    """Return the headers of records by number and datestamp, in the same order.

    Only `.listed()` says whether a record is deleted, also before anybody has noted it.
    """
    stamps = dict(rows)
    listed = dict(ReviewPage.objects.listed().filter(pk__in=stamps).values_list("pk", "topic_id"))
    topics = topics_of(stamps)
    return [Header(pk, stamp, main_first(topics[pk], listed.get(pk)), pk not in listed) for pk, stamp in stamps.items()]


def main_first(topics: list[TopicPage], main: int | None) -> tuple[TopicPage, ...]:
    """Return the topics with the review's own first, and the others as they were made."""
    return tuple(sorted(topics, key=lambda topic: (topic.pk != main, topic.pk)))


def topics_of(review_ids: Iterable[int]) -> dict[int, list[TopicPage]]:
    """Return the topics in whose sets the records are."""
    known = listed_topics()
    members = OaiMembership.objects.filter(record__in=list(review_ids), topic_id__in=known, is_former=False)
    topics: dict[int, list[TopicPage]] = defaultdict(list)
    for pk, topic in members.values_list("record_id", "topic_id"):
        topics[pk].append(known[topic])
    return topics
