"""The responses to a review, in the review's editor, with the same buttons as the moderators' queue."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from comments import decisions
from comments.models import Comment
from comments.team import may_moderate
from core.editor_panels import EditorPanel, register_editor_panel
from research_reviews.models import ReviewPage

MOST_LISTED = 10


@register_editor_panel
def responses_panel(page: Page, request: HttpRequest) -> EditorPanel | None:
    """Return what came to a review: those that wait first. For moderators."""
    if not isinstance(page, ReviewPage) or not may_moderate(request.user):
        return None
    kept = Comment.objects.filter(page=page).exclude(status__in=(Comment.Status.SPAM, Comment.Status.REMOVED))
    # "waiting" comes after "approved".
    listed = list(kept.order_by("-status", "-created_at", "-pk")[:MOST_LISTED])
    context = {
        "responses": [(comment, decisions.offered(comment.status)) for comment in listed],
        "waiting": kept.waiting().count(),
        "number": kept.count(),
        "queue_url": f"{reverse('responses_modeladmin_index')}?review={page.pk}",
        "decide_url": reverse("decide_responses"),
    }
    return EditorPanel(_("Responses"), "comments/admin/editor_panel.html", context, "comment")
