"""manage.py rebuild_oai"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from core.page_cache import content_changed
from research_reviews.models import ReviewPage
from syndication.models import OaiChange, OaiRecord
from syndication.oai.keeping import note, settle
from syndication.oai.reconciling import reconcile


class Command(BaseCommand):
    """Puts the harvesters' records right. It can be interrupted and run again: it ends in the same state."""

    help = "Give new datestamps to the records of reviews that were changed past the site, as in bulk."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take --all."""
        parser.add_argument(
            "--all", action="store_true", help="every review's: harvesters then fetch all of them once more"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Find what is wrong, then settle it part by part, showing progress."""
        if options["all"]:
            note(ReviewPage.objects.listed().order_by("pk").values_list("pk", flat=True))
        while reconcile():
            self.settle()
        self.settle()
        content_changed()
        gone = OaiRecord.objects.filter(is_deleted=True).count()
        self.stdout.write(self.style.SUCCESS(f"Done: {OaiRecord.objects.count()} records, {gone} of them deleted."))

    def settle(self) -> None:
        """Settle whatever there is."""
        while waiting := OaiChange.objects.count():
            self.stdout.write(f"{waiting} changes to settle")
            settle()
