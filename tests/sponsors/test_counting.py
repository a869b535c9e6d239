"""Views and clicks of sponsored pages: what is counted, what is not, and that counting never hurts a reader."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
import time_machine
from django.conf import LazySettings
from django.core.cache import caches
from django.db import DatabaseError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from sponsors import counting
from sponsors.models import CountedPage, DailyCount, Sponsorship
from tests.factories import ReviewPageFactory, SponsorFactory, SponsorshipFactory, StandardPageFactory, TopicPageFactory
from tests.research_reviews.desk import signed_in

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.5 Mobile/15E148 Safari/604.1"
)
ROBOTS = [
    "",
    "curl/8.5.0",
    "python-requests/2.32.3",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; GPTBot/1.2; +https://openai.com/gptbot",
    "facebookexternalhit/1.1",
    "Mastodon/4.3 (http.rb/5.2; +https://social.example/)",
]

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic() -> Any:
    """A topic with a sponsor."""
    topic = TopicPageFactory(title="Prison")
    SponsorshipFactory(topic=topic, sponsor=SponsorFactory(website="https://trust.example/"))
    return topic


@pytest.fixture
def page_cache(settings: LazySettings) -> None:
    """The page cache, on and empty."""
    settings.PAGE_CACHE = True
    for cache in caches.all():
        cache.clear()


@pytest.fixture
def later(settings: LazySettings) -> Iterator[None]:
    """Counts wait in memory, as they do on a site, until the test has them written."""
    settings.SPONSOR_COUNT_SECONDS = 3600
    yield
    if counting.tally.timer:
        counting.tally.timer.cancel()
    counting.tally.begin()


def person(**headers: str) -> Client:
    """Return a client that is somebody's browser."""
    return Client(headers={"user-agent": FIREFOX, **headers})


def totals() -> tuple[int, int]:
    """Return all views and all clicks that are written down."""
    counts = DailyCount.objects.all()
    return sum(count.views for count in counts), sum(count.clicks for count in counts)


def visit(page_number: object = "", sponsorship: Sponsorship | None = None) -> str:
    """Return the address of the sponsor's link."""
    pk = (sponsorship or Sponsorship.objects.get()).pk
    return f"{reverse('sponsors:visit', args=[pk])}?page={page_number}"


@pytest.mark.usefixtures("page_cache")
def test_a_page_is_counted_each_time_also_from_the_cache_and_from_the_browser(
    topic: Any, later: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    review = ReviewPageFactory(topic=topic)
    first = person().get(review.url)
    with django_assert_num_queries(0):
        person().get(review.url)
        again = person(**{"if-none-match": first["ETag"]}).get(review.url)
    assert again.status_code == 304
    person().get(topic.url)
    counting.tally.write()

    by_page = {count.page_id: count.views for count in DailyCount.objects.all()}
    assert by_page == {review.pk: 3, topic.pk: 1}
    assert {page.number: page.title for page in CountedPage.objects.all()} == {
        review.pk: review.title,
        topic.pk: "Prison",
    }


@pytest.mark.parametrize("name", ROBOTS)
def test_robots_are_not_counted(topic: Any, name: str) -> None:
    Client(headers={"user-agent": name}).get(topic.url)
    Client(headers={"user-agent": name}).get(visit(topic.pk))

    assert totals() == (0, 0)


@pytest.mark.parametrize("name", [FIREFOX, IPHONE])
def test_people_are_counted(topic: Any, name: str) -> None:
    Client(headers={"user-agent": name}).get(topic.url)
    Client(headers={"user-agent": name}).get(visit(topic.pk))

    assert totals() == (1, 1)


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-purpose": "prefetch;prerender"},
        {"purpose": "prefetch"},
        {"sec-gpc": "1"},
        {"sec-fetch-dest": "empty"},
        {"cookie": f"consent=1:::visit-counts:{'0' * 32}"},
    ],
)
def test_who_only_fetches_ahead_or_objects_is_not_counted(topic: Any, headers: dict[str, str]) -> None:
    person(**headers).get(topic.url)
    person(**headers).get(visit(topic.pk))

    assert totals() == (0, 0)


def test_an_explicit_choice_wins_over_the_browsers_signal(topic: Any) -> None:
    person(**{"sec-gpc": "1", "cookie": f"consent=1:_visit-counts:::{'0' * 32}"}).get(topic.url)

    assert totals() == (1, 0)


def test_only_pages_that_name_a_sponsor_and_are_shown_are_counted(topic: Any) -> None:
    person().get(StandardPageFactory().url)
    person().get("/topics/nowhere/")
    person().head(topic.url)
    signed_in().get(topic.url, headers={"user-agent": FIREFOX})
    person().get("/sponsors/")

    assert totals() == (0, 0)


def test_a_day_is_the_sites_day(topic: Any) -> None:
    with time_machine.travel("2027-07-09 22:59:00+00:00", tick=False):
        person().get(topic.url)
    with time_machine.travel("2027-07-09 23:01:00+00:00", tick=False):
        person().get(topic.url)

    assert [f"{count.day}" for count in DailyCount.objects.order_by("day")] == ["2027-07-09", "2027-07-10"]


def test_the_link_leads_to_the_sponsor_and_to_nobody_else(topic: Any) -> None:
    response = person().get(f"{visit(topic.pk)}&url=https://hostile.example/&next=//hostile.example")

    assert (response.status_code, response["Location"]) == (302, "https://trust.example/")
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.parametrize("number", ["", "0", "99999", "-1", "1.5", "²", "9" * 40, "hostile%00", "<b>"])
def test_a_link_with_a_wrong_page_still_leads_there_and_counts_nothing(topic: Any, number: str) -> None:
    assert person().get(visit(number)).status_code == 302
    assert totals() == (0, 0)
    assert not CountedPage.objects.exists()


def test_a_click_from_another_site_is_not_counted(topic: Any) -> None:
    person(**{"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}).get(visit(topic.pk))
    person(**{"sec-fetch-site": "same-origin", "sec-fetch-mode": "cors"}).get(visit(topic.pk))
    person(**{"sec-fetch-site": "same-origin", "sec-fetch-mode": "navigate"}).get(visit(topic.pk))

    assert totals() == (0, 1)


def test_the_link_of_a_sponsorship_that_is_over_leads_on_and_one_to_come_is_not_there(topic: Any) -> None:
    today = timezone.localdate()
    over = SponsorshipFactory(
        topic=TopicPageFactory(), starts_on=today - timedelta(days=9), ends_on=today - timedelta(days=1)
    )
    coming = SponsorshipFactory(topic=TopicPageFactory(), starts_on=today + timedelta(days=1))

    assert person().get(visit(topic.pk, over)).status_code == 302
    assert person().get(visit(topic.pk, coming)).status_code == 404
    assert person().get(reverse("sponsors:visit", args=[10**9])).status_code == 404
    assert totals() == (0, 0)


def test_a_counter_that_fails_breaks_no_page(
    topic: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(counting, "write", fail)

    assert person().get(topic.url).status_code == 200
    assert person().get(visit(topic.pk)).status_code == 302
    assert "They are kept and tried again." in caplog.text

    monkeypatch.undo()
    person().get(topic.url)
    assert totals() == (2, 1)


def fail(sums: object) -> None:
    """What writing does while the database is away."""
    raise DatabaseError("away")


def test_a_process_without_a_thread_to_spare_counts_on_and_writes_later(
    topic: Any, later: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(timer: object) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as patch:
        patch.setattr("threading.Thread.start", refuse)
        assert person().get(topic.url).status_code == 200
    person().get(topic.url)

    assert counting.tally.timer is not None
    counting.tally.write()
    assert totals() == (2, 0)


def test_a_sponsorship_that_is_deleted_meanwhile_costs_no_other_its_counts(topic: Any, later: None) -> None:
    other = TopicPageFactory()
    gone = SponsorshipFactory(topic=other)
    person().get(topic.url)
    person().get(other.url)
    gone.delete()
    counting.tally.write()

    assert totals() == (1, 0)


def test_a_page_keeps_its_counts_and_its_last_title_when_it_is_deleted(topic: Any) -> None:
    review = ReviewPageFactory(topic=topic, title="First title")
    person().get(review.url)
    review.title = "Second title"
    review.save()
    person().get(review.url)
    number = review.pk
    review.delete()

    assert DailyCount.objects.get().views == 2
    assert CountedPage.objects.get(number=number).title == "Second title"


def test_what_cannot_be_written_for_long_does_not_fill_the_memory(later: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MOST_SUMS", 3)
    for page in range(10):
        counting.tally.add(1, page, views=1)
    counting.tally.add(1, 0, views=1)

    assert sum(views for views, _clicks in counting.tally.sums.values()) == 4


@pytest.mark.django_db(transaction=True)
def test_processes_that_write_at_once_lose_nothing() -> None:
    sponsorship = SponsorshipFactory(topic=TopicPageFactory())
    day = timezone.localdate()

    def process() -> None:
        try:
            for _time in range(10):
                tally = counting.Tally()
                tally.keep({(sponsorship.pk, page, day): (1, 2) for page in range(1, 6)})
                tally.write()
                assert not tally.sums
        finally:
            connection.close()

    threads = [Thread(target=process) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert totals() == (4 * 10 * 5, 4 * 10 * 5 * 2)
