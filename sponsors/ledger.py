"""The public ledger: who sponsored which topic, and when."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from images.renditions import prefetch as fetch_renditions
from research_reviews.models import TopicPage
from sponsors.models import Sponsor, Sponsorship


@dataclass(frozen=True)
class Row:
    """A sponsorship, with its topic where the public may see that."""

    sponsorship: Sponsorship
    topic: TopicPage | None

    @property
    def subject(self) -> str:
        """What was sponsored, where there is no page to lead to."""
        return _("A topic that is not public") if self.sponsorship.topic_id else _("The whole site")

    @property
    def last_day(self) -> str:
        """The last day as far as the public may know it."""
        ends_on = self.sponsorship.ends_on
        if ends_on and ends_on < timezone.localdate():
            return date_format(ends_on, "j F Y")
        return _("%(day)s (running)") % {"day": date_format(ends_on, "j F Y")} if ends_on else _("Running")


@dataclass(frozen=True)
class Entry:
    """A sponsor with everything that it has sponsored, the latest first."""

    sponsor: Sponsor
    rows: tuple[Row, ...]

    @property
    def statements(self) -> list[str]:
        """What the sponsor could decide and what not, each wording once."""
        return list(dict.fromkeys(row.sponsorship.editorial_control for row in self.rows))


def ledger() -> list[Entry]:
    """Return every sponsor whose first sponsorship has begun, with the begun ones, in three queries at most."""
    begun = Sponsorship.objects.begun_by(timezone.localdate()).select_related("sponsor__logo")
    sponsorships = list(begun.order_by("sponsor__name", "sponsor", "-starts_on", "-pk"))
    topics = TopicPage.objects.listed().in_bulk({one.topic_id for one in sponsorships if one.topic_id})
    fetch_renditions([one.sponsor.logo for one in sponsorships], ["logo"])
    grouped = groupby(sponsorships, key=lambda one: one.sponsor)
    return [Entry(sponsor, tuple(Row(one, topics.get(one.topic_id)) for one in ones)) for sponsor, ones in grouped]
