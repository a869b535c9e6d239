"""Whether readers can respond to a review, and when the next review closes by itself."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import Min
from django.utils import timezone

from comments.models import CommentSettings
from core.page_cache import register_moment
from research_reviews.models import ReviewPage

if TYPE_CHECKING:
    from datetime import date


def is_open(page: ReviewPage, settings: CommentSettings) -> bool:
    """Whether readers can respond to the review today."""
    return settings.are_open and page.responses_open and not is_over(page.date, settings)


def is_over(published: date | None, settings: CommentSettings) -> bool:
    """Whether the days in which a review of this date takes responses are past."""
    if not settings.open_days or not published:
        return False
    return timezone.localdate() - published > timedelta(days=settings.open_days)


@register_moment
def next_closing(now: datetime) -> datetime | None:
    """When the form below the next review goes: the midnight after its last open day."""
    days = CommentSettings.objects.filter(open_days__gt=0).values_list("open_days", flat=True).distinct()
    closings = [closing for number in days if (closing := _next_closing(now, timedelta(days=number)))]
    return min(closings, default=None)


def _next_closing(now: datetime, span: timedelta) -> datetime | None:
    # Asked while a generation is made, which `listed()` asks for.
    first_day = timezone.localdate(now) - span
    reviews = ReviewPage.objects.filter(live=True, responses_open=True, published_on__gte=first_day)
    first = reviews.order_by().aggregate(day=Min("published_on"))["day"]
    if first is None:
        return None
    return timezone.make_aware(datetime.combine(first + span + timedelta(days=1), time()))
