"""A sponsorship begins and ends by itself at midnight in the site's time zone, also on pages that are cached."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import LazySettings
from django.core.cache import caches
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from research_reviews.models import TopicPage
from tests.factories import ReviewPageFactory, SponsorFactory, SponsorshipFactory, TopicPageFactory
from tests.reading import every, read

LEDGER = "/sponsors/"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cached_pages")]


@pytest.fixture
def cached_pages(settings: LazySettings) -> None:
    """The page cache, on and empty."""
    settings.PAGE_CACHE = True
    for cache in caches.all():
        cache.clear()


def handover(day: date) -> TopicPage:
    """Return a topic that one sponsor leaves the day before another comes."""
    topic = TopicPageFactory(title="Prison")
    SponsorshipFactory(
        topic=topic,
        sponsor=SponsorFactory(name="Old Trust"),
        starts_on=date(2026, 1, 1),
        ends_on=day - timedelta(days=1),
    )
    SponsorshipFactory(topic=topic, sponsor=SponsorFactory(name="New Trust"), starts_on=day)
    return topic


def sponsor_on(url: str) -> str:
    """Return which of the two the page names."""
    text = Client().get(url).content.decode()
    return "".join(name for name in ("Old Trust", "New Trust") if f"sponsored by {name}" in text)


# In 2026 clocks in London go forward on 29 March and back on 25 October, both at one in the morning.
@pytest.mark.parametrize(
    ("day", "midnight"),
    [
        (date(2026, 3, 29), "2026-03-29T00:00:00+00:00"),
        (date(2026, 3, 30), "2026-03-29T23:00:00+00:00"),
        (date(2026, 7, 10), "2026-07-09T23:00:00+00:00"),
        (date(2026, 10, 25), "2026-10-24T23:00:00+00:00"),
        (date(2026, 10, 26), "2026-10-26T00:00:00+00:00"),
    ],
)
def test_sponsors_change_at_midnight_in_london_whatever_the_clocks_do(
    settings: LazySettings, day: date, midnight: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    settings.TIME_ZONE = "Europe/London"
    changes(day, datetime.fromisoformat(midnight), django_assert_num_queries)


def test_a_day_without_midnight_begins_with_its_first_moment(
    settings: LazySettings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """In Cairo clocks went from 23:59 to 1:00 on 24 April 2026."""
    settings.TIME_ZONE = "Africa/Cairo"
    first_moment = datetime(2026, 4, 24, 1, tzinfo=ZoneInfo("Africa/Cairo"))
    changes(date(2026, 4, 24), first_moment, django_assert_num_queries)


def test_a_midnight_after_which_clocks_go_back_is_none(
    settings: LazySettings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """In Santiago the last hour of 4 April 2026 came twice: what ends that day stays through both."""
    settings.TIME_ZONE = "America/Santiago"
    changes(date(2026, 4, 5), datetime.fromisoformat("2026-04-05T04:00:00+00:00"), django_assert_num_queries)


def changes(day: date, midnight: datetime, assert_num_queries: DjangoAssertNumQueries) -> None:
    """Read topic, review and ledger before and after midnight, and see that all are cached and all change."""
    with time_machine.travel(midnight.timestamp() - 2, tick=False) as clock:
        topic = handover(day)
        pages = (topic.url, ReviewPageFactory(topic=topic).url)
        for url in (*pages, LEDGER):
            Client().get(url)
            with assert_num_queries(0):
                Client().get(url)
        clock.shift(1)
        assert [sponsor_on(url) for url in pages] == ["Old Trust"] * 2
        assert every(read(LEDGER), ".ledger-entry h2") == ["Old Trust"]
        clock.shift(1)
        assert [sponsor_on(url) for url in pages] == ["New Trust"] * 2
        assert every(read(LEDGER), ".ledger-entry h2") == ["New Trust", "Old Trust"]


def test_the_whole_sites_sponsor_is_back_when_a_topics_ends() -> None:
    with time_machine.travel("2026-06-30 12:00:00+00:00", tick=False) as clock:
        topic = TopicPageFactory(title="Prison")
        SponsorshipFactory(sponsor=SponsorFactory(name="New Trust"), starts_on=date(2026, 1, 1))
        old = SponsorFactory(name="Old Trust")
        SponsorshipFactory(topic=topic, sponsor=old, starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 30))
        assert sponsor_on(topic.url) == "Old Trust"
        clock.shift(24 * 60 * 60)
        assert sponsor_on(topic.url) == "New Trust"


def test_what_an_owner_changes_shows_at_once(
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[Any]],
) -> None:
    topic = TopicPageFactory()
    sponsor = SponsorFactory(name="Old Trust")
    sponsorship = SponsorshipFactory(topic=topic, sponsor=sponsor)
    assert sponsor_on(topic.url) == "Old Trust"
    with django_capture_on_commit_callbacks(execute=True):
        sponsor.name = "New Trust"
        sponsor.save()
    assert sponsor_on(topic.url) == "New Trust"
    with django_capture_on_commit_callbacks(execute=True):
        sponsorship.delete()
    assert sponsor_on(topic.url) == ""
