"""Responses, and what a browser sends when a reader responds."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import factory
from django.test import Client
from django.utils import timezone

from comments.defence import purpose
from comments.models import Comment
from core import stamps
from research_reviews.models import ReviewPage
from tests.factories.models import ModelFactory
from tests.factories.pages import ReviewPageFactory

OWN_SITE = {"Sec-Fetch-Site": "same-origin"}
LONG_ENOUGH = timedelta(minutes=1)


class CommentFactory(ModelFactory):
    """A response that readers see, to `page` or to the response `parent`."""

    class Meta:
        model = Comment

    parent = None
    page: Any = factory.LazyAttribute(lambda comment: comment.parent.page if comment.parent else ReviewPageFactory())
    name = factory.Sequence(lambda number: f"Reader {number}")
    email: Any = factory.Sequence(lambda number: f"reader{number}@example.org")
    text = factory.Sequence(lambda number: f"What I think of it, in words of my own, part {number}.")
    status = Comment.Status.APPROVED


def response_form(review: ReviewPage, **fields: Any) -> dict[str, Any]:
    """Return the form as a browser sends it a minute after the page was made."""
    seconds = str(int((timezone.now() - LONG_ENOUGH).timestamp()))
    stamp = f"{seconds}.{stamps._signature(purpose(review.pk), seconds)}"
    filled = {
        "name": "Ada Reader",
        "email": "ada@example.org",
        "website": "",
        "text": "I have seen this in my own work.",
        "page": review.pk,
        stamps.FIELD: stamp,
        stamps.HONEYPOT: "",
    }
    return {**filled, **fields}


def respond(review: ReviewPage, client: Client | None = None, **fields: Any) -> Any:
    """Send a response to the review as a browser would, and return the answer."""
    return (client or Client()).post("/responses/", response_form(review, **fields), headers=OWN_SITE)
