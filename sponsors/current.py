"""Who sponsors what today, and when that changes next."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import Min
from django.utils import timezone

from core.page_cache import register_moment, until_change
from core.snapshot import remembered
from sponsors.models import Sponsorship

if TYPE_CHECKING:
    from research_reviews.models import TopicPage


def current_sponsorship(topic: TopicPage | None) -> Sponsorship | None:
    """Return the sponsorship that readers are told of beside the topic: its own, else the whole site's."""
    running = remembered("sponsorships", running_sponsorships)
    return running.get(topic.pk if topic else None) or running.get(None)


def running_sponsorships() -> dict[int | None, Sponsorship]:
    """Return today's sponsorships by the key of their topic, None for the whole site, in one query."""
    today = timezone.localdate()
    running = Sponsorship.objects.running_on(today).select_related("sponsor__logo", "topic")
    return until_change(f"sponsorships-{today}", lambda: {sponsorship.topic_id: sponsorship for sponsorship in running})


@register_moment
def next_change(now: datetime) -> datetime | None:
    """When the next sponsorship begins, or the day after the last of one: at midnight in the site's time zone."""
    today = timezone.localdate(now)
    begins = Sponsorship.objects.filter(starts_on__gt=today).aggregate(day=Min("starts_on"))["day"]
    ends = Sponsorship.objects.filter(ends_on__gte=today).aggregate(day=Min("ends_on"))["day"]
    days = [day for day in (begins, ends and ends + timedelta(days=1)) if day]
    return midnight(min(days)) if days else None


def midnight(day: date) -> datetime:
    """Return when the day begins in the site's time zone, also where clocks then leave out that hour."""
    return timezone.make_aware(datetime.combine(day, time()))
