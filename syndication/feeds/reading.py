"""Fetches what whole reviews show, for all of them at once: one query a kind of thing, however many they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from wagtail.documents import get_document_model

from core.prefetch import choices_in, fetch_choices, linked_documents
from core.querysets import is_listed
from core.snapshot import fetch_ahead
from images.models import CustomImage
from images.renditions import prefetch as fetch_renditions
from research_reviews.models import ReviewPage, ReviewStudy, TopicPage
from research_reviews.study_box import StudyBox, study_boxes

PICTURE_KINDS = ("header", "figure")


def fetch_contents(reviews: Sequence[ReviewPage]) -> None:
    """Fetch what the blocks of the reviews choose and link to, and their pictures."""
    bodies = [review.body for review in reviews]
    chosen = choices_in(*bodies, *(review.credits for review in reviews))
    chosen[CustomImage] |= {review.header_image_id for review in reviews if review.header_image_id}
    fetch_choices(chosen)
    document = get_document_model()
    fetch_ahead(document, chosen[document] | linked_documents(*bodies))
    pictures = {image.pk: image for image in fetch_ahead(CustomImage, chosen[CustomImage])}
    fetch_renditions(pictures.values(), PICTURE_KINDS)
    for review in reviews:
        review.header_image = pictures.get(review.header_image_id)


def studies_of(reviews: Sequence[ReviewPage]) -> dict[int, list[StudyBox]]:
    """Return the studies of each review in the editor's order, by the review's key."""
    links = list(ReviewStudy.objects.filter(review__in=reviews).order_by("sort_order", "pk").select_related("study"))
    by_review = defaultdict(list)
    for link, box in zip(links, study_boxes([link.study for link in links]), strict=True):
        by_review[link.review_id].append(box)
    return by_review


def topics_of(reviews: Sequence[ReviewPage]) -> dict[int, list[TopicPage]]:
    """Return the listed topics of each review, the first one first, by the review's key."""
    through = ReviewPage.other_topics.through
    rows = through.objects.filter(reviewpage__in=reviews).order_by("pk").select_related("topicpage")
    topics = {review.pk: [review.topic] if review.topic else [] for review in reviews}
    for row in rows:
        topics[row.reviewpage_id].append(row.topicpage)
    return {pk: [topic for topic in dict.fromkeys(found) if is_listed(topic)] for pk, found in topics.items()}
