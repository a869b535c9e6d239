"""Which saved things change what readers see, and so begin a new content generation.

Covered, of any app: pages, snippets, settings, images, documents, collections, restrictions, redirects and sites, and
whatever hangs on one of them by a ParentalKey or a many-to-many relation. A draft is nothing that readers see.

`core` stands last of our INSTALLED_APPS, so that these receivers run after those of other apps that write rows.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import Min, Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.dispatch import receiver
from modelcluster.fields import ParentalKey
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.settings.models import AbstractSetting
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Comment,
    DraftStateMixin,
    Locale,
    Page,
    PageViewRestriction,
    Site,
)
from wagtail.signals import page_published, page_unpublished, post_page_move, published, unpublished
from wagtail.snippets.models import get_snippet_models

from core.page_cache import content_changed, register_moment

SHOWN_MODELS = (
    AbstractDocument,
    AbstractImage,
    AbstractSetting,
    Collection,
    CollectionViewRestriction,
    Locale,
    Page,
    PageViewRestriction,
    Redirect,
    Site,
)
# Nobody sees a new one before something shows it, and writing a draft should not empty the cache.
FILES = (AbstractDocument, AbstractImage)
# What Wagtail writes to the row itself when only a draft was saved, a page was locked or a child was added.
DRAFT_FIELDS = {
    "draft_title",
    "has_unpublished_changes",
    "latest_revision",
    "latest_revision_created_at",
    "locked",
    "locked_at",
    "locked_by",
    "numchild",
}


@lru_cache
def is_shown(model: type[Model]) -> bool:
    """Whether the site shows things of the model. Only asked when every app is loaded."""
    return issubclass(model, SHOWN_MODELS) or issubclass(model, tuple(get_snippet_models()))


@lru_cache
def parent_fields(model: type[Model]) -> tuple[str, ...]:
    """Return the fields by which things of the model are part of something that the site shows."""
    if issubclass(model, Comment):  # of editors, among themselves
        return ()
    fields = (field for field in model._meta.get_fields() if isinstance(field, ParentalKey))
    return tuple(field.name for field in fields if is_shown(field.related_model))


def is_in_public(instance: Model) -> bool:
    """Whether readers see the thing, or saw it before this save."""
    if isinstance(instance, DraftStateMixin):
        return instance.live or getattr(instance, "_was_live", False)
    return True


@receiver([page_unpublished, unpublished, post_page_move])
def published_thing_went(**kwargs: Any) -> None:
    """A page or snippet went or moved."""
    content_changed()


@receiver([page_published, published])
def thing_was_published(instance: Any, **kwargs: Any) -> None:
    """A page or snippet appeared or changed. Wagtail also signals one that is only scheduled."""
    if instance.live:
        content_changed()


@receiver(pre_save)
def remember_state(instance: Model, **kwargs: Any) -> None:
    """Remember whether a draft is one that readers still see."""
    if isinstance(instance, DraftStateMixin) and not instance.live and instance.pk:
        instance._was_live = type(instance)._base_manager.filter(pk=instance.pk, live=True).exists()


@receiver([post_save, post_delete])
def shown_thing_changed(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """A page, setting, snippet, image, document, restriction, or a part of one was saved or deleted."""
    if is_shown(sender):
        is_new_file = kwargs.get("created") and isinstance(instance, FILES)
        is_draft = DRAFT_FIELDS.issuperset(kwargs.get("update_fields") or {"everything"})
        if is_in_public(instance) and not is_draft and not is_new_file:
            content_changed()
    elif any(is_in_public(getattr(instance, name)) for name in parent_fields(sender)):
        content_changed()


@receiver(m2m_changed)
def shown_relation_changed(instance: Model, action: str, **kwargs: Any) -> None:
    """A relation of something shown changed without a save of its own."""
    if action.startswith("post_") and is_shown(type(instance)) and is_in_public(instance):
        content_changed()


@register_moment
def next_expiry(now: datetime) -> datetime | None:
    """When the next page goes by its expiry date."""
    expiring = Page.objects.filter(live=True, expire_at__gt=now)
    expiry: datetime | None = expiring.aggregate(next=Min("expire_at"))["next"]
    return expiry
