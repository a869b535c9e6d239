"""What readers of a review are led to, beside the review in its editor."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from core.editor_panels import EditorPanel, register_editor_panel
from research_reviews.models import ReviewPage
from research_reviews.related import related_reviews


@register_editor_panel
def related_panel(page: Page, request: HttpRequest) -> EditorPanel | None:
    """Return the related reviews of a published review, chosen and found, as readers have them now."""
    if not isinstance(page, ReviewPage):
        return None
    chosen = set(page.chosen_reviews.values_list("chosen", flat=True))
    reviews = [(review, review.pk in chosen) for review in related_reviews(page)] if page.live else []
    context = {"reviews": reviews, "is_published": page.live}
    return EditorPanel(_("Readers are led to"), "research_reviews/admin/related_panel.html", context, "review")
