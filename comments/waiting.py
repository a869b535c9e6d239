"""The link by which the author of a response, and nobody else, sees it before it is published."""

from __future__ import annotations

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from comments.models import Comment

SALT = "comments.waiting"


def token_of(comment: Comment) -> str:
    """Return what names the response and cannot be guessed."""
    return Signer(salt=SALT).sign(str(comment.pk))


def key_in(token: str) -> int | None:
    """Return the key of the response that the token names; None where it is none of ours."""
    try:
        return int(Signer(salt=SALT).unsign(token))
    except BadSignature:
        return None


def waiting_url(token: str) -> str:
    """Return the address that the token opens; empty where it is none of ours."""
    return reverse("comments:waiting", args=[token]) if key_in(token) else ""
