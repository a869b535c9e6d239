"""An item of evidence as a record: the fields of files and feeds. Their names stay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest

from research_reviews.models import Finding, Quote, Recommendation, TopicPage

Item = Finding | Quote | Recommendation

# What each field holds. The files say so themselves.
FIELDS = {
    "id": "The item’s name in its review; it stays when the review is edited.",
    "kind": "finding, recommendation or quote.",
    "label": "Of a finding: its line in the review’s list.",
    "text": "The words: a finding’s section, a recommendation or a quote, as plain text.",
    "made_by": "Of a recommendation: study_authors, reviewer or other. Of a quote: named, described or document.",
    "attribution": "Who recommends or speaks, in words.",
    "source": "Of a quote: the work that it stands in.",
    "page": "Of a quote: the page or paragraph.",
    "audiences": "Of a recommendation: to whom.",
    "address": "The item in its review.",
    "cite_address": "How to cite the item.",
    "review_title": "The review.",
    "review_address": "The review’s address.",
    "review_date": "The review’s date, as year-month-day.",
    "topics": "What the review is about.",
    "studies": "The studies that the review is of.",
    "study_types": "Their kinds.",
    "dois": "Their DOIs, of those that have one.",
}


def records(items: list[Any], request: HttpRequest) -> Iterator[dict[str, Any]]:
    """Yield the record of each item, with what takes a query for all of them."""
    topics = Prefetch("review__evidence_source__topics", queryset=TopicPage.objects.listed().only("title"))
    prefetch_related_objects(items, topics)
    return (record(item, request) for item in items)


def record(item: Any, request: HttpRequest) -> dict[str, Any]:
    """Return the record of one item, with every field."""
    review = item.review
    address = review.get_full_url(request) or ""
    studies = [link.study for link in review.review_studies.all()]
    values = {
        **described(item),
        "id": item.anchor,
        "kind": item.anchor_prefix,
        "address": f"{address}#{item.anchor}",
        "cite_address": f"{address}cite/{item.anchor}/",
        "review_title": review.title,
        "review_address": address,
        "review_date": review.date.isoformat() if review.date else "",
        "topics": [topic.title for topic in review.evidence_source.topics.all()],
        "studies": [study.full_title for study in studies],
        "study_types": list(unique(study.study_type for study in studies)),
        "dois": list(unique(study.doi for study in studies)),
    }
    return {name: values.get(name, "") for name in FIELDS}


def described(item: Item) -> dict[str, Any]:
    """Return what an item says of itself."""
    if isinstance(item, Finding):
        return {"label": item.label, "text": item.text, "audiences": []}
    if isinstance(item, Quote):
        said = {"text": item.words, "made_by": item.made_by, "attribution": attribution(item)}
        return {**said, "source": item.source, "page": item.page, "audiences": []}
    audiences = [audience.name for audience in item.audiences.all()]
    return {"text": item.text, "made_by": item.made_by, "attribution": attribution(item), "audiences": audiences}


def attribution(item: Item) -> str:
    """Return who recommends or speaks, in words; empty for a finding, which is the study's."""
    if isinstance(item, Quote):
        return item.person.name if item.person else item.speaker
    return item.attribution if isinstance(item, Recommendation) else ""


def unique(texts: Iterable[str]) -> Iterable[str]:
    """Return each text once, in order, without empty ones."""
    return dict.fromkeys(filter(None, texts))
