"""Responses of readers, as JSON and as WordPress has comments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from comments.models import Comment
from research_reviews.portable.records import Record

Status = Comment.Status
FORMAT = "research-reviews/responses"
# Who only ever wrote to moderators, or was refused, is nobody's business elsewhere.
PUBLIC = [Status.APPROVED]
WORDPRESS = {Status.APPROVED: "1", Status.WAITING: "0", Status.SPAM: "spam", Status.REMOVED: "trash"}


def of_reviews(pks: Iterable[int], only_public: bool) -> dict[int, list[Comment]]:
    """Return the responses of each review, in one query: in their threads, each after what it answers."""
    found: dict[int, list[Comment]] = defaultdict(list)
    rows = Comment.objects.filter(page__in=list(pks)).order_by("page", "place")
    for comment in rows.filter(status__in=PUBLIC) if only_public else rows:
        found[comment.page_id].append(comment)
    return found


def response_record(comment: Comment, with_addresses: bool) -> Record:
    """Return a response. Addresses are personal data that were given in confidence: only where they are asked for."""
    record: dict[str, Any] = {
        "id": comment.pk,
        "answers": comment.parent_id,
        "name": comment.name,
        "website": comment.website,
        "text": comment.text,
        "written_as": comment.standing or "reader",
        "status": comment.status,
        "sent_at": comment.created_at.isoformat(),
    }
    return {**record, "email": comment.email} if with_addresses else record


def responses_record(path: str, comments: list[Comment], with_addresses: bool) -> Record:
    """Return the responses of a review."""
    rows = [response_record(comment, with_addresses) for comment in comments]
    return {"format": FORMAT, "version": 1, "review": path, "responses": rows}
