"""manage.py rebuild_evidence"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from core.page_cache import content_changed
from research_reviews import evidence, tallies
from research_reviews.models import Credit, Finding, Quote, Recommendation, ReviewPage

STEP = 100


class Command(BaseCommand):
    """Writes the evidence rows of every review anew. It can be interrupted and run again: it ends in the same state."""

    help = "Write the findings, quotes, recommendations and credits of every review anew, and count them."

    def handle(self, *args: Any, **options: Any) -> None:
        """Refresh review after review, showing progress."""
        reviews = ReviewPage.objects.order_by("pk")
        total = reviews.count()
        for number, review in enumerate(reviews.only("pk").iterator(chunk_size=STEP), start=1):
            evidence.refresh(review)
            if number % STEP == 0 or number == total:
                self.stdout.write(f"{number} of {total} reviews")
        tallies.recount_map()
        content_changed()
        counts = ", ".join(
            f"{model.objects.count()} {model._meta.verbose_name_plural}"
            for model in (Finding, Quote, Recommendation, Credit)
        )
        self.stdout.write(self.style.SUCCESS(f"Done: {counts}."))
