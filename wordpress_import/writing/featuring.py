"""What stood above all others at the old site stands among the chosen reviews of the home page."""

from __future__ import annotations

from typing import Any
from uuid import uuid5

from django.utils.translation import gettext as _

from wordpress_import.writing.ledger import Ledger
from wordpress_import.writing.things import BLOCKS

FEATURED = "featured_reviews"


def feature(home: Any, reviews: list[int], name: str, ledger: Ledger) -> None:
    """Add a block of chosen reviews to the home page, once. What an editor has begun there is left alone.

    A home page that nobody has composed shows the newest reviews and the topics: it goes on doing so below.
    """
    block_id = str(uuid5(BLOCKS, name))
    if not hasattr(home, "body"):
        return
    stored = list(home.body.raw_data)
    chosen = {pk["value"] for block in stored if block["type"] == FEATURED for pk in block["value"]["pages"]}
    if any(block.get("id") == block_id for block in stored) or chosen.issuperset(reviews):
        return
    if home.has_unpublished_changes:
        ledger.note(_("Sticky posts were not put onto the home page, because it has changes that are not published."))
        return
    pages = [{"type": "item", "id": str(uuid5(BLOCKS, f"{name} {pk}")), "value": pk} for pk in reviews]
    mine = [{"type": FEATURED, "id": block_id, "value": {"heading": _("Featured"), "pages": pages}}]
    home.body = home.body.stream_block.to_python([*mine, *(stored or usual(name))])
    home.save_revision(clean=False, log_action=True).publish(skip_permission_checks=True)


def usual(name: str) -> list[dict[str, Any]]:
    """Return what the home page shows while nobody has composed it."""
    parts = (("latest_reviews", {"heading": _("Latest reviews"), "number": 6}), ("topics", {"heading": _("Topics")}))
    return [{"type": kind, "id": str(uuid5(BLOCKS, f"{name} {kind}")), "value": value} for kind, value in parts]
