"""Images in templates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from images.pictures import Picture, picture_of
from images.renditions import prefetch_shown

if TYPE_CHECKING:
    from images.models import CustomImage

register = template.Library()


@register.inclusion_tag("components/picture.html")
def responsive_picture(image: CustomImage | None, kind: str, sizes: str = "") -> dict[str, Picture | None]:
    """Show an image in every size and format of a kind: `{% responsive_picture page.header_image kind="header" %}`.

    Without an image it shows nothing; where the image's file is gone, the text that stands for it.
    """
    return {"picture": picture_of(image, kind, sizes) if image else None}


@register.simple_tag
def picture(image: CustomImage | None, kind: str) -> Picture | None:
    """Return an image as the kind shows it: `{% picture brand.logo "logo" as logo %}`. Without an image, None."""
    return picture_of(image, kind) if image else None


@register.simple_tag
def fetch_pictures(thing: Any) -> str:
    """Fetch all at once what a setting shows of its images: `{% fetch_pictures brand %}`."""
    prefetch_shown(thing)
    return ""
