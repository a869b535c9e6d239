"""The sizes and formats that the site shows images in, and how they are made and fetched."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.core.files import File
from django.db import IntegrityError, transaction
from PIL.Image import DecompressionBombError
from wagtail.images.models import Filter

if TYPE_CHECKING:
    from images.models import CustomImage, CustomRendition

# What opening, decoding and encoding a missing or damaged file raises. A missing one is an OSError of Wagtail's.
IMAGE_ERRORS = (OSError, ValueError, SyntaxError, EOFError, MemoryError, DecompressionBombError)
# From this width on, a phone shows two or three pixels where the layout has one, and nobody sees the coarser ones.
DENSE_WIDTH = 700
DENSE_QUALITY = 42


@dataclass(frozen=True)
class Kind:
    """A place on the site where images stand: how wide they are there and what is made for it."""

    widths: tuple[int, ...]
    # What the browser is told of the width in the layout; templates can say it better.
    sizes: str = "100vw"
    # Width and height of the frame that the image is cut to, around its focal point. Without one it is shown whole.
    ratio: tuple[int, int] | None = None
    # Width and height that the image is fitted into, whole.
    box: tuple[int, int] | None = None
    formats: tuple[str, ...] = ("avif", "webp")
    # Left empty, it stays in the format that it was uploaded in.
    fallback: str = "jpeg"
    # Seen before any scrolling: the browser is asked to fetch it first.
    is_first: bool = False

    @cached_property
    def filters(self) -> dict[str, Filter]:
        """Every rendition of the kind by its spec, the fallback first."""
        specs = [self.fallback_spec, *(self.spec(width, name) for name in self.formats for width in self.widths)]
        return {spec: Filter(spec) for spec in specs}

    @cached_property
    def fallback_spec(self) -> str:
        """The rendition for browsers that know neither modern format, of a middle width."""
        return self.spec(self.widths[len(self.widths) // 2], self.fallback)

    def spec(self, width: int, format_name: str) -> str:
        """Return Wagtail's name of a rendition. Neither operation ever enlarges an image."""
        size = f"width-{width}"
        if self.ratio:
            size = f"fill-{width}x{round(width * self.ratio[1] / self.ratio[0])}"
        if self.box:
            size = f"max-{self.box[0]}x{self.box[1]}"
        if format_name == "avif" and width >= DENSE_WIDTH:
            size = f"{size}|avifquality-{DENSE_QUALITY}"
        return f"{size}|format-{format_name}" if format_name else size


KINDS = {
    "header": Kind((400, 800, 1200, 1600), sizes="(min-width: 72rem) 72rem, 100vw", is_first=True),
    "figure": Kind((400, 700, 1000, 1400), sizes="(min-width: 44rem) 42rem, 100vw"),
    "card": Kind((320, 480, 720), sizes="(min-width: 60rem) 22rem, (min-width: 40rem) 50vw, 100vw", ratio=(3, 2)),
    # The first card of a page: the same renditions, fetched at once.
    "lead": Kind((320, 480, 720), sizes="(min-width: 60rem) 36rem, 100vw", ratio=(3, 2), is_first=True),
    "portrait": Kind((96, 192, 288), sizes="6rem", ratio=(1, 1)),
    "logo": Kind((640,), box=(640, 80), formats=(), fallback=""),
    "social": Kind((1200,), ratio=(40, 21), formats=()),
}


def prefetch(images: Iterable[CustomImage | None], kinds: Iterable[str]) -> None:
    """Fetch what exists of the kinds for all the images in one query, or none where they know it already."""
    from images.models import CustomRendition

    kinds = set(kinds)
    waiting = [image for image in images if image and not all(is_fetched(image, kind) for kind in kinds)]
    if not waiting:
        return
    specs = {spec for kind in kinds for spec in KINDS[kind].filters}
    rows = CustomRendition.objects.filter(image__in={image.pk for image in waiting}, filter_spec__in=specs)
    found: dict[int, list[CustomRendition]] = {}
    for rendition in rows:
        found.setdefault(rendition.image_id, []).append(rendition)
    # Also the kinds that are made of the same renditions.
    covered = [name for name, kind in KINDS.items() if specs.issuperset(kind.filters)]
    for image in waiting:
        image.fetched_kinds.update(dict.fromkeys(covered, found.get(image.pk, [])))


def prefetch_shown(thing: Any) -> None:
    """Fetch what a thing shows of its images, as its `picture_kinds` say, in one query."""
    images = [getattr(thing, name) for name in thing.picture_kinds]
    prefetch(images, {kind for kinds in thing.picture_kinds.values() for kind in kinds})
    for image in filter(None, images):
        if shared := image.fetched_kinds.get("social"):
            # Where Wagtail itself looks: the picture of shared links is its rendition.
            image.prefetched_renditions = shared


def is_fetched(image: CustomImage, kind: str) -> bool:
    """Whether the image knows its renditions of the kind without asking the database."""
    return kind in image.fetched_kinds or "renditions" in getattr(image, "_prefetched_objects_cache", {})


def existing(image: CustomImage, kind: str) -> dict[str, CustomRendition]:
    """Return the renditions of the kind that have been made, by spec, in one query at most."""
    prefetch([image], [kind])
    filters = KINDS[kind].filters
    known = image.fetched_kinds.get(kind)
    return {
        rendition.filter_spec: rendition
        for rendition in (image.renditions.all() if known is None else known)
        if rendition.filter_spec in filters
        and rendition.focal_point_key == filters[rendition.filter_spec].get_cache_key(image)
    }


def make(image: CustomImage, kind: str, only: Iterable[str] | None = None) -> int:
    """Make what is missing of the kind, or of some of its specs, and return how many were made.

    They are made one after another, so that memory holds one decoded image. Raises one of IMAGE_ERRORS where the
    file is missing or damaged; what was made before stays.
    """
    forget(image)
    filters = KINDS[kind].filters
    there = existing(image, kind)
    missing = [filters[spec] for spec in (only or filters) if spec not in there]
    if missing:
        with image.open_file() as file:
            original = file.read()
        for wanted in missing:
            add(image, wanted, original)
        forget(image)
    return len(missing)


def forget(image: CustomImage) -> None:
    """Make the image ask again for its renditions, also where a list fetched them along."""
    image.fetched_kinds.clear()
    getattr(image, "_prefetched_objects_cache", {}).pop("renditions", None)


def add(image: CustomImage, wanted: Filter, original: bytes) -> None:
    """Make one rendition. Where another process was faster, its rendition stays and this one's file goes."""
    file = image.generate_rendition_file(wanted, source=File(BytesIO(original), name=image.file.name))
    rendition = image.renditions.model(
        image=image, filter_spec=wanted.spec, focal_point_key=wanted.get_cache_key(image), file=file
    )
    try:
        with transaction.atomic():
            rendition.save()
    except IntegrityError:
        rendition.file.delete(save=False)
