"""The services of embeds: whoever's players a published page shows stands in the preference centre from then on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.dispatch import receiver
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Page
from wagtail.signals import page_published

from core.embeds import Provider, providers_in
from core.snapshot import remembered
from site_settings.consent import current_services
from site_settings.models import EmbeddedProvider, Purpose, Service, ServiceCookie

OTHER_SITES = "other-sites"


@receiver(page_published)
def page_with_embeds_published(instance: Page, **kwargs: Any) -> None:
    """Make the services that the page needs. Wagtail also signals a page that is only scheduled."""
    if instance.live:
        offer(providers_in(instance))


def service_of(provider: Provider) -> str:
    """Return the slug of the service under which readers can load the provider's players; empty where there is none.

    A service that the owner has made for it by hand is known by its name.
    """
    slugs = remembered("embed services", offered_services)
    return slugs.get(provider.slug) or slugs.get(provider.name, "")


def offered_services() -> dict[str, str]:
    """Return the slug of every service, by slug and by name."""
    services = current_services()
    return {service.name: service.slug for service in services} | {service.slug: service.slug for service in services}


def was_taken_away(provider: Provider) -> bool:
    """Whether the provider's service was made, and its owner has deleted it."""
    return not service_of(provider) and EmbeddedProvider.objects.filter(slug=provider.slug).exists()


def offer(providers: Iterable[Provider]) -> None:
    """Make the service of each provider, once and never again: from then on it is the owner's to word, move or delete.

    Of two pages that are published at once, the second waits here for the first. Both ask in the same order, so that
    neither waits for the other.
    """
    wanted = {provider.slug: provider for provider in providers}
    seen = EmbeddedProvider.objects.filter(slug__in=wanted).values_list("slug", flat=True)
    new = [wanted[slug] for slug in sorted(wanted.keys() - set(seen))]
    if not new:
        return
    with transaction.atomic(), override(settings.LANGUAGE_CODE):
        purpose = other_sites()
        for provider in new:
            _row, is_first = EmbeddedProvider.objects.get_or_create(slug=provider.slug)
            is_there = Service.objects.filter(Q(slug=provider.slug) | Q(name=provider.name)).exists()
            if is_first and not is_there:
                make_service(provider, purpose)


def make_service(provider: Provider, purpose: Purpose) -> None:
    """Make the service as the provider describes itself."""
    service = Service(
        name=provider.name,
        slug=provider.slug,
        provider=provider.company,
        provider_policy=provider.policy,
        purpose=purpose,
        what_it_loads=str(provider.what_it_loads),
        hosts="\n".join(provider.hosts),
    )
    service.cookies = [
        ServiceCookie(name=cookie.name, what_for=str(cookie.what_for), lifetime=str(cookie.lifetime), sort_order=place)
        for place, cookie in enumerate(provider.cookies)
    ]
    service.save()


def other_sites() -> Purpose:
    """Return the purpose of everything that other sites show in our pages, made where there is none."""
    name = _("Content from other sites")
    taken = set(Purpose.objects.filter(name__startswith=name).values_list("name", flat=True))
    names = (name, *(f"{name} {number}" for number in range(2, len(taken) + 3)))
    explanation = _(
        "Some pages show videos, recordings, posts, maps or charts of other sites. They are loaded only when you ask "
        "for them. The other site then learns your internet address and that you came from here, and may store "
        "cookies of its own, which we can neither read nor delete."
    )
    purpose, _is_new = Purpose.objects.get_or_create(
        slug=OTHER_SITES,
        defaults={
            "name": next(name for name in names if name not in taken),
            "basis": Purpose.Basis.CONSENT,
            "explanation": explanation,
        },
    )
    return purpose
