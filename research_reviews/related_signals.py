"""When a review appears, changes or goes, what it leads to follows, and what leads to it."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

# Imported so that its receivers come first: what reviews share is read from the rows that they write.
from research_reviews import related, signals  # noqa: F401
from research_reviews.models import Audience, Person, ReviewPage, TopicPage
from research_reviews.tasks import refresh_neighbours, refresh_related

# So many in one task: a few seconds' work.
REVIEWS_A_TASK = 50


@receiver(page_published, sender=ReviewPage)
def review_published(instance: ReviewPage, **kwargs: Any) -> None:
    """Find at once what the review leads to, so that its first reader meets it. Those around it wait for the worker.

    Wagtail also signals a page that is only scheduled: refresh() looks.
    """
    related.refresh(instance.pk)
    look_around(instance.pk)


@receiver(page_unpublished, sender=ReviewPage)
def review_unpublished(instance: ReviewPage, **kwargs: Any) -> None:
    """Have others found in its place, also where it went by its expiry date."""
    look_around(instance.pk)


@receiver(pre_delete, sender=ReviewPage)
def review_goes(instance: ReviewPage, **kwargs: Any) -> None:
    """Have others found in the place of one that is deleted."""
    find_later(related.leading_to(instance.pk))


@receiver(post_page_move)
def page_moved(instance: Page, **kwargs: Any) -> None:
    """Reviews may have moved into or out of a private part of the site."""
    look_below(instance)


@receiver([post_save, post_delete], sender=PageViewRestriction)
def privacy_changed(instance: PageViewRestriction, **kwargs: Any) -> None:
    """Reviews may have become private or public."""
    if page := Page.objects.filter(pk=instance.page_id).first():
        look_below(page)


@receiver(pre_delete, sender=Audience)
@receiver(pre_delete, sender=Person)
@receiver(pre_delete, sender=TopicPage)
def shared_thing_goes(instance: Audience | Person | TopicPage, **kwargs: Any) -> None:
    """Reviews may have been related by a person, an audience or a topic that is deleted."""
    find_later(related.sharing(instance))


def look_below(page: Page) -> None:
    """Leave it to the worker to look at the reviews at and below the page again."""
    for pk in ReviewPage.objects.descendant_of(page, inclusive=True).values_list("pk", flat=True).iterator():
        look_around(pk)


def look_around(pk: int) -> None:
    """Leave it to the worker to look at the review again, and at those around it."""
    transaction.on_commit(partial(refresh_neighbours.enqueue, pk))


def find_later(pks: list[int]) -> None:
    """Leave it to the worker to find anew what the reviews lead to."""
    for start in range(0, len(pks), REVIEWS_A_TASK):
        transaction.on_commit(partial(refresh_related.enqueue, pks[start : start + REVIEWS_A_TASK]))
