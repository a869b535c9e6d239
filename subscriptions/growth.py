"""How many join and leave, week by week or month by month."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from subscriptions.models import ConsentRecord, PastGrowth

Event = ConsentRecord.Event
JOINED = (Event.CONFIRMED, Event.IMPORTED)
LEFT = (Event.UNSUBSCRIBED, Event.BOUNCED, Event.COMPLAINED)
WEEKS, MONTHS = "week", "month"
# How far back the chart goes.
MOST = {WEEKS: 53, MONTHS: 36}


@dataclass
class Span:
    """A week or a month."""

    begins: date
    joined: int = 0
    left: int = 0

    @property
    def net(self) -> int:
        """By how many it grew."""
        return self.joined - self.left


def growth(by: str) -> list[Span]:
    """Return the spans from the first in which somebody joined to the present one, empty ones too, the oldest first."""
    counted = counts()
    last = beginning(timezone.localdate(), by)
    spans = {last: Span(last)}
    for day in counted[0] | counted[1]:
        begins = beginning(day, by)
        span = spans.setdefault(begins, Span(begins))
        span.joined += counted[0][day]
        span.left += counted[1][day]
    begins, earliest = last, min(spans)
    while begins > earliest:
        begins = beginning(begins - timedelta(days=1), by)
        spans.setdefault(begins, Span(begins))
    return [spans[begins] for begins in sorted(spans)][-MOST[by] :]


def counts() -> tuple[Counter[date], Counter[date]]:
    """Return how many joined and how many left, by day."""
    joined, left = of_records(ConsentRecord.objects.filter(event__in=JOINED + LEFT))
    for past in PastGrowth.objects.all():
        joined[past.day] += past.joined
        left[past.day] += past.left
    return joined, left


def of_records(records: QuerySet[ConsentRecord]) -> tuple[Counter[date], Counter[date]]:
    """Count records by the site's days."""
    joined: Counter[date] = Counter()
    left: Counter[date] = Counter()
    days = records.order_by().values_list("event", TruncDate("at")).annotate(Count("pk"))
    for event, day, number in days:
        (joined if event in JOINED else left)[day] += number
    return joined, left


def beginning(day: date, by: str) -> date:
    """Return the day on which the day's week or month begins."""
    return day.replace(day=1) if by == MONTHS else day - timedelta(days=day.weekday())


def keep_count_of(subscribers: list[int]) -> None:
    """Keep when subscribers who are about to be erased joined and left, and nothing else of them."""
    records = ConsentRecord.objects.filter(subscriber__in=subscribers, event__in=JOINED + LEFT)
    joined, left = of_records(records)
    for day in joined | left:
        PastGrowth.objects.get_or_create(day=day)
        changed = {"joined": F("joined") + joined[day], "left": F("left") + left[day]}
        PastGrowth.objects.filter(day=day).update(**changed)
