"""Fetches everything that a review's page shows, before it shows it: one query a kind of thing, whatever it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.prefetch import choices_in, fetch_choices
from core.snapshot import fetch_ahead
from images.models import CustomImage
from images.renditions import prefetch as fetch_renditions

if TYPE_CHECKING:
    from research_reviews.models.pages import ReviewPage

PICTURE_KINDS = ("header", "figure")


def fetch_review(review: ReviewPage) -> None:
    """Fetch what the review's blocks choose and link to, at every level, and every picture."""
    chosen = choices_in(review.body, review.credits)
    if review.header_image_id:
        chosen[CustomImage].add(review.header_image_id)
    fetch_choices(chosen)
    pictures = fetch_ahead(CustomImage, chosen[CustomImage])
    fetch_renditions(pictures, PICTURE_KINDS)
    review.header_image = next((image for image in pictures if image.pk == review.header_image_id), None)
