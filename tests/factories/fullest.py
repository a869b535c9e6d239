"""A review in which every field and every block is filled in, as an export must carry it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

from research_reviews.models import Audience, ChosenReview, Person, ReviewPage, Study
from tests.factories import blocks
from tests.factories.images import DocumentFactory, ImageFactory
from tests.factories.pages import ReviewPageFactory, TopicPageFactory
from tests.factories.people import AudienceFactory, PersonFactory
from tests.factories.studies import StudyFactory

ORCID = "0000-0002-1825-0097"


def fullest_person() -> Person:
    """Return a person of whom everything is known."""
    person: Person = PersonFactory(
        name="Dr Ada Beispiel-Ó Súilleabháin",
        family_name="Beispiel-Ó Súilleabháin",
        orcid=ORCID,
        bio="She studies waiting rooms.\nAnd stairs.",
        website="https://ada.example/",
        photo=ImageFactory(title="Ada", file__filename="ada.jpg", file__color="maroon"),
        with_handles=True,
        linkedin="in/ada-beispiel",
    )
    return person


def fullest_study(person: Person) -> Study:
    """Return a study of which everything is known."""
    organisation = PersonFactory(name="Institute of Invented Studies", is_organisation=True, given_name="", slug="")
    study: Study = StudyFactory(
        authors=[person, organisation],
        funders=["Invented Research Council", "A foundation & friends"],
        subtitle="a mixed-methods study <em>of sorts</em>",
        publisher="Example Press",
        volume="12",
        issue="3",
        pages="1–20",
        publication_day=9,
        url="https://studies.example/waiting?a=1&b=2",
        setting="Three category B prisons",
        data_collection="March to June 2022",
        comparator="Usual care",
        limitations="One place only.",
        competing_interests="None declared",
        registration="ISRCTN00000000",
        licence="CC BY 4.0",
        lived_experience=Study.LivedExperience.CO_PRODUCED,
        retraction_status=Study.Retraction.CORRECTED,
        retraction_source="https://doi.example/notice",
        retraction_checked_at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
        field_sources={"title": {"source": "Crossref", "at": "2026-01-02T03:04:05Z", "overridden": False}},
    )
    study.funders.filter(sort_order=0).update(ror="https://ror.org/05a28rw58", award="ABC-1")
    return study


def figure(image: Any, name: str) -> blocks.RawBlock:
    """Return an image with words of its own for its place."""
    value = {"image": {"image": image.pk, "alt_text": "A wall, seen from here", "decorative": False}}
    return blocks.block("image", {**value, "caption": "<p>The <b>wall</b></p>"}, name)


def table() -> dict[str, Any]:
    """Return a table with a column of each kind."""
    columns = [{"type": kind, "heading": kind.title()} for kind in ("text", "number", "rich_text")]
    rows = [{"values": ["Listeners", 18, "<p>a <i>few</i></p>"]}, {"values": ["Staff", 9.5, "<p>more</p>"]}]
    return {"table": {"columns": columns, "rows": rows, "caption": "Who took part"}, "row_headings": True}


def fullest_body(person: Person, audience: Audience, other: ReviewPage) -> str:
    """Return one of each block, with links of each kind."""
    image = ImageFactory(title="Wall", file__filename="wall.jpg", file__color="olive")
    document = DocumentFactory(title="The paper", file__filename="the-paper.txt")
    links = (
        f'<p data-block-key="k1">See <a linktype="page" id="{other.pk}">the other</a>, '
        f'<a linktype="document" id="{document.pk}">the paper</a> and '
        '<a href="https://elsewhere.example/?a=1&amp;b=2">elsewhere</a>.</p><h3>Ünïcödé 研究</h3><ul><li>a</li></ul>'
    )
    heading = {"heading": "A heading of its own", "body": "<p>Words & more.</p>".replace("&", "&amp;")}
    quoted = blocks.quote("Nobody told me “what to do” [at night].", name="full-quote-1", person=person)
    roles = ("conclusion", "practice_implications", "limitations", "lived_experience")
    strength = {
        "scheme": "other",
        "other_scheme": "Invented scale",
        "value": "Moderate",
        "rationale": "<p>Two trials.</p>",
        "person": person.pk,
        "rater": "",
        "date": "2026-01-31",
    }
    return blocks.stream(
        blocks.block("section", {"heading": "Background", "body": links}, "full-section"),
        blocks.findings(
            blocks.issue(
                *("Training", blocks.prose(), quoted, figure(image, "full-figure-1")),
                blocks.leftover('[tip text="a & b"]', "tip"),
                own_heading="By chance",
            ),
            blocks.issue("No quiet room"),
            introduction="<p>Two issues:</p>",
            name="full-findings",
        ),
        blocks.quote("That is why I am still here.", name="full-quote-2"),
        blocks.recommendations(
            blocks.recommendation("Train before the first shift.", audience),
            blocks.recommendation("Give them a room."),
            made_by="other",
            other_body="The inspectorate",
            introduction="<p>It asks for:</p>",
            name="full-recommendations",
        ),
        *(blocks.block(role, heading, f"full-{role}") for role in roles),
        blocks.block("evidence_strength", strength, "full-strength"),
        blocks.block(
            "author_response", {"person": person.pk, "body": "<p>Thank you.</p>", "date": "2026-02-01"}, "full-response"
        ),
        figure(image, "full-figure-2"),
        blocks.block("table", table(), "full-table"),
        blocks.block("embed", {"url": "https://vimeo.com/000000", "title": "A talk", "summary": "Four\nminutes"}, "em"),
        blocks.block("download", {"document": document.pk, "title": "Read it"}, "full-download"),
        blocks.block("callout", {"heading": "What is a Listener?", "text": "<p>A trained prisoner.</p>"}, "full-call"),
        blocks.leftover('[gallery ids="7,8"]', "gallery"),
    )


def fullest_review(**fields: Any) -> ReviewPage:
    """Return a published review in which everything is filled in."""
    person, audience = fullest_person(), AudienceFactory(name="Prison staff", description="Officers")
    other = ReviewPageFactory(title="The other review")
    topics = [TopicPageFactory(title=title) for title in ("Prisons", "Health", "संवाद")]
    complete: dict[str, Any] = {
        "title": "Someone awake: “what waiting rooms” & stairs tell us",
        "slug": "someone-awake-研究",
        "topic": topics[0],
        "other_topics": topics[1:],
        "studies": [fullest_study(person), StudyFactory(publication_month=None)],
        "reviewer": person,
        "credits": blocks.stream(
            blocks.credit(person, "review_author", "academic"), blocks.credit(PersonFactory(), "interviewee")
        ),
        "body": fullest_body(person, audience, other),
        "header_image": ImageFactory(title="Header", file__filename="header.jpg", file__color="navy"),
        "listing_image": ImageFactory(title="Listing", file__filename="listing.jpg", file__color="gold"),
        "social_image": ImageFactory(title="Social", file__filename="social.jpg", file__color="crimson"),
        "listing_title": "Shorter",
        "listing_summary": "One sentence.",
        "seo_title": "For engines",
        "search_description": "What engines show.",
        "interests": "She once waited.",
        "published_on": date(2024, 5, 6),
        "first_published_at": datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC),
        "responses_open": False,
    }
    review: ReviewPage = ReviewPageFactory(**{**complete, **fields})
    review.chosen_reviews = [ChosenReview(chosen=other)]
    review.save_revision().publish()
    return ReviewPage.objects.get(pk=review.pk)


def contents(stream: Any) -> Any:
    """Return the stored form of a stream."""
    return json.loads(json.dumps(list(stream.raw_data)))
