"""The report on sponsorships, as owners and sponsors read it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.roles import EDITOR, MODERATOR, SITE_OWNER
from sponsors.models import Sponsorship
from tests.factories import (
    CountedPageFactory,
    DailyCountFactory,
    ReviewPageFactory,
    SponsorFactory,
    SponsorshipFactory,
    TopicPageFactory,
    UserFactory,
)
from tests.reading import every, find, links, read, words

LIST = "/admin/reports/sponsorships/"
# A Tuesday.
TODAY = date(2026, 11, 24)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def today() -> Any:
    """The day on which the report is read."""
    with time_machine.travel(TODAY, tick=False):
        yield TODAY


@pytest.fixture
def sponsorship() -> Any:
    """A sponsorship of a topic since the second of November, a Monday."""
    topic = TopicPageFactory(title="Prison")
    return SponsorshipFactory(sponsor=SponsorFactory(name="Tern Trust"), topic=topic, starts_on=date(2026, 11, 2))


def signed_in(role: str = SITE_OWNER) -> Client:
    client = Client()
    client.force_login(UserFactory(role=role))
    return client


def report(sponsorship: Sponsorship, query: str = "", client: Client | None = None) -> BeautifulSoup:
    return read(f"{LIST}{sponsorship.pk}/{query}", client or signed_in())


def rows(page: BeautifulSoup, heading: str) -> list[list[str]]:
    """Return the rows of the table under the heading, without the headings of its columns."""
    table = find(page, f"[aria-labelledby={heading}] table")
    return [every(row, "th, td") for row in table.select("tbody tr")]


def test_the_owner_finds_the_report_in_the_menu_and_each_sponsorship_with_its_totals(sponsorship: Sponsorship) -> None:
    page = CountedPageFactory()
    DailyCountFactory(sponsorship=sponsorship, page=page, day=date(2026, 11, 3), views=1200, clicks=7)
    DailyCountFactory(sponsorship=sponsorship, page=page, day=date(2026, 11, 4), views=800, clicks=3)
    SponsorshipFactory(sponsor=SponsorFactory(name="Gull Fund"), starts_on=date(2025, 1, 1))
    owner = signed_in()

    assert LIST in owner.get(reverse("wagtailadmin_home")).content.decode()
    listed = [every(row, "td") for row in read(LIST, owner).select("main table.listing tbody tr")]
    assert listed == [
        ["Tern Trust: Prison", "since 2 November 2026", "2,000", "10", "0.50"],
        ["Gull Fund: the whole site", "since 1 January 2025", "0", "0", "–"],
    ]


@pytest.mark.parametrize("role", [EDITOR, MODERATOR, "Nobody in particular"])
def test_who_does_not_manage_sponsors_does_not_see_the_report(sponsorship: Sponsorship, role: str) -> None:
    client = signed_in(role)

    for address in (LIST, f"{LIST}results/", f"{LIST}{sponsorship.pk}/", f"{LIST}?export=csv"):
        assert client.get(address).status_code == 302
    assert Client().get(LIST)["Location"].startswith("/admin/login/")


def test_who_may_look_at_sponsorships_sees_the_report_of_all(sponsorship: Sponsorship) -> None:
    user = UserFactory(role="Accounts")
    user.groups.get().permissions.set(
        Permission.objects.filter(codename__in=["access_admin", "view_sponsorship"]),
    )
    client = Client()
    client.force_login(user)

    assert "Tern Trust" in words(find(report(sponsorship, client=client), ".sponsor-report__title"))


def test_weeks_begin_on_monday_and_none_is_left_out(sponsorship: Sponsorship) -> None:
    page = CountedPageFactory()
    for day, views in (("2026-11-02", 1), ("2026-11-08", 2), ("2026-11-09", 4), ("2026-11-24", 8)):
        DailyCountFactory(sponsorship=sponsorship, page=page, day=day, views=views, clicks=1)

    shown = report(sponsorship)

    assert rows(shown, "weeks-heading") == [
        ["2 November 2026", "3", "2", "66.67"],
        ["9 November 2026", "4", "1", "25.00"],
        ["16 November 2026", "0", "0", "–"],
        ["23 November 2026", "8", "1", "12.50"],
    ]
    assert every(shown, ".sponsor-report__totals dd") == ["15", "4", "26.67"]
    assert json.loads(find(shown, "#sponsor-report-data").text) == {
        "weeks": ["2 Nov 2026", "9 Nov 2026", "16 Nov 2026", "23 Nov 2026"],
        "views": [3, 4, 0, 8],
        "clicks": [2, 1, 0, 1],
    }
    assert "2 November 2026 to 24 November 2026" in words(find(shown, ".sponsor-report__head"))


def test_pages_stand_by_their_views_and_link_to_what_readers_can_see(sponsorship: Sponsorship) -> None:
    review = ReviewPageFactory(title="The first night", topic=sponsorship.topic)
    hidden = ReviewPageFactory(title="Taken down", topic=sponsorship.topic, published=False)
    for page, title, views in (
        (review.pk, "The first night", 30),
        (hidden.pk, "Taken down", 20),
        (9_999_999, "Long gone", 10),
        (9_999_998, "", 5),
    ):
        counted = CountedPageFactory(number=page, title=title)
        DailyCountFactory(sponsorship=sponsorship, page=counted, views=views, clicks=0)

    shown = report(sponsorship)

    assert [(row[0], row[1]) for row in rows(shown, "pages-heading")] == [
        ("The first night", "30"),
        ("Taken down (no longer published)", "20"),
        ("Long gone (no longer published)", "10"),
        ("A page that has been deleted (no longer published)", "5"),
    ]
    table = find(shown, "[aria-labelledby=pages-heading] table")
    assert links(table) == {"The first night": review.url}


def test_only_the_days_asked_for_are_shown(sponsorship: Sponsorship) -> None:
    for day, views in ((9, 1), (10, 2), (17, 4), (18, 8)):
        DailyCountFactory(sponsorship=sponsorship, day=date(2026, 11, day), views=views)

    shown = report(sponsorship, "?first=2026-11-10&last=2026-11-17")

    assert [row[:2] for row in rows(shown, "weeks-heading")] == [["9 November 2026", "2"], ["16 November 2026", "4"]]
    assert len(rows(shown, "pages-heading")) == 2
    assert [field["value"] for field in shown.select("input[type=date]")] == ["2026-11-10", "2026-11-17"]
    assert links(find(shown, ".sponsor-report__days")) == {"Show the whole sponsorship": f"{LIST}{sponsorship.pk}/"}


@pytest.mark.parametrize(
    ("query", "complaint"),
    [
        ("?first=2026-11-20&last=2026-11-10", "The last day is before the first. All days are shown instead."),
        ("?first=nonsense&last=", "Enter a valid date."),
    ],
)
def test_days_that_make_no_sense_are_said_and_everything_is_shown(
    sponsorship: Sponsorship, query: str, complaint: str
) -> None:
    DailyCountFactory(sponsorship=sponsorship, day=date(2026, 11, 3), views=41)

    shown = report(sponsorship, query)

    assert every(shown, "[role=alert]") == [complaint]
    assert every(shown, ".sponsor-report__totals dd")[0] == "41"


def test_days_far_away_neither_fail_nor_fill_the_page(sponsorship: Sponsorship) -> None:
    DailyCountFactory(sponsorship=sponsorship, day=date(2026, 11, 3), views=41)

    shown = report(sponsorship, "?first=0001-01-01&last=9999-12-31")

    assert every(shown, ".sponsor-report__totals dd")[0] == "41"
    assert len(rows(shown, "weeks-heading")) == 4


def test_before_the_first_count_the_report_says_so_and_how_it_counts(sponsorship: Sponsorship) -> None:
    shown = report(sponsorship)

    assert "Nothing has been counted on these days." in words(find(shown, "main .help-info"))
    assert every(shown, ".sponsor-report__totals dd") == ["0", "0", "–"]
    method = words(find(shown, ".sponsor-report__method"))
    for said in ("no cookie", "Search engines and other programs", "Europe/London", "Global Privacy Control"):
        assert said in method


def test_a_sponsorship_still_to_come_has_a_report(sponsorship: Sponsorship) -> None:
    coming = SponsorshipFactory(starts_on=date(2027, 1, 1), ends_on=date(2027, 12, 31))

    assert "Nothing has been counted" in words(find(report(coming), "main .help-info"))


def test_without_a_sponsorship_the_list_says_what_to_do() -> None:
    assert "There is no sponsorship yet. Add one under Sponsors" in words(read(LIST, signed_in()))


def test_what_was_counted_outside_days_that_were_changed_since_is_not_lost(sponsorship: Sponsorship) -> None:
    DailyCountFactory(sponsorship=sponsorship, day=date(2026, 10, 28), views=5)
    DailyCountFactory(sponsorship=sponsorship, day=date(2026, 11, 20), views=6)
    Sponsorship.objects.filter(pk=sponsorship.pk).update(ends_on=date(2026, 11, 10))

    shown = report(sponsorship)

    assert every(shown, ".sponsor-report__totals dd")[0] == "11"
    assert "28 October 2026 to 20 November 2026" in words(find(shown, ".sponsor-report__head"))


def test_a_title_is_shown_as_text_also_in_the_charts_data(sponsorship: Sponsorship) -> None:
    hostile = "</script><script>alert(1)</script>"
    DailyCountFactory(sponsorship=sponsorship, page=CountedPageFactory(title=hostile))

    assert rows(report(sponsorship), "pages-heading")[0][0].startswith(hostile)


def test_the_number_of_queries_does_not_grow_with_what_is_counted(sponsorship: Sponsorship) -> None:
    owner = signed_in()
    review = ReviewPageFactory(topic=sponsorship.topic)
    DailyCountFactory(sponsorship=sponsorship, page=CountedPageFactory(number=review.pk))
    report(sponsorship, client=owner)
    with CaptureQueriesContext(connection) as few:
        report(sponsorship, client=owner)
        read(LIST, owner)
    for number in range(12):
        review = ReviewPageFactory(topic=sponsorship.topic)
        counted = CountedPageFactory(number=review.pk, title=review.title)
        DailyCountFactory(sponsorship=sponsorship, page=counted, day=date(2026, 11, 3 + number))
        SponsorshipFactory(topic=TopicPageFactory())
    with CaptureQueriesContext(connection) as many:
        report(sponsorship, client=owner)
        read(LIST, owner)

    assert len(many) <= len(few)


def test_of_very_many_pages_the_most_viewed_are_shown_and_the_rest_is_named(
    sponsorship: Sponsorship, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sponsors.report.MOST_PAGES", 2)
    for views in (5, 50, 500):
        DailyCountFactory(sponsorship=sponsorship, views=views)

    shown = report(sponsorship)

    assert [row[1] for row in rows(shown, "pages-heading")] == ["500", "50"]
    assert "1 page with fewer views is only in the files." in words(shown)
