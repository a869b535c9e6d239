"""Cached pages follow what is approved, changed and removed: those that show it, and no others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.urls import reverse
from wagtail.models import Page

from comments.models import Comment
from core.feeds.feed import SUFFIXES
from core.page_cache import address_changed

FEEDS = tuple(f"responses/feed/{suffix}" for suffix in SUFFIXES.values())


@receiver([post_save, post_delete], sender=Comment)
def response_changed(instance: Comment, **kwargs: Any) -> None:
    """A response was saved or deleted."""
    if concerns_readers(instance):
        responses_changed([instance])


def concerns_readers(comment: Comment) -> bool:
    """Whether readers see the response, or may have seen it: nothing is decided of one that has only come in."""
    return comment.status == Comment.Status.APPROVED or comment.decided_at is not None


def responses_changed(comments: Iterable[Comment]) -> None:
    """Have the pages that show the responses made anew. For those who write rows without saving: update(), bulk."""
    comments = list(comments)
    pages = Page.objects.only("url_path").in_bulk({comment.page_id for comment in comments})
    for path in {path for page in pages.values() for path in addresses(page)}:
        address_changed(path)
    for comment in comments:
        address_changed(reverse("comments:reply", args=[comment.pk]))


def addresses(page: Page) -> Iterator[str]:
    """Yield where a review's responses are read; nothing for a page of no site."""
    if path := path_of(page):
        yield from (path, *(f"{path}{feed}" for feed in FEEDS))


def path_of(page: Page) -> str:
    """Return the page's path on its site."""
    parts = page.get_url_parts()
    return parts[2] if parts else ""
