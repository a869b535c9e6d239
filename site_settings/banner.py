"""What a page holds so that the reader's browser can ask them, and obey: the same for every reader."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.http import HttpRequest

from core.page_cache import until_change
from site_settings.centre import Centre
from site_settings.consent import Offer, current_offer
from site_settings.models import PrivacySettings, Service


@dataclass(frozen=True)
class Banner:
    """The question, and what hangs on the answer."""

    heading: str
    text: str
    policy_url: str
    offer: Offer

    @property
    def from_elsewhere(self) -> list[Service]:
        """The services that a page waits with, or could wait with: what is asked about, and what other sites send."""
        return [
            service
            for service in self.offer.services
            if service.needs_consent or service.script_url or service.host_list
        ]

    @property
    def asks(self) -> bool:
        """Whether anything needs consent."""
        return bool(self.offer.consent)

    @property
    def services(self) -> str:
        """What the browser needs to know of each service: what it is asked as, what it rests on, its script."""
        known = [(service.token, service.basis, service.script_url) for service in self.from_elsewhere]
        return json.dumps(known, separators=(",", ":"))

    @property
    def script_sources(self) -> list[str]:
        """From where services that run on every page may load."""
        services = [service for service in self.from_elsewhere if service.script_url]
        return [f"https://{host}" for service in services for host in service.host_list]


def current_banner(request: HttpRequest) -> Banner:
    """Return the banner as the owner has set it, with what the site asks at present."""
    settings = PrivacySettings.for_request(request)
    return until_change(f"privacy-banner-{settings.site_id}", lambda: make_banner(request, settings))


def make_banner(request: HttpRequest, settings: PrivacySettings) -> Banner:
    """Return the banner. Only where it asks is the policy looked for."""
    offer = current_offer(request)
    policy_url = Centre(settings, offer).policy_url if offer.consent else ""
    return Banner(settings.banner_heading, settings.banner_text, policy_url, offer)
