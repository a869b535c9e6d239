"""A review as a graph: a post that reviews studies, with what it quotes, finds and passes on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import get_language

from core.querysets import is_listed
from core.templatetags.core_tags import shared_image_url
from research_reviews.blocks import Contribution
from research_reviews.bylines import credited
from research_reviews.models import Person, ReviewPage, TopicPage
from research_reviews.study_box import StudyBox
from sponsors.current import current_sponsorship
from syndication.structured.evidence import Evidence
from syndication.structured.graph import Node, node
from syndication.structured.people import People
from syndication.structured.publication import Publication
from syndication.structured.studies import study_id, study_node

if TYPE_CHECKING:
    from images.models import CustomImage

NAMED_ALONG = (Contribution.CONTRIBUTOR, Contribution.INTERVIEWEE)


def review_page(review: ReviewPage, boxes: Sequence[StudyBox], publication: Publication) -> list[Node]:
    """Describe the page of a review, from what it has fetched to be shown."""
    address = publication.address_of(review)
    people = People(publication)
    study_ids = [study_id(box.study, number, address) for number, box in enumerate(boxes, start=1)]
    reviewers = review.reviewers
    topic = review.topic if review.topic and is_listed(review.topic) else None
    article = node(
        ["BlogPosting", "Review"],
        address,
        url=address,
        headline=review.title,
        description=review.standfirst,
        datePublished=review.date and review.date.isoformat(),
        dateModified=modified(review),
        author=people.authors(reviewers),
        contributor=people.others(contributors(review)),
        publisher=publication.publisher(),
        image=image_node(review.image_when_shared),
        about=topic and topic_node(topic, publication),
        sponsor=sponsor_node(review.topic),
        inLanguage=get_language(),
        isAccessibleForFree=True,
        license=publication.licence_url,
        itemReviewed=[study_node(box, identity, people) for box, identity in zip(boxes, study_ids, strict=True)],
        hasPart=Evidence(address, people, reviewers, study_ids).parts(review.body),
    )
    return [article, publication.breadcrumbs(*([topic] if topic else []), review)]


def contributors(review: ReviewPage) -> list[Person]:
    """Return who is credited besides the reviewers and the studies' authors, each once."""
    values = [value for value in credited(review.credits) if value["contribution"] in NAMED_ALONG]
    return list(dict.fromkeys(value["person"] for value in values))


def modified(review: ReviewPage) -> str:
    """Return when the review was last published, to the second."""
    moment = review.last_published_at
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else ""


def image_node(image: CustomImage | None) -> Node | None:
    """Return the picture that shared links show, with who made it and what may be done with it."""
    if not image:
        return None
    return node(
        "ImageObject",
        contentUrl=shared_image_url(image),
        creditText=image.credit,
        license=image.licence_url,
    )


def topic_node(topic: TopicPage, publication: Publication) -> Node:
    """Return what the review is about."""
    return node("Thing", publication.address_of(topic), name=topic.title)


def sponsor_node(topic: TopicPage | None) -> Node | None:
    """Return who sponsors the topic today, else the whole site."""
    sponsorship = current_sponsorship(topic)
    sponsor = sponsorship and sponsorship.sponsor
    return node("Organization", sponsor.ror, name=sponsor.name, url=sponsor.website) if sponsor else None
