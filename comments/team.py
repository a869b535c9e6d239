"""What the team may do with responses, and how its own are marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from comments.models import Comment

if TYPE_CHECKING:
    from research_reviews.models import ReviewPage


def may_moderate(user: Any) -> bool:
    """Whether the user decides about responses. Their own need no decision."""
    return bool(user.has_perm("comments.change_comment"))


def standing_of(user: Any, page: ReviewPage) -> Comment.Standing:
    """Return what the user writes as below the review."""
    return Comment.Standing.AUTHOR if page.owner_id == user.pk else Comment.Standing.EDITOR
