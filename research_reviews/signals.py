"""When a review or study appears, changes or goes, what is written down of it follows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from core.bulk import pages_written
from research_reviews import evidence, tallies
from research_reviews.models import ReviewPage, Study
from research_reviews.watch import keeping


@receiver(page_published, sender=ReviewPage)
def review_published(instance: ReviewPage, **kwargs: Any) -> None:
    """Date the review and write its evidence. Wagtail also signals a page that is only scheduled: refresh() looks."""
    if instance.first_published_at and not instance.published_on:
        instance.published_on = timezone.localdate(instance.first_published_at)
        ReviewPage.objects.filter(pk=instance.pk).update(published_on=instance.published_on)
    evidence.refresh(instance)


@receiver(pages_written, sender=ReviewPage)
def reviews_written(pages: list[ReviewPage], **kwargs: Any) -> None:
    """Write the evidence of reviews that came in bulk."""
    evidence.write_new(pages)


@receiver(page_unpublished, sender=ReviewPage)
def review_unpublished(instance: ReviewPage, **kwargs: Any) -> None:
    """Take the evidence away, also where the page went by its expiry date."""
    evidence.remove([instance.pk])


@receiver(post_page_move)
def page_moved(instance: Page, **kwargs: Any) -> None:
    """A page may have moved into or out of a private part of the site."""
    refresh_below(instance)


@receiver([post_save, post_delete], sender=PageViewRestriction)
def privacy_changed(instance: PageViewRestriction, origin: Any = None, **kwargs: Any) -> None:
    """A part of the site became private or public."""
    if origin is not None and getattr(origin, "model", type(origin)) is not PageViewRestriction:
        # It goes together with its page, which is still there: evidence that is written now would outlive it.
        return
    if page := Page.objects.filter(pk=instance.page_id).first():
        refresh_below(page)


@receiver(pre_save, sender=Study)
def remember_doi(instance: Study, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
    """Remember whether a study gets another DOI: what was found out under the old one is of another work."""
    is_written = update_fields is None or "doi" in update_fields
    known = Study.objects.filter(pk=instance.pk).exclude(doi=instance.doi) if instance.pk and is_written else None
    instance._has_new_doi = known is not None and known.exists()


@receiver(post_save, sender=Study)
def doi_changed(instance: Study, raw: bool, **kwargs: Any) -> None:
    """Forget what was found out under another DOI."""
    if instance.__dict__.pop("_has_new_doi", False) and not raw:
        keeping.forget(instance)


@receiver(post_save, sender=Study)
def study_changed(instance: Study, **kwargs: Any) -> None:
    """Lists of evidence can be narrowed by the kind of study: a study may be of another kind now."""
    tallies.recount_study_types(list(instance.review_links.values_list("review", flat=True)))


def refresh_below(page: Page) -> None:
    """Write the evidence of what is listed now at or below the page or an alias of it, and take away what is not."""
    evidence.refresh_below(page)
