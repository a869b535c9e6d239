"""Sponsors and what they sponsor."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone

from sponsors.models import Sponsor, Sponsorship
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
