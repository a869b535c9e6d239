"""What tests of evidence across reviews arrange and read."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import time_machine
from bs4 import Tag
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from research_reviews.models import ReviewPage, TopicPage
from tests.factories import (
    AudienceFactory,
    ReviewPageFactory,
    StudyFactory,
    TopicPageFactory,
    recommendation,
    recommendations,
    review_index,
    stream,
)
from tests.reading import every, find, read, words

Hide = Callable[[ReviewPage], Any]


def review(title: str, **fields: Any) -> ReviewPage:
    """Return a published review without a picture, which lists of evidence do not need."""
    made: ReviewPage = ReviewPageFactory(title=title, header_image=None, **fields)
    return made


def asking(title: str, text: str, *audiences: str, made_by: str = "study_authors", **fields: Any) -> ReviewPage:
    """Return a review that recommends one thing to the audiences with these names."""
    asked = recommendation(text, *(AudienceFactory(name=name) for name in audiences))
    return review(title, body=stream(recommendations(asked, made_by=made_by)), **fields)


def asking_often(number: int, **fields: Any) -> ReviewPage:
    """Return a review with so many recommendations, numbered from 1."""
    entries = [recommendation(f"Do {place}.", name=f"r{place}") for place in range(1, number + 1)]
    return review(f"Often {ReviewPage.objects.count()}", body=stream(recommendations(*entries)), **fields)


def two_of_everything() -> None:
    """Make two reviews that differ in all that lists can be narrowed by. The second is the newer."""
    asking(
        "Old",
        "Train.",
        "Prison staff",
        topic=TopicPageFactory(title="Prison"),
        published_on=date(2024, 5, 1),
        studies=[StudyFactory(study_type="trial")],
    )
    asking(
        "New",
        "Pay.",
        "Commissioners",
        made_by="reviewer",
        topic=TopicPageFactory(title="Care"),
        other_topics=[topic("Prison, in passing")],
        published_on=date(2025, 6, 1),
        studies=[StudyFactory(study_type="survey")],
    )


def topic(title: str) -> TopicPage:
    """Return a topic."""
    made: TopicPage = TopicPageFactory(title=title)
    return made


def texts(address: str) -> list[str]:
    """Return the words of each item that a list shows."""
    return every(read(address), ".cards > li > .prose, .cards blockquote, .cards .card-title")


def shown_count(address: str) -> str:
    """Return what a list says of how many there are."""
    return words(find(read(address), "[role=status]"))


def table(address: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file by the names of its columns."""
    response = Client().get(address)
    assert response.status_code == 200
    text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(text, newline="")))


def whole(address: str) -> Any:
    """Return what a JSON file holds."""
    response = Client().get(address)
    assert response.status_code == 200
    return json.loads(b"".join(response.streaming_content))  # type: ignore[attr-defined]


def cells(page: Tag) -> dict[tuple[str, str], str]:
    """Return what each cell of a map says, by its row and column."""
    columns = every(page, ".map thead th")[1:]
    return {
        (words(find(row, "th")), column): words(cell)
        for row in page.select(".map tbody tr")
        for column, cell in zip(columns, row.select("td"), strict=True)
    }


def unpublish(page: ReviewPage) -> None:
    """Take the review back."""
    page.unpublish()


def make_private(page: ReviewPage) -> None:
    """Put the review behind a login."""
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def make_all_private(page: ReviewPage) -> None:
    """Put the whole list of reviews behind a login."""
    PageViewRestriction.objects.create(page=review_index(), restriction_type=PageViewRestriction.LOGIN)


def let_expire(page: ReviewPage) -> time_machine.travel:
    """Let the review's time pass. The worker has not come by yet."""
    page.expire_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    return time_machine.travel(timezone.now() + timedelta(hours=2))
