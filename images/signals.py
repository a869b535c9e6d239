"""When something that shows images is published or saved, their renditions are made ahead of the first view.

A model says what it shows: `picture_kinds = {"header_image": ("header", "card"), "body": ("figure",)}`, by field.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import ForeignKey, Model
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published

from images.models import CustomImage
from images.tasks import make_renditions


def shown_by(instance: Model) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the id of every image that the thing shows, with the kinds that it is shown as."""
    for name, kinds in getattr(instance, "picture_kinds", {}).items():
        field: Any = instance._meta.get_field(name)
        if isinstance(field, ForeignKey):
            references = [(field.related_model, getattr(instance, field.attname))]
        else:
            references = [reference[:2] for reference in field.extract_references(field.value_from_object(instance))]
        yield from ((int(pk), kinds) for model, pk in references if pk and model is CustomImage)


def make_ahead(instance: Model) -> None:
    """Have the worker make what is missing of the images that the thing shows, once it is committed."""
    wanted: dict[int, set[str]] = {}
    for image_id, kinds in shown_by(instance):
        wanted.setdefault(image_id, set()).update(kinds)
    for image_id, names in wanted.items():
        transaction.on_commit(partial(make_renditions.enqueue, image_id, sorted(names)))


@receiver(page_published)
def page_with_images_published(instance: Page, **kwargs: Any) -> None:
    """Readers will see the page. Wagtail also signals one that is only scheduled: its images can be ready too."""
    make_ahead(instance)


@receiver(post_save)
def thing_with_images_saved(sender: type[Model], instance: Model, raw: bool = False, **kwargs: Any) -> None:
    """A snippet or a setting that shows images was saved. Pages are told of by their publishing."""
    if not raw and not isinstance(instance, Page):
        make_ahead(instance)
