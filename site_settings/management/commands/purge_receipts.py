"""Deletes outdated receipts of readers' choices."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from site_settings.receipts import purge_receipts


class Command(BaseCommand):
    """Delete receipts older than the privacy settings say. The worker does the same about once an hour."""

    help = "Delete receipts of readers' choices that are older than the privacy settings say."

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete them and say how many there were."""
        self.stdout.write(f"Deleted {purge_receipts()} receipts.")
