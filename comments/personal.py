"""What responses keep of a person, exported and erased with all else that the site has of them (core.personal_data)."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.log_actions import registry as log_registry

from comments.models import Comment
from core.personal_data import Records, register
from core.site_address import absolute


def of_address(email: str) -> QuerySet[Comment]:
    """Return the responses of the address, however it was capitalised."""
    return Comment.objects.filter(email__iexact=email).order_by("pk")


def export(email: str) -> Records:
    """Return every response of the address, with what was kept beside it."""
    return {_("Responses"): [record(comment) for comment in of_address(email).select_related("page")]}


def record(comment: Comment) -> dict[str, Any]:
    """Return a response as its author gets it."""
    return {
        "review": comment.page.title,
        "address": absolute(reverse("comments:permalink", args=[comment.pk])),
        "status": str(comment.get_status_display()),
        "sent": comment.created_at,
        "name": comment.name,
        "email": comment.email,
        "website": comment.website,
        "text": comment.text,
        "reasons to look at it": " ".join(map(str, comment.reasons)),
        "hashed network address": comment.sender,
        "wants mails of answers": comment.wants_replies,
        "asked to confirm that": comment.replies_asked_at,
        "confirmed that": comment.replies_confirmed_at,
    }


def erase(email: str) -> dict[str, int]:
    """Empty what readers see and what was answered, so that threads stay whole, and delete everything else."""
    number = 0
    for comment in of_address(email):
        if comment.status == Comment.Status.APPROVED or comment.replies.exists():
            empty(comment)
        else:
            logs_of(comment).delete()
            comment.delete()
        number += 1
    return {_("Responses"): number}


def empty(comment: Comment) -> None:
    """Leave nothing of its author in the response, nor in its notes and its history."""
    comment.name = _("Erased")
    comment.text = _("This response was erased because its author asked for that.")
    comment.email = comment.website = comment.sender = comment.standing = ""
    comment.user, comment.reasons = None, []
    comment.wants_replies, comment.replies_asked_at, comment.replies_confirmed_at = False, None, None
    comment.save()
    comment.notes.all().delete()
    logs_of(comment).filter(action="comments.edit").delete()
    logs_of(comment).update(label=str(comment))
    log(comment, "comments.erase")


def logs_of(comment: Comment) -> QuerySet:
    """Return the history of the response."""
    entries: QuerySet = log_registry.get_logs_for_instance(comment).order_by()
    return entries


register(export, erase)
