"""What becomes of a response that looks like spam: it is kept, in the right list, with the reasons."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from comments.defence import purpose
from comments.defence.purge import forget_senders
from comments.models import Comment
from core import stamps
from research_reviews.models import ReviewPage
from tests.comments.conftest import SetRules
from tests.factories import ReviewPageFactory
from tests.factories.comments import CommentFactory, respond

pytestmark = pytest.mark.django_db

LONG_TEXT = "I have worked on a wing for eleven years, and this is what I have seen there."
Status = Comment.Status


@pytest.fixture
def review() -> ReviewPage:
    """A review that takes responses."""
    made: ReviewPage = ReviewPageFactory()
    return made


@pytest.fixture(autouse=True)
def noon() -> Iterator[time_machine.Traveller]:
    """The middle of a span in which senders are limited."""
    with time_machine.travel("2026-11-24 12:05:00+00:00") as clock:
        yield clock


def kept(answer: Any) -> Comment:
    """Return the response that was kept, which its sender is told waits."""
    assert answer.status_code == 303
    return Comment.objects.latest("pk")


def stamp_made(ago: timedelta, review: ReviewPage) -> str:
    """Return the stamp of a page that was made some time ago."""
    with time_machine.travel(timezone.now() - ago, tick=False):
        return stamps.stamp(purpose(review.pk))


def test_a_program_that_fills_in_the_hidden_field_ends_up_in_the_spam_list(review: ReviewPage) -> None:
    answer = respond(review, subject="Cheap pills")

    assert "response=waiting" in answer["Location"]
    assert (kept(answer).status, kept(answer).reasons) == (
        Status.SPAM,
        ["A field was filled in that people do not see."],
    )


@pytest.mark.parametrize("stamp", ["", "1764000000.AAAAAAAAAAAAAAAAAAAA", "\x00", "9" * 100_000])
def test_a_forged_stamp_is_spam_with_the_reason(review: ReviewPage, stamp: str) -> None:
    comment = kept(respond(review, stamp=stamp))

    assert comment.status == Status.SPAM
    assert "stamp is missing or forged" in comment.reasons[0]


def test_the_stamp_of_another_review_does_not_count(review: ReviewPage) -> None:
    other = ReviewPageFactory()

    assert kept(respond(review, stamp=stamp_made(timedelta(minutes=1), other))).status == Status.SPAM


def test_an_old_form_comes_back_filled_with_a_fresh_stamp(review: ReviewPage) -> None:
    old = stamp_made(timedelta(days=4), review)
    answer = respond(review, stamp=old, text=LONG_TEXT)

    assert (answer.status_code, Comment.objects.count()) == (422, 0)
    said = answer.content.decode()
    assert "open for a long time" in said
    assert LONG_TEXT in said
    assert old not in said
    fresh = stamps.stamp(purpose(review.pk))
    assert kept(respond(review, stamp=fresh, text=LONG_TEXT)).status == Status.WAITING


def test_haste_is_a_weak_sign(review: ReviewPage, rules: SetRules) -> None:
    trust(rules, "ada@example.org")
    comment = kept(respond(review, stamp=stamp_made(timedelta(0), review)))

    assert comment.status == Status.WAITING
    assert comment.reasons == ["It was sent within two seconds of the page being made."]


def trust(rules: SetRules, email: str, **values: Any) -> None:
    """Let people who were approved once be trusted, and this one be approved."""
    rules(moderation="trusted", trusted_after=1, **values)
    CommentFactory(email=email)


def test_more_links_than_allowed_are_spam(review: ReviewPage, rules: SetRules) -> None:
    rules(most_links=1)
    assert kept(respond(review, text="One: https://a.example")).status == Status.WAITING
    comment = kept(respond(review, text="Two: https://a.example and [url=b.example]b[/url]"))
    assert (comment.status, comment.reasons) == (Status.SPAM, ["It has 2 links."])
    rules(most_links=0)
    assert kept(respond(review, text="Three: shop.example.com")).reasons == ["It has 1 link."]


@pytest.mark.parametrize("field", ["name", "text"])
def test_a_held_word_waits_whoever_sent_it(review: ReviewPage, rules: SetRules, field: str) -> None:
    trust(rules, "ada@example.org", held_words="Zocker\ncasino")
    assert kept(respond(review, text="Plain words.")).status == Status.APPROVED
    fields: dict[str, Any] = {"text": "More plain words.", field: "CÁSINO!"}
    comment = kept(respond(review, **fields))
    assert (comment.status, comment.reasons) == (
        Status.WAITING,
        ["It has words that wait for a moderator: casino."],
    )


def test_trust_needs_as_many_approved_responses_as_the_owner_says(review: ReviewPage, rules: SetRules) -> None:
    rules(moderation="trusted", trusted_after=2)
    CommentFactory(email="ada@example.org")
    CommentFactory(email="ada@example.org", status=Status.SPAM)
    assert kept(respond(review, text="The first.")).status == Status.WAITING
    CommentFactory(email="ada@example.org")
    assert kept(respond(review, text="The second.")).status == Status.APPROVED
    assert kept(respond(review, text="By another.", email="eve@example.org")).status == Status.WAITING
    rules(moderation="all")
    assert kept(respond(review, text="The third.")).status == Status.WAITING


def test_the_same_response_twice_is_one(review: ReviewPage, noon: time_machine.Traveller) -> None:
    respond(review, text=LONG_TEXT)
    answer = respond(review, text=f"  {LONG_TEXT.upper()}\n")

    assert "response=duplicate" in answer["Location"]
    assert Comment.objects.count() == 1
    noon.shift(timedelta(days=1, minutes=1))
    respond(review, text=LONG_TEXT)
    assert Comment.objects.count() == 2


@pytest.mark.parametrize("elsewhere", [True, False])
def test_a_copy_by_anybody_is_spam(review: ReviewPage, elsewhere: bool) -> None:
    CommentFactory(text=LONG_TEXT, page=ReviewPageFactory() if elsewhere else review)
    comment = kept(respond(review, text=LONG_TEXT))

    assert comment.status == Status.SPAM
    assert comment.reasons == ["The same text was sent before, below another review or by somebody else."]


def test_thanks_that_others_have_said_before_only_wait(review: ReviewPage, rules: SetRules) -> None:
    trust(rules, "ada@example.org")
    CommentFactory(text="Thank you!")

    assert kept(respond(review, text="Thank you!")).status == Status.WAITING


def test_every_reason_is_named(review: ReviewPage) -> None:
    reasons = kept(respond(review, subject="x", stamp="", text="a.com b.com c.com")).reasons

    assert len(reasons) == 3


def test_a_sender_is_kept_hashed_and_forgotten_in_time(review: ReviewPage, rules: SetRules) -> None:
    rules(keep_sender_days=30)
    client = Client(REMOTE_ADDR="203.0.113.9")
    comment = kept(respond(review, client))
    assert len(comment.sender) == 64
    assert "203" not in (comment.sender[:3], comment.sender[-3:])
    forget_senders()
    comment.refresh_from_db()
    assert comment.sender
    with time_machine.travel(timezone.now() + timedelta(days=30, minutes=1)):
        forget_senders()
    comment.refresh_from_db()
    assert not comment.sender


def test_an_owner_can_have_senders_not_kept_at_all(review: ReviewPage, rules: SetRules) -> None:
    respond(review, text="Kept for now.")
    rules(keep_sender_days=0)
    respond(review, text="Not kept.")
    forget_senders()

    assert set(Comment.objects.values_list("sender", flat=True)) == {""}


def test_with_the_cache_away_responses_are_still_taken(review: ReviewPage, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*args: Any, **kwargs: Any) -> None:
        raise ConnectionError

    for name in ("add", "incr"):
        monkeypatch.setattr(caches["default"], name, away)

    assert kept(respond(review)).status == Status.WAITING
