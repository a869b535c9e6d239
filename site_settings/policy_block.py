"""The block of a privacy policy that lists what is set up, so that the policy is never out of date."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.page_cache import until_change
from site_settings.centre import basis_in_words
from site_settings.consent import services_in_order
from site_settings.models import Purpose, Service, ServiceCookie


@dataclass(frozen=True)
class ListedService:
    """A service as the policy lists it."""

    service: Service

    @property
    def cookies(self) -> list[ServiceCookie]:
        """What it may keep in the browser."""
        return list(self.service.cookies.all())

    @property
    def our_deletion(self) -> str:
        """What becomes of cookies on the site's own address."""
        if self.service.basis == Purpose.Basis.NECESSARY:
            return gettext("You, in your browser")
        return gettext("This site, as soon as you refuse")


@dataclass(frozen=True)
class ListedPurpose:
    """A purpose with its services."""

    purpose: Purpose
    services: list[ListedService]

    @property
    def basis(self) -> str:
        """What the purpose rests on, in the reader's words."""
        return basis_in_words(self.purpose)


def listed_purposes() -> list[ListedPurpose]:
    """Return the purposes that have services, in the owner's order, in two queries."""
    purposes: dict[int, ListedPurpose] = {}
    for service in services_in_order().prefetch_related("cookies"):
        listed = purposes.setdefault(service.purpose_id, ListedPurpose(service.purpose, []))
        listed.services.append(ListedService(service))
    return list(purposes.values())


class ServicesValue(blocks.StructValue):
    """What the block lists."""

    @property
    def purposes(self) -> list[ListedPurpose]:
        """The purposes with their services and cookies, as they are set up now."""
        return until_change("policy-purposes", listed_purposes)


class ServicesBlock(blocks.StructBlock):
    """Purposes, services and cookies, as they are set up under Privacy."""

    heading = blocks.CharBlock(max_length=120, default=_("Services and cookies"), label=_("Heading"))

    class Meta:
        icon = "lock"
        label = _("Services and cookies")
        label_format = "{heading}"
        value_class = ServicesValue
        template = "blocks/services.html"
        description = _("Everything that is set up under Privacy, always as it is now. For the privacy policy.")
        preview_value = {"heading": "Services and cookies"}
