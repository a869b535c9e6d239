"""The one way in for a response."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.http import HttpRequest

from comments.defence import Outcome, Submission, Verdict, earlier_of_several, judge
from comments.models import Comment, CommentSettings
from comments.team import may_moderate, standing_of

if TYPE_CHECKING:
    from research_reviews.models import ReviewPage


@dataclass(frozen=True)
class Posting:
    """What became of a response, with its row where one was written."""

    verdict: Verdict
    comment: Comment | None = None


def post(data: dict[str, Any], page: ReviewPage, parent: Comment | None, request: HttpRequest) -> Posting:
    """Take a response to the review, or to another response below it: `data` is what a valid form has cleaned.

    What a moderator sends, signed in, needs no judgement.
    """
    rules = CommentSettings.for_request(request)
    submission = Submission.of(request, data, page.pk, parent.pk if parent else None, page.full_url or "")
    moderator = request.user if request.user.is_authenticated and may_moderate(request.user) else None
    verdict = Verdict(Outcome.APPROVE) if moderator else judge(submission, rules)
    if not verdict.is_kept:
        return Posting(verdict)
    comment = Comment(
        page=page,
        parent=parent,
        name=data["name"],
        email=data["email"],
        website=data["website"],
        text=data["text"],
        wants_replies=data["replies"],
        status=verdict.status.value,
        reasons=list(verdict.reasons),
        sender=submission.sender if rules.keep_sender_days else "",
    )
    if moderator:
        comment.user, comment.standing = moderator, standing_of(moderator, page)
    with transaction.atomic():
        if earlier_of_several(submission):
            return Posting(Verdict(Outcome.DUPLICATE))
        comment.save()
    return Posting(verdict, comment)
