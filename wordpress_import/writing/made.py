"""A page that is made of an item and not written yet, with everything that belongs to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from wagtail.models import Page

from wordpress_import.content import plain_title
from wordpress_import.models import ImportedItem
from wordpress_import.records import CommentRecord, ItemRecord
from wordpress_import.writing.files import plain
from wordpress_import.writing.redirecting import Lead
from wordpress_import.writing.standing import Standing
from wordpress_import.writing.survey import SiteSurvey, first

TITLE, SEO_TITLE = 255, 255
SEO_TITLES = ("_yoast_wpseo_title", "rank_math_title", "_aioseo_title", "_aioseop_title")
SEO_DESCRIPTIONS = ("_yoast_wpseo_metadesc", "rank_math_description", "_aioseo_description", "_aioseop_description")


@dataclass
class Made:
    """A page with its key, its row in the memory, and what is written along with it."""

    row: ImportedItem
    item: ItemRecord
    site: SiteSurvey
    standing: Standing
    page: Page
    digest: str = ""
    content: dict[str, Any] = field(default_factory=dict)
    relations: dict[str, Any] = field(default_factory=dict)
    topics: list[int] = field(default_factory=list)
    tags: list[int] = field(default_factory=list)
    studies: list[int] = field(default_factory=list)
    comments: list[CommentRecord] = field(default_factory=list)
    leads: list[Lead] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    counts: dict[tuple[str, str], int] = field(default_factory=dict)
    # Of a review that its post carries: which reviews it leads to, what is left to the end of the run for that, and
    # which fields an update copies besides those of any post.
    chosen: list[int] = field(default_factory=list)
    later: list[ImportedItem] = field(default_factory=list)
    copied: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What the report calls it."""
        return f"{self.item.kind} {self.item.wp_id} (“{self.row.title}”)"


def dress(page: Page, item: ItemRecord, standing: Standing) -> None:
    """Give a page its dates, whether it is live, and what search engines are told of it."""
    page.live = standing.live
    page.has_unpublished_changes = not standing.live
    page.draft_title = page.title
    page.go_live_at = standing.goes_live_at
    if standing.live:
        page.first_published_at = standing.published
        page.last_published_at = max(filter(None, (standing.published, item.modified)), default=None)
    page.seo_title = seo(item, SEO_TITLES)[:SEO_TITLE]
    page.search_description = seo(item, SEO_DESCRIPTIONS)


def seo(item: ItemRecord, names: tuple[str, ...]) -> str:
    """Return what a plug-in was told for search engines; empty where it is a pattern to be filled in."""
    values = (plain(first(item.meta, name)) for name in names)
    return next((value for value in values if value and "%%" not in value and "#post_title" not in value), "")


def title_of(item: ItemRecord, otherwise: str) -> str:
    """Return a title as plain text."""
    return (plain_title(item) or otherwise)[:TITLE]
