"""Fills a review that is not saved yet from a draft. Asks the database nothing: Things answers."""

from __future__ import annotations

from typing import Any

from django.utils.text import slugify
from wagtail.blocks import StreamValue

from research_reviews.drafting.bodies import PLAIN_PAGE, REVIEW, body_of
from research_reviews.drafting.flat import picture
from research_reviews.drafting.markup import beginning, fitting, paragraph, plain
from research_reviews.drafting.people import unplaced, valid_handles
from research_reviews.drafting.places import Raw
from research_reviews.drafting.things import Things
from research_reviews.handles import handle_link
from research_reviews.intake.draft import CreditDraft, Draft
from research_reviews.models import ReviewPage

__all__ = ["PLAIN_PAGE", "body_of", "fill"]

TITLE, STANDFIRST, DESCRIPTOR = 255, 400, 120


def fill(review: ReviewPage, draft: Draft, things: Things) -> None:
    """Write title, address, standfirst, header image, credits and body of the draft into the review.

    The study, the topic, the key messages and the reviewer's interests are left to the caller and the editor. What no
    field holds stands in the body: before it what belongs to the title, after it what belongs to nobody.
    """
    title = plain(draft.title)
    standfirst = plain(draft.standfirst)
    review.title = beginning(title, TITLE)
    review.slug = slugify(review.title, allow_unicode=True)[:TITLE]
    review.standfirst = beginning(standfirst, STANDFIRST)
    first = [text for text, limit in ((title, TITLE), (standfirst, STANDFIRST)) if len(text) > limit]
    lead = "".join(paragraph(text) for text in first) + _header_image(review, draft, things)
    credit_blocks, rest = _credits(draft.credits, things)
    if not review.header_image_id:
        rest += paragraph(draft.image_credit.text or draft.image_credit.url, draft.image_credit.url)
    body = [
        *_loose(lead, things.block_id("lead")),
        *body_of(draft.body, things),
        *_loose(rest, things.block_id("rest")),
    ]
    review.credits = _stream(review, "credits", credit_blocks)
    review.body = _stream(review, "body", body)


def _header_image(review: ReviewPage, draft: Draft, things: Things) -> str:
    """Give the review its header image. Return what stands in the text for one that is not there."""
    image = draft.header_image or {}
    review.header_image_id = things.image(image["src"]) if image.get("src") else None
    return picture(image) if image and not review.header_image_id else ""


def _credits(credit_drafts: list[CreditDraft], things: Things) -> tuple[list[Raw], str]:
    """Return the credits as blocks, and as text what no block says: who is not there, and descriptors too long."""
    blocks: list[Raw] = []
    rest = ""
    for number, credit in enumerate(credit_drafts):
        pk = things.person(credit)
        descriptor, long_descriptor = fitting(credit.descriptor, DESCRIPTOR)
        if pk:
            value = {"person": pk, "contribution": credit.contribution, "descriptor": descriptor}
            blocks.append({"type": "credit", "id": things.block_id(f"credits.{number}"), "value": value})
        if not pk or long_descriptor:
            rest += _named(credit, with_links=not pk)
        if credit.name.strip():
            rest += "".join(paragraph(f"{credit.name}: {text}") for text in unplaced(credit))
    return blocks, rest


def _named(credit: CreditDraft, with_links: bool) -> str:
    """Return who it is in words, with the handles that no profile shows."""
    words = paragraph(", ".join(part for part in (credit.name, credit.descriptor) if part))
    if not with_links:
        return words
    handles = (handle_link(name, value) for name, value in valid_handles(credit).items())
    return words + "".join(paragraph(handle.text, handle.url) for handle in handles)


def _loose(html: str, block_id: str) -> list[Raw]:
    return [{"type": REVIEW.loose, "id": block_id, "value": {"heading": "", "body": html}}] if html else []


def _stream(review: ReviewPage, name: str, blocks: list[Raw]) -> StreamValue:
    field: Any = review._meta.get_field(name)
    return StreamValue(field.stream_block, blocks, is_lazy=True)
