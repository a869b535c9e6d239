"""Lists of evidence across reviews, the newest review first, found by counts: the last page is as near as the first."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, Q, QuerySet, RowRange, Sum, Window
from django.utils.functional import cached_property

from core.page_cache import until_change
from research_reviews.evidence_filters import EvidenceFilters
from research_reviews.evidence_kinds import QUOTES, RECOMMENDATIONS, Kind
from research_reviews.models import ReviewStudy, Study
from research_reviews.models.tallies import TallyQuerySet

ITEMS_A_PAGE = 20
# Of so many reviews, items are in memory at once when a whole list is read.
REVIEWS_A_BATCH = 50
# Up to so many items from an end, reading their reviews is faster than having the database add up.
NEAR = 500
NEWEST_FIRST, OLDEST_FIRST = ("-published_on", "-source"), ("published_on", "source")
# What no list shows of a review, and what takes most of its room.
LONG_FIELDS = ("body", "key_messages", "credits", "interests")


@dataclass(frozen=True)
class EvidenceList:
    """The items of a kind that pass the filters."""

    kind: Kind
    filters: EvidenceFilters

    def count(self) -> int:
        """Return how many there are. Each process adds up once a content generation."""
        question = hashlib.sha256(f"{self.kind.name} {self.filters}".encode()).hexdigest()
        return until_change(f"evidence-{question}", self._count)

    def _count(self) -> int:
        return self._tallies().aggregate(total=Sum("number"))["total"] or 0

    def _tallies(self) -> TallyQuerySet:
        return self.filters.tallies(self.kind)

    def part(self, first: int, size: int) -> list[Any]:
        """Return so many items from the one at this place on.

        Adding up the counts of reviews finds the review that holds it, and the few after it that fill the rest: from
        the newest review on, or back from the oldest where that is nearer.
        """
        if first < NEAR or first <= (left := self.count() - first):
            reviews, before = self._from_newest(first, size)
        else:
            reviews, before = self._from_oldest(left, size)
        return list(self._items(reviews)[before : before + size]) if reviews else []

    def _from_newest(self, first: int, size: int) -> tuple[list[int], int]:
        """Return the reviews with items from this place on, and how many items of the first come before it."""
        rows = self._counts(NEWEST_FIRST, first, size)
        before = first - (rows[0][2] - rows[0][1]) if rows else 0
        return [source for source, *_counts in rows], before

    def _from_oldest(self, left: int, size: int) -> tuple[list[int], int]:
        """Return the same of the place from which on so many items are left."""
        rows = [row for row in self._counts(OLDEST_FIRST, max(left - size, 0), size) if row[2] - row[1] < left]
        return [source for source, *_counts in rows], rows[-1][2] - left if rows else 0

    def _counts(self, order: Sequence[str], passed: int, size: int) -> list[tuple[int, int, int]]:
        """Return the reviews after so many items: key, number of items, and the items up to its last one."""
        tallies = self._tallies().order_by(*order)
        if passed + size <= NEAR:
            # Each has an item at least. PostgreSQL stops at the last of them, and cannot where it adds up.
            near = tallies.values_list("source", "number")[: passed + size]
            added = accumulate(near, lambda row, new: (*new, row[2] + new[1]), initial=(0, 0, 0))
            return [row for row in added if row[2] > passed][:size]
        through = Window(Sum("number"), order_by=order, frame=RowRange(end=0))
        found = tallies.annotate(through=through).filter(through__gt=passed)
        return list(found.values_list("source", "number", "through")[:size])

    def batches(self) -> Iterator[list[Any]]:
        """Yield all items, a few hundred at a time. What is published meanwhile may come or not."""
        tallies, last = self._tallies().order_by(*NEWEST_FIRST), None
        while rows := list(after(tallies, last).values_list("published_on", "source")[:REVIEWS_A_BATCH]):
            yield list(self._items(source for _day, source in rows))
            last = rows[-1]

    def _items(self, reviews: Any) -> QuerySet:
        """Return the items of these reviews with what is shown of them, if readers may see them at this moment."""
        items = self.kind.model.objects.listed().filter(self.filters.items(self.kind), review__in=list(reviews))
        shown = ("title", "subtitle", "publication_year", "study_type", "doi", "url", "retraction_status")
        studies = Study.objects.only(*shown)
        links = ReviewStudy.objects.prefetch_related(Prefetch("study", queryset=studies))
        return (
            items.select_related("review__topic", *(["person"] if self.kind is QUOTES else []))
            .prefetch_related(
                Prefetch("review__review_studies", queryset=links),
                *(["audiences"] if self.kind is RECOMMENDATIONS else []),
            )
            .defer(*(f"review__{name}" for name in LONG_FIELDS))
            .order_by("-review__evidence_source__published_on", "-review", "sort_order")
        )


def after(tallies: TallyQuerySet, last: tuple[Any, int] | None) -> TallyQuerySet:
    """Return the counts after the last that was read."""
    if last is None:
        return tallies
    day, source = last
    # The first condition alone can be looked up in the index.
    return tallies.filter(published_on__lte=day).filter(Q(published_on__lt=day) | Q(source__lt=source))


class EvidencePaginator(Paginator):
    """Pages of a list of evidence."""

    def __init__(self, asked: EvidenceList, per_page: int) -> None:
        super().__init__((), per_page)
        self.asked = asked

    @cached_property
    def count(self) -> int:
        """How many items there are on all pages."""
        return self.asked.count()

    def page(self, number: int | str) -> Page:
        """Return a page of the list. Raises EmptyPage where there is none of the number."""
        number = self.validate_number(number)
        return Page(self.asked.part((number - 1) * self.per_page, self.per_page), number, self)
