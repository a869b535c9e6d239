"""Which saved things change what readers see, and so begin a new content generation."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Min, Model
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.settings.models import AbstractSetting
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import Collection, CollectionViewRestriction, Locale, Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_unpublished, post_page_move
from wagtail.snippets.models import get_snippet_models

from core.page_cache import content_changed, register_moment

SHOWN_MODELS = (
    AbstractSetting,
    AbstractDocument,
    AbstractImage,
    Collection,
    CollectionViewRestriction,
    Locale,
    PageViewRestriction,
    Redirect,
    Site,
)
# What Wagtail writes to the page's own row when only a draft was saved.
DRAFT_FIELDS = {"latest_revision", "latest_revision_created_at", "draft_title", "has_unpublished_changes", "go_live_at"}


@receiver([page_published, page_unpublished, post_page_move])
def page_moved_in_public(**kwargs: Any) -> None:
    """A page appeared, went or moved."""
    content_changed()


@receiver([post_save, post_delete])
def shown_thing_changed(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """A page, setting, snippet, image, document or restriction was saved or deleted."""
    update_fields = kwargs.get("update_fields")
    if isinstance(instance, Page):
        if not (update_fields and set(update_fields) <= DRAFT_FIELDS):
            content_changed()
    elif isinstance(instance, SHOWN_MODELS) or sender in get_snippet_models():
        content_changed()


@receiver(m2m_changed)
def shown_relation_changed(instance: Any, action: str, **kwargs: Any) -> None:
    """A relation of a page or snippet changed without a save of its own."""
    if action.startswith("post_") and (isinstance(instance, Page) or type(instance) in get_snippet_models()):
        content_changed()


@register_moment
def next_expiry(now: datetime) -> datetime | None:
    """When the next page goes by its expiry date."""
    expiring = Page.objects.filter(live=True, expire_at__gt=now)
    expiry: datetime | None = expiring.aggregate(next=Min("expire_at"))["next"]
    return expiry
