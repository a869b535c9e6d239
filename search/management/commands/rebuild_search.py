"""manage.py rebuild_search"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.models import Document
from search.rebuilding import AlreadyUnderWayError, rebuild

STEP = 100


class Command(BaseCommand):
    """Makes the search index anew. It can be interrupted and run again: it ends in the same state."""

    help = (
        "Make the search index anew from what is published: where search finds too little or too much, or after a "
        "database was restored. The site goes on being searched meanwhile. Everyday changes need no rebuild: the "
        "worker (manage.py work) follows them."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild, showing progress. Raises CommandError where another process is at it."""
        try:
            rebuild(self.tell)
        except AlreadyUnderWayError as error:
            message = "The index is being rebuilt by another process, or was within the last ten minutes."
            raise CommandError(message) from error
        kinds = ((kind, Document.objects.filter(kind=kind).count()) for kind in Document.Kind)
        counts = ", ".join(f"{number} of the kind {kind.label}" for kind, number in kinds)
        self.stdout.write(self.style.SUCCESS(f"Done: {counts}."))

    def tell(self, done: int, total: int) -> None:
        """Show progress."""
        if done % STEP == 0 or done == total:
            self.stdout.write(f"{done} of {total} documents")
            self.stdout.flush()
