"""What a visitor allows: the choice that their browser keeps, and what it means for each service.

The choice stands in a cookie that only the server sets, when the visitor has sent the form, and that scripts may read:
`<version>:<asked>:<granted>:<objected>:<visitor>`. The lists are joined by dots. What was asked is written as purpose
and service (`other-sites_youtube`), so that a new one of either asks again; what could be objected to, without the
purpose (`_visit-counts`). The last part is a random number, which stands on the site's receipt of the choice as well.

What was allowed counts only as it was asked: with another version of the site's questions, or for another purpose, it
counts no more. An objection counts whatever has changed since. `Sec-GPC: 1` refuses what was not answered.
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
from core.snapshot import remembered
from site_settings.models import PrivacySettings, Service

COOKIE = "consent"
# More than any site's services need, and what browsers keep.
LONGEST_COOKIE = 4000
COOKIE_VALUE = re.compile(r"(?P<version>[0-9]{1,9})((?::[a-z0-9_.-]*){3}):(?P<visitor>[0-9a-f]{32})")
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
        """Return the visitor's choice as they send it; None where they made none, or what they send is none of ours."""
        cookie = request.COOKIES.get(COOKIE, "")
        match = COOKIE_VALUE.fullmatch(cookie) if len(cookie) <= LONGEST_COOKIE else None
        if match is None:
            return None
        asked, granted, objected = (frozenset(part.split(".")) - {""} for part in match[2][1:].split(":"))
        return cls(int(match["version"]), asked, granted, objected, match["visitor"])

    @property
    def cookie(self) -> str:
        """The choice as the browser keeps it."""
        lists = (".".join(sorted(names)) for names in (self.asked, self.granted, self.objected))
        return ":".join((str(self.version), *lists, self.visitor))

    def as_of(self, version: int) -> Choice:
        """Return what is left of it at a version: of another one only the objections."""
        if version == self.version:
            return self
        return Choice(version, objected=self.objected, visitor=self.visitor)

    def answers(self, offer: Offer) -> bool:
        """Whether it answers everything that the site asks at present."""
        return self.version == offer.version and offer.asked <= self.asked

    def grants(self, service: Service) -> bool:
        """Whether it allows the service, for the purpose that the service has now."""
        return service.slug in self.granted and service.token in self.asked

    def objects(self, slug: str) -> bool | None:
        """Whether it objects to a service that needs no consent; None where it does not speak of the service.

        Who refused the service while it needed consent objects to it now that it needs none.
        """
        if slug in self.objected or f"_{slug}" in self.asked:
            return slug in self.objected
        if any(token.endswith(f"_{slug}") for token in self.asked):
            return slug not in self.granted
        return None


@dataclass(frozen=True)
class Offer:
    """What a visitor can decide about at present."""

    version: int
    services: tuple[Service, ...]

    @cached_property
    def asked(self) -> Names:
        """What needs consent, each as purpose and service."""
        return frozenset(service.token for service in self.services if service.needs_consent)

    @cached_property
    def consent(self) -> Names:
        """The services that need consent."""
        return frozenset(service.slug for service in self.services if service.needs_consent)

    @cached_property
    def exempt(self) -> Names:
        """The services that a visitor can object to."""
        return frozenset(service.slug for service in self.services if service.is_exempt)

    @cached_property
    def shown(self) -> Names:
        """Everything that there is to decide, as a choice names it."""
        return self.asked | {f"_{slug}" for slug in self.exempt}

    def accept(self, before: Choice | None) -> Choice:
        """Allow everything."""
        return self._decided(before, granted=self.consent, objected=frozenset())

    def reject(self, before: Choice | None) -> Choice:
        """Refuse everything that can be refused."""
        return self._decided(before, granted=frozenset(), objected=self.exempt)

    def choose(self, before: Choice | None, granted: Iterable[str], objected: Iterable[str]) -> Choice:
        """Allow and object as named. What is not known is left out."""
        return self._decided(before, self.consent.intersection(granted), self.exempt.intersection(objected))

    def allow(self, before: Choice | None, slug: str) -> Choice | None:
        """Allow one service more, and answer for no other; None where it is none that needs consent."""
        tokens = {service.token for service in self.services if service.slug == slug and service.needs_consent}
        if not tokens:
            return None
        kept = self.of(before) or Choice(self.version, visitor=new_visitor())
        return replace(kept, asked=kept.asked | tokens, granted=kept.granted & self.consent | {slug})

    def of(self, choice: Choice | None) -> Choice | None:
        """Return what the choice says of this offer. A cookie can hold more: what is gone, or was made up."""
        if choice is None:
            return None
        present = choice.as_of(self.version)
        known = frozenset(service.slug for service in self.services)
        granted = frozenset(service.slug for service in self.services if present.grants(service))
        asked = frozenset(token for token in present.asked if token.rpartition("_")[2] in known)
        return replace(present, asked=asked, granted=granted, objected=present.objected & known)

    def _decided(self, before: Choice | None, granted: Names, objected: Names) -> Choice:
        visitor = before.visitor if before else new_visitor()
        return Choice(self.version, self.shown, granted, objected, visitor)


def new_visitor() -> str:
    """Return a random number that says nothing about anybody."""
    return secrets.token_hex(16)


def current_services() -> tuple[Service, ...]:
    """Return every service with its purpose, in the owner's order, in one query."""
    return remembered("consent-services", lambda: until_change("consent-services", lambda: tuple(services_in_order())))


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
    """Whether the visitor refuses an exempt service. Asks only the request: no query.

    What they chose counts, else their browser's signal.
    """
    return objects(Choice.from_request(request), slug, refuses_by_signal(request.headers))


def allows(choice: Choice | None, service: Service, signal: bool) -> bool:
    """Whether the service may run, with what the visitor chose and whether their browser refuses for them."""
    if service.needs_consent:
        return choice is not None and choice.grants(service)
    return not (service.is_exempt and objects(choice, service.slug, signal))


def objects(choice: Choice | None, slug: str, signal: bool) -> bool:
    """Whether the visitor, or their browser for them, objects to an exempt service."""
    answer = choice.objects(slug) if choice else None
    return signal if answer is None else answer


def keep(response: HttpResponse, choice: Choice, request: HttpRequest, days: int) -> None:
    """Have the browser keep the choice. Scripts may read it: it is theirs to obey."""
    response.set_cookie(
        COOKIE, choice.cookie, max_age=days * SECONDS_A_DAY, secure=request.is_secure(), httponly=False, samesite="Lax"
    )
