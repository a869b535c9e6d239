"""Fetches everything that a review's page shows, before it shows it: one query a kind of thing, whatever it holds."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from wagtail.models import Page

from core.prefetch import choices_in, fetch_choices
from core.snapshot import fetch_ahead
from images.models import CustomImage
from images.renditions import prefetch as fetch_renditions
from site_settings.navigation import linked_pages

if TYPE_CHECKING:
    from research_reviews.models.pages import ReviewPage
    from site_settings.models import BrandSettings, NavigationSettings

PICTURE_FIELDS = ("header_image", "listing_image", "social_image")
PICTURE_KINDS = ("header", "figure", "social")


def fetch_review(review: ReviewPage, brand: BrandSettings, menus: NavigationSettings) -> None:
    """Fetch what the review's blocks choose and link to, at every level, and every picture.

    The brand's pictures and the pages that the menus lead to are asked for along with them.
    """
    chosen = choices_in(review.body, review.credits)
    chosen[Page] |= linked_pages(menus)
    chosen[CustomImage] |= {pk for field in PICTURE_FIELDS if (pk := getattr(review, f"{field}_id"))}
    fetch_choices(chosen)
    pictures = {image.pk: image for image in fetch_ahead(CustomImage, chosen[CustomImage])}
    logos = [getattr(brand, field) for field in brand.picture_kinds]
    fetch_renditions([*pictures.values(), *logos], {*PICTURE_KINDS, *chain(*brand.picture_kinds.values())})
    for field in PICTURE_FIELDS:
        setattr(review, field, pictures.get(getattr(review, f"{field}_id")))
    for image in pictures.values():
        # Where Wagtail itself looks: the picture of shared links is its rendition.
        image.prefetched_renditions = image.fetched_kinds["social"]
