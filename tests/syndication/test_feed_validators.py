"""Feed readers come often: who has a feed already gets 304, by its tag or by its date, until something changes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
import time_machine
from django.conf import LazySettings
from django.core.cache import caches
from django.test import Client

from tests.factories import PersonFactory, ReviewPageFactory
from tests.syndication.feeds import EVERYTHING, SUFFIXES, fetch

pytestmark = pytest.mark.django_db

Committed = Callable[[], AbstractContextManager[Any]]


@pytest.fixture(params=[True, False], ids=["with the page cache", "without it"])
def page_cache(request: pytest.FixtureRequest, settings: LazySettings) -> bool:
    settings.PAGE_CACHE = request.param
    for cache in caches.all():
        cache.clear()
    return bool(request.param)


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[Any]]) -> Committed:
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.mark.parametrize("kind", SUFFIXES)
@pytest.mark.usefixtures("page_cache")
def test_who_has_the_feed_already_is_told_so(kind: str) -> None:
    ReviewPageFactory()
    first = fetch(kind=kind)
    for headers in (
        {"If-None-Match": first["ETag"]},
        {"If-Modified-Since": first["Last-Modified"]},
        {"If-None-Match": first["ETag"], "If-Modified-Since": "Sat, 01 Jan 2000 00:00:00 GMT"},
    ):
        again = fetch(kind=kind, **headers)
        assert (again.status_code, again.content) == (304, b"")
        assert (again["ETag"], again["Last-Modified"]) == (first["ETag"], first["Last-Modified"])
    old = {"If-Modified-Since": "Sat, 01 Jan 2000 00:00:00 GMT"}
    assert fetch(kind=kind, **old).status_code == 200
    assert fetch(kind=kind, **{"If-None-Match": '"another"'}).status_code == 200


@pytest.mark.parametrize("change", ["a new review", "a review that goes", "a person's new name"])
@pytest.mark.usefixtures("page_cache")
def test_after_a_change_both_the_tag_and_the_date_are_new(change: str, committed: Committed) -> None:
    now = datetime.now(UTC)
    with time_machine.travel(now, tick=False) as clock:
        ada = PersonFactory(name="Ada")
        review = ReviewPageFactory(reviewer=ada)
        first = fetch()
        clock.shift(timedelta(hours=1))
        assert fetch()["Last-Modified"] == first["Last-Modified"]
        with committed():
            match change:
                case "a new review":
                    ReviewPageFactory()
                case "a review that goes":
                    review.unpublish()
                case _:
                    ada.name = "Ada Lovelace"
                    ada.save()
        for headers in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
            again = fetch(**headers)
            assert again.status_code == 200
            assert again["ETag"] != first["ETag"]
            dates = [parsedate_to_datetime(response["Last-Modified"]) for response in (first, again)]
            assert dates[1] - dates[0] == timedelta(hours=1)


@pytest.mark.usefixtures("page_cache")
def test_a_change_elsewhere_leaves_the_tag_and_the_date(committed: Committed) -> None:
    with time_machine.travel(datetime.now(UTC), tick=False) as clock:
        ReviewPageFactory()
        first = fetch()
        clock.shift(timedelta(hours=1))
        with committed():
            PersonFactory()
        again = fetch(**{"If-Modified-Since": first["Last-Modified"]})
        assert (again.status_code, again["ETag"]) == (304, first["ETag"])


def test_a_feed_is_kept_and_sets_no_cookie(page_cache: bool) -> None:
    ReviewPageFactory()
    first, second = fetch(), fetch()
    assert not first.cookies
    assert not second.cookies
    assert second.content == first.content
    assert ("Cache-Control" in second.headers) == page_cache


@pytest.mark.usefixtures("page_cache")
def test_the_head_of_a_feed_has_the_validators_too() -> None:
    ReviewPageFactory()
    first, head = fetch(), Client().head(EVERYTHING)
    assert (head.status_code, head["Last-Modified"]) == (200, first["Last-Modified"])
    assert Client().head(EVERYTHING, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304


def test_a_cache_that_is_away_costs_no_more_than_the_date(monkeypatch: pytest.MonkeyPatch) -> None:
    class Away:
        def get(self, *_arguments: object) -> None:
            raise OSError("No space left")

    ReviewPageFactory()
    monkeypatch.setattr("core.feeds.answers.cache", Away())
    assert fetch().status_code == 200
