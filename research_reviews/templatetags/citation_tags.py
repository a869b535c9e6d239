"""What a review tells reference managers of itself and its study: in its head, and as COinS in its body."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from research_reviews.citations import coins
from research_reviews.citations.record import CitationRecord
from research_reviews.citing import review_record, study_record
from site_settings.models import BrandSettings

if TYPE_CHECKING:
    from research_reviews.models import ReviewPage
    from research_reviews.study_box import StudyBox

register = template.Library()


@register.inclusion_tag("components/citation_metadata.html", takes_context=True)
def citation_metadata(context: dict[str, Any], page: ReviewPage) -> dict[str, Any]:
    """Describe the page in its head as a post by its reviewers, and as nothing else: it is not the study.

    Only what nothing else there says: description, address, site and title stand in its Open Graph tags, the title
    unless the editor has another one for search engines.
    """
    return {"page": page, "record": record_of(context, page)}


@register.inclusion_tag("components/citing.html", takes_context=True)
def citing(context: dict[str, Any], page: ReviewPage, study_boxes: list[StudyBox]) -> dict[str, Any]:
    """Lead to the page that says how to cite the review, and offer it and its first study to reference managers.

    Of several studies only the first: a list in which readers have to look for the review helps nobody. The page that
    it leads to has them all.
    """
    records = [record_of(context, page), *(study_record(box.study) for box in study_boxes[:1])]
    return {"context_objects": [coins.write(record) for record in records]}


def record_of(context: dict[str, Any], page: ReviewPage) -> CitationRecord:
    """Return the page as it is cited."""
    request = context["request"]
    return review_record(page, page.get_full_url(request) or "", BrandSettings.for_request(request).site_name)
