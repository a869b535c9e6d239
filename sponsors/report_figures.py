"""The figures of the report, added up by the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import DateField, F, FloatField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Cast, Coalesce, NullIf, TruncWeek
from django.utils import timezone
from django.utils.translation import gettext

from core.prefetch import fetch_links
from sponsors.models import CountedPage, DailyCount, Sponsorship
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
        """Return the counts that are asked for, added up by the fields, as rows of these and both sums."""
        counts: QuerySet[Any, Any] = DailyCount.objects.filter(sponsorship=self.sponsorship)
        if self.first:
            counts = counts.filter(day__gte=self.first)
        if self.last:
            counts = counts.filter(day__lte=self.last)
        # By the bare field, SQLite walks an index and fetches each row by itself: four times as slow.
        counts = counts.annotate(week=MONDAY, number=F("page_id") + 0)
        return counts.values(*by).annotate(**SUMS).values_list(*by, *SUMS)

    @cached_property
    def days(self) -> list[tuple[date, int, int]]:
        """Each day on which something was counted, with its sums."""
        return list(self.added_up("day").order_by("day"))

    @cached_property
    def longest(self) -> tuple[date, date]:
        """The days of the sponsorship so far."""
        today = timezone.localdate()
        first, last = self.sponsorship.starts_on, min(self.sponsorship.ends_on or today, today)
        if self.days:
            # They may have been changed since something was counted.
            first, last = min(first, self.days[0][0]), max(last, self.days[-1][0])
        return first, max(first, last)

    @cached_property
    def span(self) -> tuple[date, date]:
        """The days that are shown: as asked for, else all of the sponsorship so far."""
        return self.first or self.longest[0], self.last or self.longest[1]

    @cached_property
    def total(self) -> Line:
        """All that was counted."""
        return Line(sum(views for _day, views, _clicks in self.days), sum(clicks for _day, _views, clicks in self.days))

    @cached_property
    def weeks(self) -> list[Line]:
        """Every week of the span, each beginning on Monday, also those in which nothing was counted."""
        # Not the thousands of weeks that can be asked for before and after.
        first, last = monday(max(self.span[0], self.longest[0])), monday(min(self.span[1], self.longest[1]))
        weeks = {first + number * WEEK: Line() for number in range((last - first).days // 7 + 1)}
        for day, views, clicks in self.days:
            before = weeks[monday(day)]
            weeks[monday(day)] = Line(before.views + views, before.clicks + clicks)
        return [replace(line, week=week) for week, line in weeks.items()]

    @cached_property
    def pages(self) -> list[Line]:
        """Every page on which something was counted, the most viewed first."""
        rows = list(self.added_up("number").order_by("-all_views", "-all_clicks", "number"))
        titles = titles_of(number for number, *_sums in rows)
        return [Line(views, clicks, page=number, title=titles[number]) for number, views, clicks in rows]

    def weeks_of_pages(self) -> Iterator[Line]:
        """Yield every week of every page in which something was counted."""
        titles = {page.page: page.title for page in self.pages}
        for week, number, views, clicks in self.added_up("week", "number").order_by("week", "-all_views", "number"):
            yield Line(views, clicks, week, number, titles.get(number, ""))


def monday(day: date) -> date:
    """Return the day on which the day's week begins."""
    return day - timedelta(days=day.weekday())


def titles_of(numbers: Iterable[int]) -> dict[int, str]:
    """Return the titles of counted pages by their numbers."""
    gone = gettext("A page that has been deleted")
    known = CountedPage.objects.in_bulk(list(numbers))
    return {number: page.title or gone for number, page in known.items()}


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
