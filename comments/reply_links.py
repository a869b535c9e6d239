"""The links in mails of answers. Each is signed for one purpose and names a response, never an address."""

from __future__ import annotations

from enum import Enum

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from comments.models import Comment
from core.site_address import absolute


class Purpose(Enum):
    """What a link lets its reader do."""

    CONFIRM = "confirm"
    STOP = "stop"


def url(comment: Comment, purpose: Purpose) -> str:
    """Return the whole address at which the author of the response confirms, or stops, mails of answers."""
    return absolute(reverse(f"comments:{purpose.value}_replies", args=[signer(purpose).sign(str(comment.pk))]))


def comment_of(token: str, purpose: Purpose) -> Comment | None:
    """Return the response that the token names, while its author's address is known; None where there is none."""
    try:
        key = int(signer(purpose).unsign(token))
    except (BadSignature, ValueError):
        return None
    return Comment.objects.exclude(email="").filter(pk=key).first()


def signer(purpose: Purpose) -> Signer:
    """Return what signs links of the purpose."""
    return Signer(salt=f"comments.replies.{purpose.value}")
