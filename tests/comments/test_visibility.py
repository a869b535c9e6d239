"""Cached pages are right at once, and only those that a response concerns are made anew."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments.closing import next_closing
from comments.models import Comment
from comments.visibility import responses_changed
from core.page_cache import generation
from research_reviews.models import ReviewPage
from tests.comments.conftest import Committed, SetRules
from tests.factories import ReviewPageFactory
from tests.factories.comments import CommentFactory, respond

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("page_cache")]


def text(url: str) -> str:
    return Client().get(url).content.decode()


def is_cached(url: str) -> bool:
    with CaptureQueriesContext(connection) as queries:
        Client().get(url)
    return not queries


def test_a_response_appears_changes_and_goes_on_its_own_review_alone(committed: Committed) -> None:
    review, other = ReviewPageFactory(), ReviewPageFactory()
    comment = CommentFactory(page=review, status="waiting", text="Once said")
    feeds = [f"{review.url}responses/feed/{suffix}" for suffix in ("", "atom/", "json/")]
    own = (review.url, f"{review.url}?responses=1", *feeds)
    others = (other.url, f"{other.url}responses/feed/", "/reviews/")
    for url in (*own, *others):
        text(url)
    token = generation()

    def seen(words: str) -> list[bool]:
        assert all(map(is_cached, others))
        return [words in text(url) for url in own]

    assert seen("Once said") == [False] * 5
    with committed():
        comment.status, comment.decided_at = Comment.Status.APPROVED, timezone.now()
        comment.save()
    assert seen("Once said") == [True] * 5
    assert all(map(is_cached, own))
    with committed():
        comment.text = "Said better"
        comment.save()
    assert seen("Said better") == [True] * 5
    with committed():
        comment.status = Comment.Status.REMOVED
        comment.save(update_fields=["status"])
    assert seen("Said better") == [False] * 5
    assert generation() == token


def test_a_deleted_response_and_one_written_in_bulk_are_seen_at_once(committed: Committed) -> None:
    review = ReviewPageFactory()
    comment, other = CommentFactory(page=review, text="First"), CommentFactory(page=review, text="Second")
    reply = f"/responses/{other.pk}/reply/"
    assert "First" in text(review.url)
    assert "Second" in text(reply)
    with committed():
        comment.delete()
        Comment.objects.filter(pk=other.pk).update(text="Rewritten")
        responses_changed([other])
    assert "First" not in text(review.url)
    assert "Rewritten" in text(review.url)
    assert "Rewritten" in text(reply)


def test_a_waiting_response_leaves_the_cache_alone_and_a_notice_is_never_kept(committed: Committed) -> None:
    review = ReviewPageFactory()
    text(review.url)
    with committed():
        answer = respond(review)
    assert is_cached(review.url)
    assert "Thank you" in text(answer["Location"])
    assert not is_cached(answer["Location"])
    assert "Thank you" not in text(review.url)


def test_pages_of_responses_and_the_feed_come_from_the_cache_without_a_cookie() -> None:
    review = ReviewPageFactory()
    for _number in range(21):
        CommentFactory(page=review)
    for url in (f"{review.url}?responses=2", f"{review.url}responses/feed/"):
        assert not Client().get(url).cookies
        assert is_cached(url)


def test_cached_forms_go_at_midnight_after_the_last_open_day(rules: SetRules) -> None:
    review = ReviewPageFactory()
    assert next_closing(timezone.now()) is None
    rules(open_days=30)
    ReviewPage.objects.filter(pk=review.pk).update(published_on=timezone.localdate() - timedelta(days=30))
    closing = next_closing(timezone.now())
    assert closing
    assert timezone.localtime(closing).date() == timezone.localdate() + timedelta(days=1)
    ReviewPage.objects.filter(pk=review.pk).update(published_on=timezone.localdate() - timedelta(days=31))
    assert next_closing(timezone.now()) is None
