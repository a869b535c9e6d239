"""What the demo site's readers say below its reviews."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from comments.models import Comment
from home.demo.content import Content
from home.demo.pages import sample_editor
from research_reviews.models import ReviewPage


def thread(content: Content) -> bool:
    """Make a response with all answers to it, unless it is there. Return whether it was not."""
    review = ReviewPage.objects.filter(slug=content["review"]).first()
    # An editor may have deleted the review, a moderator may have changed everything but the time.
    if review is None or Comment.objects.filter(page=review, created_at=time_of(review, content["days"])).exists():
        return False
    with transaction.atomic():
        add(review, content, None)
    return True


def add(review: ReviewPage, content: Content, parent: Comment | None) -> None:
    """Make a response and, below it, the answers."""
    standing, status = content.get("standing", ""), content.get("status", Comment.Status.APPROVED)
    sent_at = time_of(review, content["days"])
    made = Comment(
        page=review,
        parent=parent,
        name=content["name"],
        email=f"{content['name'].split()[0].lower()}@example.org",
        website=content.get("website", ""),
        text=content["text"].strip(),
        standing=standing,
        user=sample_editor() if standing == Comment.Standing.EDITOR else None,
        status=status,
        reasons=content.get("reasons", []),
        created_at=sent_at,
        decided_at=None if status == Comment.Status.WAITING else sent_at,
        # Nobody is to get a mail about it.
        moderators_told_at=sent_at,
        announced_at=sent_at,
    )
    made.full_clean(exclude=["place"])
    made.save()
    for answer in content.get("replies", []):
        add(review, answer, made)


def time_of(review: ReviewPage, days: float) -> datetime:
    """Return when something was sent so many days after the review's publication."""
    published = review.date or timezone.localdate()
    return timezone.make_aware(datetime.combine(published, time(9))) + timedelta(days=days)
