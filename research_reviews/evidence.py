"""Writes what a published review says into rows, and takes the rows away with it."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from typing import Any

from django.db import transaction
from django.utils.html import strip_tags
from wagtail.blocks import StreamValue

from research_reviews.blocks.findings import Issue
from research_reviews.models import Credit, Finding, Quote, Recommendation, ReviewPage


def refresh(review: ReviewPage) -> None:
    """Make the rows of a review what its published body says; none where the public may not see it."""
    listed = ReviewPage.objects.listed().filter(pk=review.pk).exists()
    with transaction.atomic():
        remove(review)
        if listed:
            _write(ReviewPage.objects.get(pk=review.pk))


def remove(review: ReviewPage) -> None:
    """Take away every row of a review."""
    for model in (Quote, Finding, Recommendation, Credit):
        model.objects.filter(review_id=review.pk).delete()


def _write(review: ReviewPage) -> None:
    Credit.objects.bulk_create(_credits(review))
    order = iter(range(1_000_000))
    for block in review.body:
        if block.block_type == "findings":
            for issue in block.value.numbered_issues:
                _write_finding(review, issue, order)
        elif block.block_type == "quote":
            _write_quote(review, block.id, block.value, next(order))
        elif block.block_type == "recommendations":
            _write_recommendations(review, block.value, order)


def _credits(review: ReviewPage) -> Iterator[Credit]:
    for number, block in enumerate(review.credits):
        if person := block.value.get("person"):
            yield Credit(
                review=review,
                person=person,
                contribution=block.value["contribution"],
                descriptor=block.value.get("descriptor") or "",
                sort_order=number,
            )


def _write_finding(review: ReviewPage, issue: Issue, order: Iterator[int]) -> None:
    body: StreamValue = issue.value["body"]
    finding = Finding.objects.create(
        review=review,
        block_id=issue.block_id,
        sort_order=next(order),
        label=issue.value["label"],
        heading=issue.value.heading,
        text="\n\n".join(plain(block.value) for block in body if block.block_type == "prose"),
    )
    for block in body:
        if block.block_type == "quote":
            _write_quote(review, block.id, block.value, next(order), finding)


def _write_quote(
    review: ReviewPage, block_id: str, value: Any, sort_order: int, finding: Finding | None = None
) -> None:
    Quote.objects.create(
        review=review,
        finding=finding,
        block_id=block_id,
        sort_order=sort_order,
        words=value.bare_words,
        person=value.get("person"),
        speaker=value.speaker,
        source=value.get("source") or "",
        page=value.get("page") or "",
    )


def _write_recommendations(review: ReviewPage, value: Any, order: Iterator[int]) -> None:
    for item in value.recommendations:
        row = Recommendation.objects.create(
            review=review,
            block_id=item.block_id,
            sort_order=next(order),
            text=plain(item.value["text"]),
            made_by=value.get("made_by") or "",
            attribution=value.attribution,
        )
        row.audiences.set([audience for audience in item.value["audiences"] if audience])


def plain(prose: Any) -> str:
    """Return rich text as plain text, a blank line between paragraphs."""
    html = prose.source.replace("</p>", "</p>\n\n").replace("</li>", "</li>\n").replace("<br/>", "\n")
    return unescape(strip_tags(html)).strip()
