"""The public ledger of sponsors."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from tests.factories import ImageFactory, SponsorFactory, SponsorshipFactory, TopicPageFactory
from tests.reading import every, find, links, read, words

pytestmark = pytest.mark.django_db


def rows(sponsor_pk: int) -> list[list[str]]:
    """Return what the ledger says of one sponsor, row by row."""
    table = find(read("/sponsors/"), f'section[aria-labelledby="sponsor-{sponsor_pk}"] table')
    return [every(row, "td") for row in table.select("tbody tr")]


@time_machine.travel("2026-06-15 12:00:00+00:00", tick=False)
def test_it_says_who_sponsored_what_and_when_the_latest_first() -> None:
    prison = TopicPageFactory(title="Prison")
    sponsor = SponsorFactory(
        name="Candle Trust", description="Who we are.\n\nAnd why.", website="https://candle.example/"
    )
    SponsorshipFactory(sponsor=sponsor, topic=prison, starts_on=date(2024, 1, 1), ends_on=date(2024, 12, 31))
    SponsorshipFactory(sponsor=sponsor, topic=prison, starts_on=date(2026, 6, 15))
    SponsorshipFactory(sponsor=sponsor, starts_on=date(2025, 1, 1), ends_on=date(2026, 6, 15))

    assert rows(sponsor.pk) == [
        ["Prison", "15 June 2026", "Running"],
        ["The whole site", "1 January 2025", "15 June 2026 (running)"],
        ["Prison", "1 January 2024", "31 December 2024"],
    ]
    page = read("/sponsors/")
    assert links(page)["Prison"] == prison.url
    assert links(page)["candle.example"] == "https://candle.example/"
    assert every(page, ".ledger-statement")[0].startswith("The sponsor has no say in what we review")
    assert len(page.select(".ledger-statement")) == 1


def test_nothing_that_has_not_begun_is_told() -> None:
    SponsorshipFactory(sponsor=SponsorFactory(name="Secret Trust"), starts_on=timezone.localdate() + timedelta(days=1))

    assert "Secret Trust" not in words(read("/sponsors/"))


def test_a_topic_that_is_not_public_is_not_named() -> None:
    hidden, private = TopicPageFactory(title="Hidden topic"), TopicPageFactory(title="Private topic")
    one, other = SponsorshipFactory(topic=hidden), SponsorshipFactory(topic=private)
    hidden.unpublish()
    PageViewRestriction.objects.create(page=private, restriction_type="login")

    assert [row[0] for row in rows(one.sponsor.pk)] == ["A topic that is not public"]
    assert [row[0] for row in rows(other.sponsor.pk)] == ["A topic that is not public"]
    assert "Hidden topic" not in words(read("/sponsors/"))
    assert "Private topic" not in words(read("/sponsors/"))


def test_a_site_without_sponsors_says_so() -> None:
    assert "Nobody sponsors this site" in words(find(read("/sponsors/"), "main"))


def test_more_sponsors_cost_no_more_queries() -> None:
    counts = []
    for _size in range(2):
        for _number in range(5):
            SponsorshipFactory(topic=TopicPageFactory(), sponsor=SponsorFactory(logo=ImageFactory()))
        Client().get("/sponsors/")
        with CaptureQueriesContext(connection) as queries:
            assert Client().get("/sponsors/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 25
