"""Akismet learns from what moderators decide."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django_tasks import task

from comments.defence import akismet
from comments.models import Comment


def report(comment: Comment, is_spam: bool) -> None:
    """Have Akismet told, where there is a key, that the response is spam, or is not: by the worker, once committed."""
    if settings.AKISMET_KEY:
        transaction.on_commit(lambda: tell_akismet.enqueue(comment.pk, is_spam))


@task()
def tell_akismet(comment_id: int, is_spam: bool) -> None:
    """Tell Akismet of the response, if it is still there."""
    if comment := Comment.objects.select_related("page").filter(pk=comment_id).first():
        akismet.tell(comment, is_spam)
