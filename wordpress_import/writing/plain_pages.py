"""A page of the old site becomes a plain page below the page that its parent has become."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue

from research_reviews.drafting.filling import PLAIN_PAGE, body_of
from wordpress_import.content.contract import Converted
from wordpress_import.models import ImportedItem
from wordpress_import.records import ItemRecord
from wordpress_import.writing.linking import rewritten
from wordpress_import.writing.made import Made, dress, title_of
from wordpress_import.writing.plain_bodies import blocks_of
from wordpress_import.writing.reviews import Desk
from wordpress_import.writing.slugs import slug_in
from wordpress_import.writing.standing import standing_of
from wordpress_import.writing.things import PostThings


def page_model() -> type[Any]:
    """Return the class of plain pages."""
    return apps.get_model("home", "StandardPage")


def make(item: ItemRecord, converted: Converted, row: ImportedItem, desk: Desk) -> Made:
    """Return the plain page that a page becomes, with its key; it is not written yet."""
    things = PostThings(desk.things, desk.library, f"{desk.site.record.key} {item.kind} {item.wp_id}")
    standing = standing_of(item, desk.now)
    title = title_of(item, _("Untitled (%d)") % item.wp_id)
    page = page_model()(title=title, slug=slug_in(item.slug) or title)
    blocks = rewritten(blocks_of(converted.document.nodes), desk.links.tag)
    field: Any = page._meta.get_field("body")
    page.body = StreamValue(field.stream_block, body_of(blocks, things, shelf=PLAIN_PAGE), is_lazy=True)
    dress(page, item, standing)
    made = Made(row, item, desk.site, standing, page)
    made.notes += [*item.problems, *converted.problems, *([standing.note] if standing.note else [])]
    if item.comments:
        made.counts["comment", "skipped"] = len(item.comments)
        made.notes.append(_("Its %d comments are left out: plain pages have no responses.") % len(item.comments))
    row.missing = things.missing
    return made
