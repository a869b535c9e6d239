"""What a browser sends when an editor saves a review, block by block."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from core.rich_text import INLINE_FEATURES, PROSE_FEATURES
from images.models import CustomImage
from research_reviews.models import Audience, Person, Study


def prose_input(html: str = "<p>What the study says of it.</p>", *, short: bool = False) -> str:
    """Return rich text as the editor sends it."""
    text: str = rich_text(html, features=INLINE_FEATURES if short else PROSE_FEATURES)
    return text


def list_input(*values: Any) -> dict[str, Any]:
    """Return a list block as the editor sends it."""
    data: dict[str, Any] = streamfield([("item", value) for value in values])
    return data


def quote_input(words: str = "Somebody listened to me.", **value: Any) -> dict[str, Any]:
    """Return a quote as the editor sends it."""
    return {"words": words, "person": "", "who": "Participant 7", "source": "The study", "page": "p. 14", **value}


def issue_input(label: str = "Inconsistent training", *body: tuple[str, Any]) -> dict[str, Any]:
    """Return an issue as the editor sends it."""
    return {"label": label, "own_heading": "", "body": streamfield(body)}


def findings_input(*issues: dict[str, Any]) -> tuple[str, Any]:
    """Return a block of findings as the editor sends it."""
    value = {"heading": "Key findings", "introduction": prose_input("", short=True), "issues": list_input(*issues)}
    return ("findings", value)


def figure_input(image: CustomImage | None, **value: Any) -> dict[str, Any]:
    """Return an image with its caption as the editor sends it."""
    chosen = {"image": image.pk if image else "", "alt_text": "A teal wall" if image else "", **value}
    return {"image": chosen, "caption": prose_input("", short=True)}


def table_input(*headings: str, caption: str = "") -> dict[str, Any]:
    """Return a table of one row as the editor sends it."""
    columns = {
        str(place): {"type": "text", "heading": heading, "order": str(place), "deleted": ""}
        for place, heading in enumerate(headings)
    }
    row = {str(place): f"About {heading}" for place, heading in enumerate(headings)}
    return {
        "caption": caption,
        "column": {"count": str(len(columns)), **columns},
        "row": {"count": "1" if headings else "0", "0": {"order": "0", "deleted": ""}},
        "cell": {"0": row},
    }


def every_block(person: Person, audience: Audience, image: CustomImage, document_id: int) -> list[tuple[str, Any]]:
    """Return one of each block that a body can hold, filled in."""
    section = {"heading": "Background", "body": prose_input()}
    return [
        ("section", section),
        findings_input(
            issue_input("Inconsistent training", ("prose", prose_input()), ("quote", quote_input())),
            issue_input("No quiet room", ("image", figure_input(image))),
        ),
        ("quote", quote_input("That is why I am still here.", person=person.pk)),
        (
            "recommendations",
            {
                "heading": "Recommendations",
                "made_by": "study_authors",
                "other_body": "",
                "introduction": prose_input("", short=True),
                "items": list_input(
                    {"text": prose_input("<p>Train them.</p>", short=True), "audiences": list_input(audience.pk)}
                ),
            },
        ),
        *((name, section) for name in ("conclusion", "practice_implications", "limitations", "lived_experience")),
        (
            "evidence_strength",
            {
                "scheme": "grade",
                "other_scheme": "",
                "value": "Moderate",
                "rationale": prose_input(),
                "person": person.pk,
                "rater": "",
                "date": "2026-01-31",
            },
        ),
        ("author_response", {"person": person.pk, "body": prose_input(), "date": ""}),
        ("image", figure_input(image)),
        ("table", {"table": table_input("Group", "People", caption="Who took part"), "row_headings": "on"}),
        ("embed", {"url": "https://www.youtube.com/watch?v=invented", "title": "A talk", "summary": ""}),
        ("download", {"document": document_id, "title": ""}),
        ("callout", {"heading": "What is a Listener?", "text": prose_input("<p>A trained prisoner.</p>")}),
        ("leftover", {"name": "contact-form-7", "source": '[contact-form-7 id="12"]'}),
    ]


def every_block_empty() -> list[tuple[str, Any]]:
    """Return one of each block as it is when an editor has just added it."""
    section = {"heading": "", "body": prose_input("")}
    recommendation = {"text": prose_input("", short=True), "audiences": list_input("")}
    return [
        ("section", section),
        findings_input(issue_input("", ("prose", prose_input("")), ("quote", empty(quote_input())))),
        findings_input(),
        ("quote", empty(quote_input())),
        (
            "recommendations",
            {
                "heading": "",
                "made_by": "",
                "other_body": "",
                "introduction": prose_input("", short=True),
                "items": list_input(recommendation),
            },
        ),
        *((name, section) for name in ("conclusion", "practice_implications", "limitations", "lived_experience")),
        (
            "evidence_strength",
            {
                **dict.fromkeys(("scheme", "other_scheme", "value", "person", "rater", "date"), ""),
                "rationale": prose_input(""),
            },
        ),
        ("author_response", {"person": "", "body": prose_input(""), "date": ""}),
        ("image", figure_input(None)),
        ("table", {"table": table_input()}),
        ("embed", {"url": "", "title": "", "summary": ""}),
        ("download", {"document": "", "title": ""}),
        ("callout", {"heading": "", "text": prose_input("")}),
        ("leftover", {"name": "", "source": ""}),
    ]


def empty(value: dict[str, Any]) -> dict[str, Any]:
    """Return the fields with nothing in them."""
    return dict.fromkeys(value, "")


def credit_input(person: Person | None, contribution: str = "review_author") -> tuple[str, Any]:
    """Return a credit as the editor sends it."""
    return ("credit", {"person": person.pk if person else "", "contribution": contribution, "descriptor": ""})


def draft_form(title: str = "Only a title", **fields: Any) -> dict[str, Any]:
    """Return the form of a review in which nothing but the title and the given fields is filled in."""
    empty_fields: dict[str, Any] = dict.fromkeys(
        (
            *("slug", "standfirst", "header_image", "topic", "no_study_reason", "interests", "published_on"),
            *("seo_title", "search_description", "listing_title", "listing_summary", "listing_image", "social_image"),
            *("go_live_at", "expire_at"),
        ),
        "",
    )
    streams = {name: streamfield([]) for name in ("credits", "key_messages", "body")}
    formsets = {name: inline_formset([]) for name in ("review_studies", "chosen_reviews", "comments")}
    data: dict[str, Any] = nested_form_data({**empty_fields, **streams, **formsets, "title": title, **fields})
    return data


def review_form(study: Study, topic: Page | None, reviewer: Person, **fields: Any) -> dict[str, Any]:
    """Return the form of a review that can be published."""
    complete = {
        "title": "Someone awake",
        "slug": "someone-awake",
        "standfirst": "A study of people who wait.",
        "topic": topic.pk if topic else "",
        "review_studies": inline_formset([{"study": study.pk, "id": ""}]),
        "credits": streamfield([credit_input(reviewer)]),
        "key_messages": streamfield([("message", "Support the supporters."), ("message", "Train them.")]),
        "body": streamfield([findings_input(issue_input("Inconsistent training", ("prose", prose_input())))]),
        "interests": "None",
        "responses_open": "on",
    }
    return draft_form(**{**complete, **fields})
