"""The figures of the report, added up by the database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import DateField, F, FloatField, Max, Min, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Cast, Coalesce, NullIf, TruncWeek
from django.utils import timezone
from django.utils.translation import gettext

from core.prefetch import fetch_links
from sponsors.models import DailyCount, Sponsorship
from sponsors.models.sponsorship import SponsorshipQuerySet

WEEK = timedelta(days=7)
SUMS = {"all_views": Sum("views"), "all_clicks": Sum("clicks")}
MONDAY = TruncWeek("day", output_field=DateField())


@dataclass(frozen=True)
class Line:
    """What was counted: of a week, of a page, or in all."""

    views: int = 0
    clicks: int = 0
    week: date | None = None
    page: int = 0
    title: str = ""
    address: str = ""

    @classmethod
    def of(cls, row: dict[str, Any]) -> Line:
        """Return the line that the database's row holds."""
        title = row.get("page__title") or gettext("A page that has been deleted")
        return cls(row["all_views"], row["all_clicks"], row.get("week"), row.get("page", 0), title)

    @property
    def rate(self) -> float | None:
        """How many of a hundred views were followed to the sponsor; None where nothing was viewed."""
        return 100 * self.clicks / self.views if self.views else None


@dataclass(frozen=True)
class Figures:
    """The counts of one sponsorship from the first day to the last, or all of them."""

    sponsorship: Sponsorship
    first: date | None = None
    last: date | None = None

    def added_up(self, *by: str) -> QuerySet[Any, Any]:
        """Return the counts that are asked for, added up by the fields."""
        counts: QuerySet[Any, Any] = DailyCount.objects.filter(sponsorship=self.sponsorship)
        if self.first:
            counts = counts.filter(day__gte=self.first)
        if self.last:
            counts = counts.filter(day__lte=self.last)
        return counts.annotate(week=MONDAY).values(*by).annotate(**SUMS)

    @cached_property
    def counted_weeks(self) -> list[dict[str, Any]]:
        """The weeks in which something was counted."""
        return list(self.added_up("week").annotate(since=Min("day"), until=Max("day")).order_by("week"))

    @cached_property
    def span(self) -> tuple[date, date]:
        """The first and the last day shown: as asked for, else the sponsorship's own so far."""
        today = timezone.localdate()
        first, last = self.sponsorship.starts_on, min(self.sponsorship.ends_on or today, today)
        if self.counted_weeks:
            # Its days may have been changed since.
            first = min(first, self.counted_weeks[0]["since"])
            last = max(last, self.counted_weeks[-1]["until"])
        first, last = self.first or first, self.last or last
        return first, max(first, last)

    @cached_property
    def total(self) -> Line:
        """All that was counted."""
        return Line(*(sum(week[name] for week in self.counted_weeks) for name in SUMS))

    @cached_property
    def weeks(self) -> list[Line]:
        """Every week of the span, each beginning on Monday, also those in which nothing was counted."""
        counted = {row["week"]: Line.of(row) for row in self.counted_weeks}
        first, last = self.span
        monday = first - timedelta(days=first.weekday())
        mondays = [monday + number * WEEK for number in range((last - monday).days // 7 + 1)]
        return [counted.get(week, Line(week=week)) for week in mondays]

    @cached_property
    def pages(self) -> list[Line]:
        """Every page on which something was counted, the most viewed first."""
        rows = self.added_up("page", "page__title")
        return [Line.of(row) for row in rows.order_by("-all_views", "-all_clicks", "page")]

    def weeks_of_pages(self) -> Iterator[Line]:
        """Yield every week of every page in which something was counted."""
        rows = self.added_up("week", "page", "page__title")
        yield from (Line.of(row) for row in rows.order_by("week", "-all_views", "page").iterator())


def with_addresses(pages: list[Line]) -> list[Line]:
    """Return the pages with the addresses of those that the public can see, asked for in one query."""
    addresses = fetch_links(page.page for page in pages)
    return [replace(page, address=addresses.get(page.page, "")) for page in pages]


def with_totals(sponsorships: SponsorshipQuerySet) -> SponsorshipQuerySet:
    """Add to each sponsorship what was counted in all: `views`, `clicks` and `rate`, as in `Line`."""
    counts = DailyCount.objects.filter(sponsorship=OuterRef("pk")).order_by().values("sponsorship")

    def total(name: str) -> Coalesce:
        return Coalesce(Subquery(counts.annotate(total=Sum(name)).values("total")), 0)

    rate = 100 * Cast(F("clicks"), FloatField()) / NullIf(Cast(F("views"), FloatField()), 0.0)
    return sponsorships.annotate(views=total("views"), clicks=total("clicks")).annotate(rate=rate)
