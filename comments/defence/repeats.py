"""Whether the same was sent before."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from comments.defence.submission import Submission
from comments.folding import digest
from comments.models import Comment
from research_reviews.models import ReviewPage

A_DAY = timedelta(days=1)


def earlier(submission: Submission) -> Comment | None:
    """Return the response that the same e-mail address sent to the same review, in the same words, within a day."""
    same = Comment.objects.filter(digest=digest(submission.text), page=submission.page_id)
    return same.filter(email__iexact=submission.email, created_at__gt=timezone.now() - A_DAY).first()


def earlier_of_several(submission: Submission) -> Comment | None:
    """As `earlier`, for two that arrive at once: called in the transaction that would write the row.

    Holds the review's row until that transaction ends, so that the second sees what the first has written.
    """
    reviews = ReviewPage.objects.select_for_update(of=("self",), no_key=True)
    reviews.filter(pk=submission.page_id).values_list("pk", flat=True).first()
    return earlier(submission)


def is_copy(submission: Submission) -> bool:
    """Whether the same words stand below another review, or below this one by somebody else."""
    return Comment.objects.filter(digest=digest(submission.text)).exists()
