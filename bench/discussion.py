"""Gives a review responses: `python -m bench.discussion /reviews/slug/ 10000` prints what their pages ask for."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import django

from bench.pages import count_queries

if TYPE_CHECKING:
    from comments.models import Comment
    from research_reviews.models import ReviewPage

STEP = 2_000
NAME = "Volume"
# Every second response answers the one before it, as people do.
TEXT = "A response of an ordinary length, in two sentences. It agrees with the first finding, and doubts the second."


def fill(review: ReviewPage, wanted: int) -> None:
    """Add responses until there are as many as wanted, or take away what was added beyond that."""
    from comments.models import Comment

    approved = Comment.objects.approved().filter(page=review)
    approved.filter(name=NAME).delete()
    missing, last = wanted - approved.count(), Comment.objects.order_by("pk").last()
    first = last.pk + 1 if last else 1
    numbers = range(first, first + max(0, missing))
    for start in range(0, len(numbers), STEP):
        Comment.objects.bulk_create(response(review, number, first) for number in numbers[start : start + STEP])


def response(review: ReviewPage, number: int, first: int) -> Comment:
    """Return a response that is not saved yet."""
    from comments.models import Comment
    from comments.models.comments import place_of

    made = Comment(pk=number, page=review, name=NAME, text=TEXT, status=Comment.Status.APPROVED)
    if (number - first) % 2:
        made.parent = Comment(pk=number - 1, place=place_of(Comment(pk=number - 1)))
    made.place = place_of(made)
    return made


def main() -> None:
    """Fill, and print the addresses of the first and last page of responses and their queries as JSON."""
    django.setup()
    from django.conf import settings
    from django.test import Client

    from comments.threads import responses_of
    from research_reviews.models import ReviewPage

    path, wanted = sys.argv[1], int(sys.argv[2])
    review = ReviewPage.objects.get(slug=path.strip("/").rpartition("/")[2])
    fill(review, wanted)
    settings.PAGE_CACHE = False
    shown = responses_of(review)
    last = shown.last_number if shown else 1
    addresses = {"first": path, "last": f"{path}?responses={last}"}
    client = Client(SERVER_NAME="127.0.0.1")
    queries = {name: count_queries(client, address) for name, address in addresses.items()}
    print(json.dumps({"addresses": addresses, "queries": queries}))


if __name__ == "__main__":
    main()
