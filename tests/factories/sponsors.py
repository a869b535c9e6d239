"""Sponsors and what they sponsor."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone

from sponsors.models import CountedPage, DailyCount, Sponsor, Sponsorship
from tests.factories.models import ModelFactory


class SponsorFactory(ModelFactory):
    """An invented sponsor."""

    class Meta:
        model = Sponsor
        skip_postgeneration_save = True

    name = factory.Sequence(lambda number: f"Invented Trust {number}")
    tagline = "For paper planes"
    website = "https://www.trust.example/about"


class SponsorshipFactory(ModelFactory):
    """A sponsorship of the whole site, or of `topic`, that began a month ago and goes on."""

    class Meta:
        model = Sponsorship

    sponsor: Any = factory.SubFactory(SponsorFactory)
    starts_on: Any = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=30))
    wording = factory.LazyAttribute(
        lambda one: "{topic} posts are sponsored by {sponsor}" if one.topic else "This site is sponsored by {sponsor}"
    )
    topic = None


class CountedPageFactory(ModelFactory):
    """A page that was counted, and is no more."""

    class Meta:
        model = CountedPage

    number = factory.Sequence(lambda number: 1_000_000 + number)
    title = factory.Sequence(lambda number: f"Review {number}, since deleted")


class DailyCountFactory(ModelFactory):
    """What was counted of one page on one day."""

    class Meta:
        model = DailyCount

    sponsorship: Any = factory.SubFactory(SponsorshipFactory)
    page: Any = factory.SubFactory(CountedPageFactory)
    day: Any = factory.LazyFunction(timezone.localdate)
    views = 100
    clicks = 2
