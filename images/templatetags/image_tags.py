"""Images in templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from images.pictures import Picture, picture_of

if TYPE_CHECKING:
    from images.models import CustomImage

register = template.Library()


@register.inclusion_tag("components/picture.html")
def responsive_picture(image: CustomImage | None, kind: str, sizes: str = "") -> dict[str, Picture | None]:
    """Show an image in every size and format of a kind: `{% responsive_picture page.header_image kind="header" %}`.

    Without an image it shows nothing; where the image's file is gone, the text that stands for it.
    """
    return {"picture": picture_of(image, kind, sizes) if image else None}
