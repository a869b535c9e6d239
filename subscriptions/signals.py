"""When a review appears its mailing is planned; when one goes, what is being sent of it stops."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from core.bulk import pages_written
from research_reviews.models import ReviewPage
from subscriptions import planning


@receiver(page_published, sender=ReviewPage)
def review_published(instance: ReviewPage, **kwargs: Any) -> None:
    """Plan the mailing. Wagtail also signals a review that is only scheduled, and each new edition."""
    planning.plan(instance)


@receiver(pages_written, sender=ReviewPage)
def reviews_written(pages: list[ReviewPage], **kwargs: Any) -> None:
    """Reviews came in bulk, as from another site, whose readers know them: nobody gets a mail, later neither."""
    planning.leave_out(pages)


@receiver(page_unpublished, sender=ReviewPage)
@receiver(post_page_move)
@receiver(post_save, sender=PageViewRestriction)
def something_went(**kwargs: Any) -> None:
    """A review was unpublished or has expired, or a part of the site has become private."""
    planning.stop_unlisted()
