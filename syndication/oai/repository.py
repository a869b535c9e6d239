"""The site as harvesters know it: its name, its address, and what its identifiers look like."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.db.models import Min
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site

from site_settings.models import BrandSettings
from syndication.models import OaiChange, OaiRecord, SyndicationSettings

# What the scheme of the identifiers takes for a name (oai-identifier.xsd).
NAMESPACE = re.compile(r"[a-zA-Z][a-zA-Z0-9\-]*(?:\.[a-zA-Z][a-zA-Z0-9\-]*)+")
LOCAL_NAMESPACE = "localhost.invalid"
# Page numbers are 32 bits.
NUMBER = re.compile(r"review-([1-9][0-9]{0,8})")
# As the protocol's schema has it (emailType).
EMAIL = re.compile(r"\S+@(?:\S+\.)+\S+")


@dataclass(frozen=True)
class Repository:
    """The site, at the moment of an answer."""

    site: Site
    moment: datetime

    @classmethod
    def now(cls) -> Repository:
        """Return the site as it is now.

        The moment is that of the oldest change without a datestamp, where there is one: it will get a later one, and
        so is found by who asks for what changed since this answer.
        """
        now = timezone.now()
        waiting = OaiChange.objects.aggregate(oldest=Min("at"))["oldest"]
        return cls(Site.objects.get(is_default_site=True), min(now, waiting) if waiting else now)

    @property
    def base_url(self) -> str:
        """The address that harvesters ask."""
        return f"{self.site.root_url}{reverse('syndication:oai')}"

    @property
    def csl_schema(self) -> str:
        """Where the schema of our own format is."""
        return f"{self.site.root_url}{reverse('syndication:oai_csl_schema')}"

    @property
    def name(self) -> str:
        """The site's name."""
        return BrandSettings.for_site(self.site).site_name

    @property
    def licence(self) -> str:
        """The address of the licence of the reviews, where there is one."""
        return SyndicationSettings.for_site(self.site).licence_url

    @property
    def email(self) -> str:
        """The address for questions: the owner's, else the sender of the site's mails."""
        address = SyndicationSettings.for_site(self.site).contact_email or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
        return address if EMAIL.fullmatch(address) else f"oai@{self.namespace}"

    @property
    def namespace(self) -> str:
        """What identifiers begin with: the name that was set, else the site's host."""
        name = settings.OAI_NAMESPACE or self.site.hostname
        # A machine of one's own has no name that the scheme knows.
        return name if NAMESPACE.fullmatch(name) else LOCAL_NAMESPACE

    @property
    def earliest(self) -> datetime:
        """A moment that no datestamp is before."""
        first: datetime | None = OaiRecord.objects.aggregate(first=Min("datestamp"))["first"]
        return first or self.moment

    def identifier(self, review_id: int) -> str:
        """Return the identifier of a review's record."""
        return f"oai:{self.namespace}:review-{review_id}"

    def review_id(self, identifier: str) -> int | None:
        """Return the number of the review that an identifier is of; None where it is none of ours."""
        before, _colon, number = identifier.rpartition(":")
        match = NUMBER.fullmatch(number)
        return int(match[1]) if match and before.lower() == f"oai:{self.namespace}".lower() else None
