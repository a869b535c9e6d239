"""What the privacy preference centre shows, decided here so that the templates only arrange."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.querysets import is_listed
from site_settings.consent import Choice, Offer, allows, refuses_by_signal
from site_settings.models import PrivacySettings, Purpose, Service

# What a basis means for the reader.
BASIS_IN_WORDS = {
    Purpose.Basis.NECESSARY: gettext_lazy("The site needs this, so there is nothing to choose."),
    Purpose.Basis.CONSENT: gettext_lazy("Only if you agree."),
    Purpose.Basis.EXEMPT: gettext_lazy("Done unless you object."),
}


def basis_in_words(purpose: Purpose) -> str:
    """Return what the purpose rests on, in the reader's words."""
    return str(BASIS_IN_WORDS[Purpose.Basis(purpose.basis)])


@dataclass(frozen=True)
class Option:
    """A service as a reader decides about it."""

    service: Service
    is_allowed: bool

    @property
    def id(self) -> str:
        """The id of its switch."""
        return f"service-{self.service.slug}"

    @property
    def is_optional(self) -> bool:
        """Whether the reader can refuse it."""
        return self.service.needs_consent or self.service.is_exempt


@dataclass(frozen=True)
class Group:
    """A purpose and its services."""

    purpose: Purpose
    options: tuple[Option, ...]

    @property
    def basis(self) -> str:
        """What the purpose rests on, in the reader's words."""
        return basis_in_words(self.purpose)


@dataclass(frozen=True)
class Centre:
    """The services with what the reader has decided about each."""

    settings: PrivacySettings
    offer: Offer
    choice: Choice | None = None
    headers: Mapping[str, str] | None = None

    @property
    def groups(self) -> list[Group]:
        """The purposes that have services, in the owner's order."""
        grouped = groupby(self.offer.services, key=lambda service: service.purpose)
        return [Group(purpose, tuple(self._options(services))) for purpose, services in grouped]

    def _options(self, services: Iterator[Service]) -> Iterator[Option]:
        for service in services:
            yield Option(service, allows(self.choice, service, self.refuses_by_signal))

    @property
    def can_choose(self) -> bool:
        """Whether there is anything to decide."""
        return bool(self.offer.consent or self.offer.exempt)

    @property
    def refuses_by_signal(self) -> bool:
        """Whether the reader's browser refuses for them."""
        return refuses_by_signal(self.headers or {})

    @property
    def policy_url(self) -> str:
        """Where the privacy policy stands; empty where there is none that the public may see."""
        page = self.settings.policy_page
        return (page.url or "") if page and is_listed(page) else ""

    @property
    def summary(self) -> str:
        """What the reader has decided, in a sentence or two."""
        optional = [option for group in self.groups for option in group.options if option.is_optional]
        names = [option.service.name for option in optional if option.is_allowed]
        if not names:
            return _("Saved. Everything that can be refused is refused.")
        if len(names) == len(optional):
            return _("Saved. Everything is allowed: %(names)s.") % {"names": get_text_list(names, _("and"))}
        return _("Saved. Allowed: %(names)s. Everything else is refused.") % {"names": get_text_list(names, _("and"))}

    @property
    def visitor(self) -> str:
        """The number that stands on the receipts of the reader's choices; empty before the first."""
        return self.choice.visitor if self.choice else ""
