"""The buttons by which moderators decide, as lists, pages of single responses and the review's editor show them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from comments.models import Comment

Status = Comment.Status


@dataclass(frozen=True)
class Decision:
    """What a button says, and the status that it gives."""

    status: str
    label: str | Promise
    icon: str
    is_first: bool = False


DECISIONS = (
    Decision(Status.APPROVED.value, _("Approve"), "check", is_first=True),
    Decision(Status.SPAM.value, _("Spam"), "warning"),
    Decision(Status.REMOVED.value, _("Remove"), "bin"),
    Decision(Status.WAITING.value, _("Back to the queue"), "undo"),
)


def offered(status: str) -> list[Decision]:
    """Return what can be decided of a response that has the status."""
    return [decision for decision in DECISIONS if decision.status != status]


def sentence(status: str, number: int) -> str:
    """Say how many responses were given the status."""
    said = {
        Status.APPROVED: ngettext("%(number)d response is published.", "%(number)d responses are published.", number),
        Status.SPAM: ngettext(
            "%(number)d response was marked as spam.", "%(number)d responses were marked as spam.", number
        ),
        Status.REMOVED: ngettext(
            "%(number)d response was removed. Readers do not see it.",
            "%(number)d responses were removed. Readers do not see them.",
            number,
        ),
        Status.WAITING: ngettext(
            "%(number)d response waits in the queue.", "%(number)d responses wait in the queue.", number
        ),
    }
    return said[Status(status)] % {"number": number}
