"""The weekly digest: each week at its hour, only where there is something new, and never twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from wagtail.models import PageViewRestriction, Site

from subscriptions import planning
from subscriptions.digests import latest_time
from subscriptions.models import Mailing, SubscriptionSettings
from tests.factories.pages import ReviewPageFactory
from tests.factories.subscriptions import SubscriberFactory
from tests.subscriptions.workers import work

pytestmark = pytest.mark.django_db

LONDON = ZoneInfo("Europe/London")
# Friday at eight is when the digest goes out unless an owner chose otherwise.
WEDNESDAY, FRIDAY = datetime(2026, 6, 3, 12, tzinfo=LONDON), datetime(2026, 6, 5, 8, tzinfo=LONDON)
WEEK, MINUTE = timedelta(days=7), timedelta(minutes=1)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Be at a moment, and let the worker act there at the end."""
    with time_machine.travel(moment, tick=False):
        yield
        work()
        work()


def digests() -> int:
    """How many digests there are."""
    return Mailing.objects.filter(kind=Mailing.Kind.DIGEST).count()


def received() -> list[str]:
    """Who got a mail."""
    return [message.to[0] for message in mail.outbox]


def published(moment: datetime, **fields: Any) -> Any:
    """A review that goes live at the moment, and a worker that looks two minutes later."""
    with time_machine.travel(moment, tick=False):
        review = ReviewPageFactory(**fields)
    with at(moment + 2 * MINUTE):
        pass
    return review


def reader(**fields: Any) -> Any:
    """Somebody who has got the digest for long."""
    return SubscriberFactory(rhythm="weekly", confirmed_at=WEDNESDAY - 9 * WEEK, **fields)


def test_the_week_s_reviews_go_out_on_friday_at_eight_in_one_mail_and_not_twice() -> None:
    weekly = reader()
    published(WEDNESDAY, title="Someone awake")
    published(WEDNESDAY + timedelta(hours=1), title="Someone asleep")
    with at(FRIDAY - MINUTE):
        pass
    assert received() == []
    for hours in (0, 1, 24):
        with at(FRIDAY + timedelta(hours=hours)):
            pass
    assert received() == [weekly.email]
    text = mail.outbox[0].body
    assert "Someone awake" in text
    assert "Someone asleep" in text


def test_the_next_digest_holds_what_came_since_and_a_week_without_news_has_none() -> None:
    reader()
    published(WEDNESDAY, title="Someone awake")
    with at(FRIDAY):
        pass
    with at(FRIDAY + WEEK):
        pass
    assert len(received()) == 1
    published(WEDNESDAY + 2 * WEEK, title="Someone asleep")
    with at(FRIDAY + 2 * WEEK):
        pass
    assert len(received()) == 2
    assert "Someone awake" not in mail.outbox[1].body
    assert "Someone asleep" in mail.outbox[1].body


def test_a_digest_that_was_missed_is_caught_up_once_however_long_the_worker_was_away() -> None:
    weekly = reader()
    for week in range(3):
        with time_machine.travel(WEDNESDAY + week * WEEK, tick=False):
            ReviewPageFactory()
    with at(FRIDAY + 3 * WEEK - 2 * timedelta(days=1)):
        pass
    assert received() == [weekly.email]
    assert digests() == 1


def test_only_what_is_new_in_the_chosen_topics_is_sent() -> None:
    first = published(WEDNESDAY, title="Someone awake")
    second = published(WEDNESDAY, title="Someone asleep")
    one, other = reader(topics=[first.topic]), reader(topics=[second.topic])
    quiet = ReviewPageFactory(published=False).topic
    reader(topics=[quiet])
    with at(FRIDAY):
        pass
    assert sorted(received()) == sorted([one.email, other.email])
    bodies = {message.to[0]: message.body for message in mail.outbox}
    assert "Someone awake" in bodies[one.email]
    assert "Someone asleep" not in bodies[one.email]


def test_what_was_held_or_private_is_in_the_digest_of_the_week_in_which_it_was_let_go() -> None:
    reader()
    with time_machine.travel(WEDNESDAY, tick=False):
        held, private = ReviewPageFactory(title="Held back"), ReviewPageFactory(title="Kept private")
        planning.hold(planning.reserve(held))
        restriction = PageViewRestriction.objects.create(page=private, restriction_type="login")
    with at(FRIDAY):
        pass
    assert digests() == 0
    with at(WEDNESDAY + WEEK):
        planning.release(planning.reserve(held))
        restriction.delete()
    with at(FRIDAY + WEEK):
        pass
    assert "Held back" in mail.outbox[0].body
    assert "Kept private" in mail.outbox[0].body


def test_what_was_skipped_is_in_no_digest() -> None:
    reader()
    with time_machine.travel(WEDNESDAY, tick=False):
        planning.skip(planning.reserve(ReviewPageFactory()))
    with at(FRIDAY):
        pass
    assert received() == []


def test_what_went_private_between_is_left_out() -> None:
    reader()
    review = published(WEDNESDAY)
    PageViewRestriction.objects.create(page=review, restriction_type="login")
    with at(FRIDAY):
        pass
    assert received() == []


def test_whoever_came_after_friday_waits_for_the_next_one() -> None:
    published(WEDNESDAY)
    with at(FRIDAY + timedelta(days=1)):
        SubscriberFactory(rhythm="weekly")
    assert received() == []


def test_two_workers_make_one_digest() -> None:
    reader()
    published(WEDNESDAY)
    with at(FRIDAY):
        work()
        work()
    assert digests() == 1


@pytest.mark.parametrize(
    ("zone", "now", "due"),
    [
        # Before and after the clocks went forward on 29 March, and back on 25 October.
        ("Europe/London", datetime(2026, 3, 28, tzinfo=UTC), datetime(2026, 3, 27, 8, tzinfo=UTC)),
        ("Europe/London", datetime(2026, 4, 4, tzinfo=UTC), datetime(2026, 4, 3, 7, tzinfo=UTC)),
        ("Europe/London", datetime(2026, 10, 31, tzinfo=UTC), datetime(2026, 10, 30, 8, tzinfo=UTC)),
        ("Pacific/Auckland", datetime(2026, 6, 4, 21, tzinfo=UTC), datetime(2026, 6, 4, 20, tzinfo=UTC)),
        ("Europe/London", FRIDAY - MINUTE, FRIDAY - WEEK),
    ],
)
def test_the_hour_is_that_of_the_site_s_own_clock(settings: Any, zone: str, now: datetime, due: datetime) -> None:
    settings.TIME_ZONE = zone
    assert latest_time(now) == due


@pytest.mark.parametrize("moment", [datetime(2026, 3, 29, 12, tzinfo=UTC), datetime(2026, 10, 25, 12, tzinfo=UTC)])
def test_an_hour_that_the_clocks_skip_or_repeat_is_due_once(moment: datetime) -> None:
    SubscriptionSettings.objects.create(site=Site.objects.get(), digest_weekday=6, digest_hour=1)
    assert {latest_time(moment + timedelta(hours=hours)) for hours in range(24)} == {
        moment.replace(hour=latest(moment))
    }


def latest(moment: datetime) -> int:
    """The hour in UTC of one o'clock on the day that the clocks change: skipped in March, the first one in October."""
    return 1 if moment.month == 3 else 0


def test_a_time_zone_that_changes_makes_no_second_digest_of_the_same_week(settings: Any) -> None:
    reader()
    published(WEDNESDAY)
    with at(FRIDAY):
        pass
    settings.TIME_ZONE = "America/New_York"
    published(FRIDAY + timedelta(hours=1), title="Someone asleep")
    with at(FRIDAY + timedelta(hours=12)):
        pass
    assert digests() == 1
    with at(FRIDAY + WEEK + timedelta(hours=5)):
        pass
    assert digests() == 2
    assert "Someone asleep" in mail.outbox[1].body
