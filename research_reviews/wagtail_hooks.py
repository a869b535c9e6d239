"""Registers what research_reviews adds to the admin."""

from __future__ import annotations

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from research_reviews import deletion, viewsets
from research_reviews.library import LibraryGroup

register_snippet(LibraryGroup)

hooks.register("before_delete_page", deletion.refuse_needed_topics)
hooks.register("before_bulk_action", deletion.refuse_needed_topics_in_bulk)
hooks.register("before_bulk_action", viewsets.refuse_unready_reviews)


@hooks.register("register_admin_viewset")
def register_reviews() -> list[object]:
    """The list of reviews, and a review's own views."""
    return [viewsets.ReviewListingViewSet("reviews"), viewsets.ReviewPageViewSet()]


@hooks.register("register_icons")
def register_icons(icons: list[str]) -> list[str]:
    """Icons of our own for what Wagtail has no sign for."""
    return [*icons, *(f"research_reviews/admin/icons/{name}.svg" for name in ("review", "study"))]
