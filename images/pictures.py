"""What a template needs to show an image in every size and format that a browser may ask for."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.core.cache import cache

from images.renditions import IMAGE_ERRORS, KINDS, existing, make
from images.tasks import make_renditions

if TYPE_CHECKING:
    from images.models import CustomImage, CustomRendition

# How long a page trusts that the worker will make what is missing before it asks again.
ASK_AGAIN_SECONDS = 600

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Source:
    """The renditions in one format."""

    type: str
    srcset: str


@dataclass(frozen=True)
class Picture:
    """An image as a page shows it. Without a fallback there is only the text, because the file is gone."""

    alt: str
    sizes: str = ""
    sources: list[Source] = field(default_factory=list)
    fallback: CustomRendition | None = None
    is_first: bool = False

    @property
    def loading(self) -> str:
        """When the browser is to fetch it: the first picture at once, others as the reader comes near."""
        return "eager" if self.is_first else "lazy"

    @property
    def priority(self) -> str:
        """How urgently the browser is to fetch it."""
        return "high" if self.is_first else "auto"


def picture_of(image: CustomImage, kind_name: str, sizes: str = "") -> Picture:
    """Return the image as the kind shows it, from what has been made so far.

    A page waits for one rendition at most: what else is missing, the worker makes.
    """
    kind = KINDS[kind_name]
    made = existing(image, kind_name)
    if len(made) < len(kind.filters):
        made = complete(image, kind_name, made)
    fallback = made.get(kind.fallback_spec)
    if not fallback:
        return Picture(alt=image.alt_text)
    sources = []
    for format_name in kind.formats:
        of_format = [made[spec] for width in kind.widths if (spec := kind.spec(width, format_name)) in made]
        # A small original has the same width more than once.
        by_width = {rendition.width: f"{rendition.url} {rendition.width}w" for rendition in of_format}
        if by_width:
            sources.append(Source(f"image/{format_name}", ", ".join(by_width.values())))
    return Picture(image.alt_text, sizes or kind.sizes, sources, fallback, kind.is_first)


def complete(image: CustomImage, kind_name: str, made: dict[str, CustomRendition]) -> dict[str, CustomRendition]:
    """Ask the worker for what is missing, see to the fallback at once, and return what there is now."""
    ask_worker(image, kind_name)
    if KINDS[kind_name].fallback_spec in made:
        return made
    try:
        make(image, kind_name, only=[KINDS[kind_name].fallback_spec])
    except IMAGE_ERRORS:
        logger.warning("Image %s (%s) cannot be shown: its file is missing or damaged.", image.pk, image.file.name)
    return existing(image, kind_name)


def ask_worker(image: CustomImage, kind_name: str) -> None:
    """Leave word for the worker, once in a while. The page is shown also where neither cache nor queue takes it."""
    try:
        if cache.add(f"renditions-asked-{image.pk}-{kind_name}-{image.file_hash}", True, ASK_AGAIN_SECONDS):
            make_renditions.enqueue(image.pk, [kind_name])
    except Exception:
        logger.exception("The worker could not be asked for renditions of image %s.", image.pk)
