"""What lists of evidence show of a review and its studies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from core.querysets import is_listed
from research_reviews.models.studies import Study

if TYPE_CHECKING:
    from research_reviews.models import ReviewPage, TopicPage

register = template.Library()


@register.simple_tag
def listed_topic(review: ReviewPage) -> TopicPage | None:
    """Return the first topic of the review, if readers may see it."""
    return review.topic if review.topic and is_listed(review.topic) else None


@register.filter
def is_retracted(study: Study) -> bool:
    """Whether the study's publisher has taken it back."""
    return study.retraction_status == Study.Retraction.RETRACTED
