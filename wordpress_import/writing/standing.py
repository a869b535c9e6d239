"""What an item's status means here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from wordpress_import.records import ItemRecord

# What WordPress keeps for itself.
LEFT_OUT = {"trash", "auto-draft", "inherit", "request-pending", "request-completed"}
LOGIN, PASSWORD = "login", "password"


@dataclass(frozen=True)
class Standing:
    """Whether readers see a page, from when, and who. `note` is what the report says of it."""

    live: bool
    published: datetime | None = None
    goes_live_at: datetime | None = None
    restriction: str = ""
    note: str = ""

    @property
    def is_public(self) -> bool:
        """Whether everybody could read it at the old site."""
        return self.live and self.restriction != LOGIN


def refusal(item: ItemRecord) -> str:
    """Return why a post or page of this status is left out; empty where it is not."""
    if item.status == "trash":
        return _("It is in the bin.")
    return _("WordPress keeps it for itself (status “%s”).") % item.status if item.status in LEFT_OUT else ""


def standing_of(item: ItemRecord, now: datetime) -> Standing:
    """Return how an item stands. What lacks a date, or has a status that nobody knows, becomes a draft."""
    if item.status == "future":
        return _scheduled(item, now)
    if item.status not in ("publish", "private"):
        return Standing(live=False, note=DRAFTS.get(item.status, _unknown)(item.status))
    if not item.published:
        return Standing(live=False, note=_("No publication date; imported as a draft."))
    if item.status == "private":
        return Standing(True, item.published, restriction=LOGIN, note=_("Private: who is signed in can read it."))
    if item.password:
        return Standing(True, item.published, restriction=PASSWORD, note=_("Readers need its password."))
    return Standing(True, item.published)


def _scheduled(item: ItemRecord, now: datetime) -> Standing:
    if not item.published:
        return Standing(live=False, note=_("Scheduled without a date; imported as a draft."))
    restriction = PASSWORD if item.password else ""
    if item.published > now:
        return Standing(False, None, item.published, restriction, _("Goes live at its time."))
    return Standing(True, item.published, restriction=restriction, note=_("Its time has come: it is published."))


def _unknown(status: str) -> str:
    return _("Its status “%s” is not known here; imported as a draft.") % status


DRAFTS = {
    "draft": lambda _status: "",
    "pending": lambda _status: _("It waited for review; imported as a draft."),
}
