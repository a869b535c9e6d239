"""What is to become of an item, before it is converted."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from wordpress_import.models import Outcome
from wordpress_import.records import ItemRecord
from wordpress_import.writing.memory import Memory, Remembered, digest_of
from wordpress_import.writing.options import Options
from wordpress_import.writing.standing import refusal
from wordpress_import.writing.survey import ATTACHMENT, BLOCK, GUEST, PAGE, POST
from wordpress_import.writing.things import Library

WRITTEN = (Outcome.MADE, Outcome.UPDATED)


@dataclass(frozen=True)
class Decision:
    """What becomes of an item, and why. One that is planned is to be made or updated."""

    outcome: Outcome
    reason: str = ""


class Decisions:
    """Decides on the items of one site, each once."""

    def __init__(self, memory: Memory, options: Options, library: Library | None = None) -> None:
        self.memory, self.options, self.library = memory, options, library
        self.seen: set[int] = set()

    def of(self, item: ItemRecord) -> Decision:
        """Return what becomes of an item."""
        if item.kind not in (POST, PAGE):
            return Decision(Outcome.SKIPPED, self._why_not(item))
        if item.wp_id in self.seen:
            return Decision(Outcome.SKIPPED, _("It stands in the export twice."))
        self.seen.add(item.wp_id)
        if reason := refusal(item):
            return Decision(Outcome.SKIPPED, reason)
        row = self.memory.get(item.kind, item.wp_id)
        if self.options.retries_failed and not (row and (row.outcome == Outcome.FAILED or self._has_more(row))):
            return Decision(Outcome.SKIPPED, _("Only what failed is tried again."))
        if row and row.outcome in WRITTEN and row.digest == digest_of(item) and not self._has_more(row):
            return Decision(Outcome.UNCHANGED)
        return Decision(Outcome.PLANNED)

    def _has_more(self, row: Remembered) -> bool:
        """Whether images or files are there now that were missing when the page was written."""
        library = self.library
        return library is not None and any(library.image(url) or library.document(url) for url in row.missing)

    def _why_not(self, item: ItemRecord) -> str:
        if item.kind == ATTACHMENT:
            return _("Images and files come with --uploads or --fetch-media.")
        reasons = {
            BLOCK: _("It stands in the posts that use it."),
            GUEST: _("Whom posts name is among the people."),
            "nav_menu_item": _("Menus are set up in the settings: “%s” was one of its entries.") % item.title,
            "revision": _("Earlier versions are left out."),
        }
        return reasons.get(item.kind) or _("“%s” is a kind of content that this site does not have.") % item.kind
