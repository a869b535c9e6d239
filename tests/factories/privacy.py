"""What readers are asked for, and the records of what they answered."""

from __future__ import annotations

from typing import Any

import factory
from django.utils import timezone

from site_settings.models import ConsentReceipt, ConsentText, Purpose, Service, ServiceCookie
from tests.factories.models import ModelFactory


class PurposeFactory(ModelFactory):
    """A purpose that needs consent, or rests on `basis`."""

    class Meta:
        model = Purpose
        django_get_or_create = ("name",)

    name = "Other sites"
    explanation = "Shows films and maps of other sites."
    basis = Purpose.Basis.CONSENT


class ServiceFactory(ModelFactory):
    """A service of `purpose`; `cookies` are names of cookies on the site's own address."""

    class Meta:
        model = Service
        skip_postgeneration_save = True

    name = factory.Sequence(lambda number: f"Player {number}")
    provider = "Invented Films Ltd"
    purpose: Any = factory.SubFactory(PurposeFactory)
    what_it_loads = "The film and its player."
    hosts = "player.films.example"

    @factory.post_generation
    def cookies(self: Service, create: bool, extracted: tuple[str, ...] | None) -> None:
        """Give it its cookies."""
        for number, name in enumerate(extracted or ()):
            ServiceCookie.objects.create(
                service=self, name=name, what_for="Counts", lifetime="1 year", is_ours=True, sort_order=number
            )


class ConsentTextFactory(ModelFactory):
    """Texts that readers were shown."""

    class Meta:
        model = ConsentText
        django_get_or_create = ("digest",)

    digest = "0" * 64
    content: Any = factory.LazyFunction(lambda: {"banner": ["Your privacy", "May we?"], "services": []})


class ReceiptFactory(ModelFactory):
    """A receipt of a refusal, made now."""

    class Meta:
        model = ConsentReceipt

    visitor = factory.Sequence(lambda number: f"{number:032x}")
    made_at = factory.LazyFunction(timezone.now)
    version = 1
    text: Any = factory.SubFactory(ConsentTextFactory)
    language = "en-gb"
    source = ConsentReceipt.Source.BANNER
