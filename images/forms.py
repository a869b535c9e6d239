"""The form behind every upload of an image: one at a time, many at once, and in the chooser."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from wagtail.images.forms import BaseImageForm

from images.models import CustomImage
from images.renditions import KINDS
from images.tasks import make_renditions
from images.uploads import UploadedImageField

FOCAL_POINT = {"focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height"}


class ImageForm(BaseImageForm):
    """Wagtail's form with strict uploads, and with renditions of a replaced image made before readers ask for them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Not declared on the class, because the form that follows an upload of many has no such field.
        if file := self.fields.get("file"):
            self.fields["file"] = UploadedImageField(label=file.label, widget=file.widget, required=file.required)

    def save(self, commit: bool = True) -> CustomImage:
        """Save; where the file or the focal point changed, have the renditions in use made anew."""
        shown_as = kinds_in_use(self.instance) if self.instance.pk else []
        image: CustomImage = super().save(commit=commit)
        if commit and shown_as and FOCAL_POINT.union({"file"}).intersection(self.changed_data):
            transaction.on_commit(partial(make_renditions.enqueue, image.pk, shown_as))
        return image


def kinds_in_use(image: CustomImage) -> list[str]:
    """Return the kinds that renditions of the image were made for."""
    # Kinds share sizes of the modern formats; the fallback tells them apart.
    specs = set(image.renditions.values_list("filter_spec", flat=True))
    return [name for name, kind in KINDS.items() if kind.fallback_spec in specs]
