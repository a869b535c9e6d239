"""What moderators decide: the one place where the status of a response changes."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from comments.models import Comment

Status = Comment.Status

ACTIONS = {
    Status.WAITING: "comments.restore",
    Status.APPROVED: "comments.approve",
    Status.SPAM: "comments.spam",
    Status.REMOVED: "comments.remove",
}

# Sent with `comment`, `before` (its status until now) and `user` in the transaction that changes the status.
decided = Signal()


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
        found.decided_at = comment.decided_at = None if status == Status.WAITING else timezone.now()
        found.save(update_fields=["status", "decided_at"])
        log(found, ACTIONS[Status(status)], user=user, data={"before": before, "after": status})
        decided.send(sender=Comment, comment=found, before=before, user=user)
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
