"""What moderators decide: the one place where the status of a response changes."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from comments.defence import report
from comments.models import Comment

Status = Comment.Status

ACTIONS = {
    Status.WAITING: "comments.restore",
    Status.APPROVED: "comments.approve",
    Status.SPAM: "comments.spam",
    Status.REMOVED: "comments.remove",
}


def decide(comment: Comment, status: str, user: AbstractBaseUser | None) -> bool:
    """Give the response the status, and log who decided so. Returns whether that changed anything.

    Two moderators at once: the second finds what the first decided.
    """
    with transaction.atomic():
        found = Comment.objects.select_for_update().filter(pk=comment.pk).first()
        if found is None or found.status == status:
            return False
        before = found.status
        found.status = comment.status = status
        found.decided_at = comment.decided_at = timezone.now()
        # Whoever decides has seen it: nobody is told of it again when it is put back.
        found.moderators_told_at = found.moderators_told_at or found.decided_at
        found.save(update_fields=["status", "decided_at", "moderators_told_at"])
        log(found, ACTIONS[Status(status)], user=user, data={"before": before, "after": status})
        if user and Status.SPAM in {before, status}:
            report(found, is_spam=status == Status.SPAM)
    return True


def decide_all(comments: Iterable[Comment], status: str, user: AbstractBaseUser | None) -> int:
    """Give each response the status. Returns how many that changed."""
    with transaction.atomic():
        return sum(decide(comment, status, user) for comment in comments)


def undo(action: UUID, user: AbstractBaseUser) -> int:
    """Give back what the user's action (the number that its log entries share) changed. Returns how many there were.

    What somebody has decided otherwise since is left as it is.
    """
    entries = ModelLogEntry.objects.filter(uuid=action, user=user, action__in=ACTIONS.values())
    changed = {int(entry.object_id): entry.data for entry in entries}
    return sum(
        decide(comment, changed[comment.pk]["before"], user)
        for comment in Comment.objects.filter(pk__in=changed)
        if comment.status == changed[comment.pk]["after"]
    )


def publish(comment: Comment) -> Comment:
    """Write what the team itself answers, which no moderator has to look at."""
    comment.status, comment.decided_at = Status.APPROVED, timezone.now()
    comment.save()
    return comment


def edit(comment: Comment, before: dict[str, str], user: AbstractBaseUser) -> None:
    """Keep what a moderator changed in a response, with what stood there before."""
    with transaction.atomic():
        comment.save(update_fields=[*before])
        log(comment, "comments.edit", user=user, data={"before": before}, content_changed=True)
