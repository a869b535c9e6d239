"""The ways to a review from a document: the menu, the list of reviews, the page explorer; and the table of headings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.snippets.views.snippets import SnippetViewSet

from research_reviews.documents.views import DiscardView, DocumentView, SettleView, place_for_reviews
from research_reviews.models import ReviewIndexPage, SectionHeading

LABEL = gettext_lazy("New review from a document")
ICON = "doc-full"

urls: list[URLPattern] = [
    path("review-from-document/", DocumentView.as_view(), name="review_from_document"),
    path("review-from-document/<int:pk>/", SettleView.as_view(), name="review_document"),
    path("review-from-document/<int:pk>/discard/", DiscardView.as_view(), name="discard_review_document"),
]


class DocumentMenuItem(MenuItem):
    """Leads there, for those who may add a review."""

    def __init__(self) -> None:
        address = reverse("review_from_document")
        super().__init__(LABEL, address, name="review-from-document", icon_name=ICON, order=205)

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the user may."""
        return place_for_reviews(request.user) is not None


def explorer_button(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Yield the button at the list of reviews in the page explorer (register_page_header_buttons)."""
    if isinstance(page.specific, ReviewIndexPage) and page.permissions_for_user(user).can_add_subpage():
        yield Button(str(LABEL), url=reverse("review_from_document"), icon_name=ICON, priority=16)


class SectionHeadingViewSet(SnippetViewSet):
    """The headings by which documents and imported posts are read, in the settings."""

    model = SectionHeading
    icon = "list-ul"
    menu_label = gettext_lazy("Headings in documents")
    menu_order = 300
    add_to_settings_menu = True
    copy_view_enabled = False
    list_per_page = 100
    search_fields = ["wording"]
    list_filter = ["role", "language"]
    list_display = [
        "wording",
        Column("role", label=gettext_lazy("What stands below it"), accessor="get_role_display", sort_key="role"),
        Column("language", label=gettext_lazy("Language"), sort_key="language"),
    ]
    list_export = ["wording", "role", "language"]
    export_filename = "headings-in-documents"

    @property
    def verbose_name(self) -> str:
        """What one of them is called."""
        return _("heading in documents")
