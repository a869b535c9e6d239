"""Words that editors give reviews to find them by, beside the topics. Readers do not see them."""

from __future__ import annotations

from django.db import models
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase


class ReviewTag(TaggedItemBase):
    """A tag that a review has."""

    content_object = ParentalKey("research_reviews.ReviewPage", on_delete=models.CASCADE, related_name="tagged_items")
