"""manage.py rebuild_related"""

from __future__ import annotations

from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from research_reviews.models import ReviewPage
from research_reviews.related import refresh_all

STEP = 100


class Command(BaseCommand):
    """Looks anew for what every review leads to. It can be interrupted and run again: it ends in the same state."""

    help = "Find the related reviews of every review anew."

    def handle(self, *args: Any, **options: Any) -> None:
        """Go through the reviews, the newest first, showing progress. Raises CommandError where it is stopped."""
        reviews = ReviewPage.objects.order_by("-pk")
        total, done, changed = reviews.count(), 0, 0
        keys = reviews.values_list("pk", flat=True).iterator(chunk_size=STEP)
        try:
            while step := list(islice(keys, STEP)):
                changed += refresh_all(step)
                done += len(step)
                self.stdout.write(f"{done} of {total} reviews")
                self.stdout.flush()
        except KeyboardInterrupt as error:
            raise CommandError(f"Stopped after {done} of {total} reviews. Run it again: it begins anew.") from error
        self.stdout.write(self.style.SUCCESS(f"Done: {changed} of {total} reviews lead to others than before."))
