"""Renditions that carry nothing but the picture."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from PIL.Image import Image as PillowImage
from PIL.ImageCms import PyCMSError
from wagtail.images.image_operations import FilterOperation
from wagtail.images.models import Filter
from willow.image import Image as WillowImage
from willow.plugins.pillow import PillowImage as WillowPillowImage

KEPT = ("transparency",)
MODES = {"RGB", "RGBA", "L"}


class DropMetadata(FilterOperation):
    """Convert the colours to sRGB, then leave profile, EXIF, XMP and comments behind."""

    def construct(self) -> None:
        """Take no arguments."""

    def run(self, willow: WillowImage, image: Any, env: dict[str, Any]) -> WillowImage:
        """Return the image in a mode that every format can hold, without metadata."""
        # Where the profile is damaged or for another mode, the numbers are taken as they are.
        with suppress(PyCMSError, ValueError):
            willow = willow.transform_colorspace_to_srgb()
        picture = in_common_mode(willow.get_pillow_image())
        picture.info = {name: value for name, value in picture.info.items() if name in KEPT}
        return WillowPillowImage(picture)


def in_common_mode(picture: PillowImage) -> PillowImage:
    """Return the picture in 8-bit grey or colour, with its transparency."""
    if picture.mode in MODES and "transparency" not in picture.info:
        return picture.copy()
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")


class PlainFilter(Filter):
    """A filter whose result carries nothing but the picture."""

    @property
    def filter_operations(self) -> list[FilterOperation]:
        """The operations of the spec, then the one that drops the metadata."""
        return [*super().filter_operations, DropMetadata("drop-metadata")]
