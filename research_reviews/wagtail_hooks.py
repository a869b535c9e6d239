"""Registers what research_reviews adds to the admin."""

from __future__ import annotations

from django.urls import URLPattern
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from research_reviews import deletion, study_admin, viewsets
from research_reviews.documents import admin as documents
from research_reviews.documents import editor
from research_reviews.library import LibraryGroup
from research_reviews.watch import desk

register_snippet(LibraryGroup)
register_snippet(documents.SectionHeadingViewSet)

hooks.register("before_delete_page", deletion.refuse_needed_topics)
hooks.register("before_bulk_action", deletion.refuse_needed_topics_in_bulk)
hooks.register("before_bulk_action", viewsets.refuse_unready_reviews)


hooks.register("register_admin_urls", study_admin.urls)
hooks.register("register_admin_urls", desk.urls)
hooks.register("register_reports_menu_item", desk.menu_item)
hooks.register("construct_homepage_panels", desk.add_panel)
hooks.register("construct_page_action_menu", editor.only_save)
hooks.register("register_page_header_buttons", documents.explorer_button)


@hooks.register("register_admin_urls")
def register_document_urls() -> list[URLPattern]:
    """Serve the making of a review from a document at /admin/review-from-document/."""
    return documents.urls


@hooks.register("register_admin_menu_item")
def register_document_menu_item() -> MenuItem:
    """Lead there from the main menu."""
    return documents.DocumentMenuItem()


@hooks.register("register_admin_viewset")
def register_reviews() -> list[object]:
    """The list of reviews, and a review's own views."""
    return [viewsets.ReviewListingViewSet("reviews"), viewsets.ReviewPageViewSet()]


@hooks.register("register_icons")
def register_icons(icons: list[str]) -> list[str]:
    """Icons of our own for what Wagtail has no sign for."""
    return [*icons, *(f"research_reviews/admin/icons/{name}.svg" for name in ("review", "study"))]
