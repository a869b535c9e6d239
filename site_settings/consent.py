"""What a visitor allows: the choice that their browser keeps, and what it means for each service.

The choice stands in a cookie that only the server sets, when the visitor has sent the form, and that scripts may read:
`<version>:<asked>:<granted>:<objected>:<visitor>`. The lists are joined by dots. What was asked is written as purpose
and service (`other-sites_youtube`), so that a new one of either asks again. The last part is a random number, which
stands on the site's receipt of the choice as well.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from core.page_cache import until_change
from site_settings.models import PrivacySettings, Service

COOKIE = "consent"
# More than any site's services need, and what browsers keep.
LONGEST_COOKIE = 4000
VISITOR = re.compile(r"[0-9a-f]{32}")
SECONDS_A_DAY = 24 * 60 * 60

Names = frozenset[str]


@dataclass(frozen=True)
class Choice:
    """What a visitor has decided."""

    version: int
    asked: Names = frozenset()
    granted: Names = frozenset()
    objected: Names = frozenset()
    visitor: str = ""

    @classmethod
    def from_request(cls, request: HttpRequest) -> Choice | None:
        """Return the visitor's choice; None where they have made none, or what they send is none of ours."""
        cookie = request.COOKIES.get(COOKIE, "")
        parts = cookie.split(":")
        if len(cookie) > LONGEST_COOKIE or len(parts) != 5:
            return None
        version, *lists, visitor = parts
        # isdecimal alone takes any script's digits, and int() refuses very long numbers.
        if not (version.isascii() and version.isdecimal() and len(version) < 10 and VISITOR.fullmatch(visitor)):
            return None
        asked, granted, objected = (frozenset(part.split(".")) - {""} for part in lists)
        return cls(int(version), asked, granted, objected, visitor)

    @property
    def cookie(self) -> str:
        """The choice as the browser keeps it."""
        lists = (".".join(sorted(names)) for names in (self.asked, self.granted, self.objected))
        return ":".join((str(self.version), *lists, self.visitor))

    def answers(self, offer: Offer) -> bool:
        """Whether it answers everything that the site asks at present."""
        return self.version == offer.version and offer.asked <= self.asked


@dataclass(frozen=True)
class Offer:
    """What a visitor can decide about at present."""

    version: int
    services: tuple[Service, ...]

    @cached_property
    def asked(self) -> Names:
        """What needs consent, each as purpose and service."""
        return frozenset(f"{service.purpose.slug}_{service.slug}" for service in self.services if service.needs_consent)

    @cached_property
    def consent(self) -> Names:
        """The services that need consent."""
        return frozenset(service.slug for service in self.services if service.needs_consent)

    @cached_property
    def exempt(self) -> Names:
        """The services that a visitor can object to."""
        return frozenset(service.slug for service in self.services if service.is_exempt)

    def accept(self, before: Choice | None) -> Choice:
        """Allow everything."""
        return self._decided(before, granted=self.consent, objected=frozenset())

    def reject(self, before: Choice | None) -> Choice:
        """Refuse everything that can be refused."""
        return self._decided(before, granted=frozenset(), objected=self.exempt)

    def choose(self, before: Choice | None, granted: Iterable[str], objected: Iterable[str]) -> Choice:
        """Allow and object as named. What is not known is left out."""
        return self._decided(before, self.consent.intersection(granted), self.exempt.intersection(objected))

    def allow(self, before: Choice | None, service: str, refuses_the_rest: bool) -> Choice | None:
        """Allow one service more, and answer for no other; None where it is none that needs consent.

        Who had not chosen yet, and whose browser refuses for them, keeps refusing the rest.
        """
        tokens = frozenset(token for token in self.asked if token.partition("_")[2] == service)
        if not tokens:
            return None
        if before is None or before.version != self.version:
            objected = self.exempt if refuses_the_rest else frozenset()
            before = Choice(self.version, objected=objected, visitor=before.visitor if before else new_visitor())
        return replace(before, asked=before.asked | tokens, granted=before.granted | {service})

    def _decided(self, before: Choice | None, granted: Names, objected: Names) -> Choice:
        visitor = before.visitor if before else new_visitor()
        return Choice(self.version, self.asked, granted, objected, visitor)


def new_visitor() -> str:
    """Return a random number that says nothing about anybody."""
    return secrets.token_hex(16)


def current_services() -> tuple[Service, ...]:
    """Return every service with its purpose, in the owner's order, in one query."""
    return until_change("consent-services", lambda: tuple(services_in_order()))


def services_in_order() -> QuerySet[Service]:
    """Return every service with its purpose, in the owner's order."""
    return Service.objects.select_related("purpose").order_by("purpose__sort_order", "purpose", "sort_order", "pk")


def current_offer(request: HttpRequest, with_cookies: bool = False) -> Offer:
    """Return what the site asks of its visitors at present."""
    services = tuple(services_in_order().prefetch_related("cookies")) if with_cookies else current_services()
    return Offer(PrivacySettings.for_request(request).version, services)


def refuses_by_signal(headers: Mapping[str, str]) -> bool:
    """Whether the browser sends Global Privacy Control (https://www.w3.org/TR/gpc/), which refuses what is optional."""
    return headers.get("Sec-GPC", "").strip() == "1"


def is_refused(request: HttpRequest, slug: str) -> bool:
    """Whether the visitor objects to an exempt service. Asks only the request: no query.

    What they chose counts, else their browser's signal.
    """
    choice = Choice.from_request(request)
    return slug in choice.objected if choice else refuses_by_signal(request.headers)


def keep(response: HttpResponse, choice: Choice, request: HttpRequest, days: int) -> None:
    """Have the browser keep the choice. Scripts may read it: it is theirs to obey."""
    response.set_cookie(
        COOKIE, choice.cookie, max_age=days * SECONDS_A_DAY, secure=request.is_secure(), httponly=False, samesite="Lax"
    )
