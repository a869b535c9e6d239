"""People, organisations and audiences."""

from __future__ import annotations

import factory
from django.utils.text import slugify

from research_reviews.models import Audience, Person
from tests.factories.models import ModelFactory


class PersonFactory(ModelFactory):
    """An invented person; an organisation with `PersonFactory(is_organisation=True, name=...)`."""

    class Meta:
        model = Person
        skip_postgeneration_save = True

    class Params:
        with_handles = factory.Trait(x="peersupport", bluesky="peer.example.com", mastodon="peer@social.example")

    given_name = "Ada"
    family_name = factory.Sequence(lambda number: f"Invented{number}")
    name = factory.LazyAttribute(lambda person: f"{person.given_name} {person.family_name}")
    affiliation = "Invented University"


class AudienceFactory(ModelFactory):
    """People to whom recommendations are addressed."""

    class Meta:
        model = Audience
        django_get_or_create = ("name",)

    name = factory.Sequence(lambda number: f"Readers of kind {number}")
    slug = factory.LazyAttribute(lambda audience: slugify(audience.name))
