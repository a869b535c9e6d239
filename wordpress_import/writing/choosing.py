"""The reviews that an editor led readers to: written once all of them are there, because any may name any other."""

from __future__ import annotations

from research_reviews.models import ChosenReview, ReviewPage
from wordpress_import.models import Outcome
from wordpress_import.writing.memory import WORK, Memory
from wordpress_import.writing.portable_posts import CHOSEN


def choose(memory: Memory) -> None:
    """Write what is noted as left to do. Safe to do twice."""
    waiting = {
        key: row
        for (kind, key), row in memory.rows.items()
        if kind == WORK and key.startswith(CHOSEN) and row.outcome == Outcome.PLANNED
    }
    wanted = {pk for row in waiting.values() for pk in (row.object_id, *row.missing) if pk}
    there = set(ReviewPage.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    for key, row in waiting.items():
        chosen = [pk for pk in row.missing if int(pk) in there]
        if row.object_id in there:
            ChosenReview.objects.filter(review_id=row.object_id).delete()
            ChosenReview.objects.bulk_create(
                ChosenReview(review_id=row.object_id, chosen_id=pk, sort_order=place) for place, pk in enumerate(chosen)
            )
        memory.store(memory.new(WORK, key).becomes(Outcome.MADE))
