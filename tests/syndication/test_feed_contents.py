"""The text of a review as feed readers show it: whole, and without anything that works on our pages alone."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from research_reviews.models import ReviewPage, Study
from tests.factories import (
    AudienceFactory,
    DocumentFactory,
    ImageFactory,
    PersonFactory,
    ReviewPageFactory,
    SponsorFactory,
    SponsorshipFactory,
    StudyFactory,
    TopicPageFactory,
    block_id,
    blocks,
)
from tests.reading import every, links, words
from tests.syndication.feed_rules.values import html as faults
from tests.syndication.feeds import html_of

pytestmark = pytest.mark.django_db

ROOT = "http://localhost"


def text(**review: object) -> BeautifulSoup:
    ReviewPageFactory(**review)
    written = html_of()
    assert list(faults(written)) == []
    return BeautifulSoup(written, "html.parser")


def test_the_whole_review_is_there() -> None:
    page = words(text(audience=AudienceFactory(name="Prison staff")))
    for said in (
        "A study of people who wait. It finds that a chair by the window matters.",
        "Image: Ines Inventada",
        "Review author: Ada",
        "(editor)",
        "An invented study of waiting rooms",
        "Sample 37 people",
        "Funded by Invented Research Council",
        "Peer support helps most where the supporters are supported.",
        "Little is known about it.",
        "1. Training by chance",
        "Nobody told me what to do at night.",
        "– Participant 7, The study, main findings, p. 14.",
        "Made by: The study’s authors",
        "Train before the first shift. For: Prison staff.",
        "It works where it is prepared.",
        "The reviewer’s interests None",
    ):
        assert said in page


def test_findings_quotes_and_recommendations_lead_to_their_place_on_the_site() -> None:
    page = text()
    address = f"{ROOT}{ReviewPage.objects.get().url}"
    led = links(page)
    assert led["Inconsistent training"] == f"{address}#finding-{block_id('finding-training')}"
    assert led["1. Training by chance"] == f"{address}#finding-{block_id('finding-training')}"
    assert led["No quiet room"] == f"{address}#finding-{block_id('finding-room')}"
    assert led["Link to this quote"] == f"{address}#quote-{block_id('quote-here')}"
    assert led["Link to this recommendation"] == f"{address}#recommendation-{block_id('recommendation-room')}"
    assert led["This review at Research Reviews"] == address


def test_every_block_can_be_read_elsewhere() -> None:
    person, image, document = PersonFactory(name="Dr Who"), ImageFactory(), DocumentFactory(title="A paper")
    hostile = '<a href="javascript:alert(1)">x</a><script>alert(1)</script><p onclick="x()" style="color:red">Plain</p>'
    linked = f'<p><a linktype="page" id="{TopicPageFactory().pk}">A topic</a></p>'
    document_link = f'<p><a linktype="document" id="{document.pk}">The paper itself</a></p>'
    table = {
        "caption": "Who took part",
        "columns": [{"type": "text", "heading": "Group"}, {"type": "number", "heading": "People"}],
        "rows": [{"values": ["Listeners", 18]}],
    }
    film = {"url": "https://www.youtube.com/watch?v=abcdefghijk", "title": "A film", "summary": "Four minutes."}
    body = blocks.stream(
        blocks.section("Hostile", hostile),
        blocks.section("Linked", linked + document_link),
        blocks.block("image", {"image": {"image": image.pk, "alt_text": "A wing", "decorative": False}}),
        blocks.block("table", {"table": table, "row_headings": True}),
        blocks.block("embed", film),
        blocks.block("download", {"document": document.pk, "title": ""}),
        blocks.block("download", {"document": None, "title": "Gone"}),
        blocks.block("callout", {"heading": "Help", "text": "<p>Call somebody.</p>"}),
        blocks.block("author_response", {"person": person.pk, "body": "<p>Thank you.</p>", "date": "2026-01-31"}),
        blocks.quote("I was there.", person=person, source="", page=""),
        blocks.block("evidence_strength", {"scheme": "grade", "value": "Low", "rationale": "<p>Few.</p>"}),
    )
    page = text(body=body)
    assert "alert" not in str(page)
    assert words(page).count("Plain") == 1
    assert page.select("[style], [onclick], [class], [id], script, form, button, iframe") == []
    led = links(page)
    assert led["A topic"].startswith(f"{ROOT}/topics/")
    assert led["A paper"] == led["The paper itself"] == f"{ROOT}{document.url}"
    assert led["A film"] == film["url"]
    assert led["Dr Who"] == f"{ROOT}{person.get_absolute_url()}"
    assert every(page, "td, th") == ["Group", "People", "Listeners", "18"]
    assert [str(img["src"])[: len(ROOT) + 14] for img in page.select("img")] == [f"{ROOT}/media/images/"] * 2
    for said in ("Four minutes.", "Call somebody.", "Thank you.", "31 January 2026", "GRADE", "Who took part"):
        assert said in words(page)
    assert "Gone" not in words(page)


def test_what_has_become_of_a_study_comes_first() -> None:
    study = StudyFactory(
        title="Withdrawn", retraction_status=Study.Retraction.RETRACTED, retraction_source="https://journal.example/n"
    )
    page = text(studies=[study])
    assert words(page).startswith("This study has been retracted. Do not rely on its findings.")
    assert links(page)["Read the publisher’s notice"] == "https://journal.example/n"


def test_a_review_of_no_study_says_why() -> None:
    assert "An overview of five years." in words(text(studies=[], no_study_reason="An overview of five years."))


def test_the_sponsor_is_named_as_such_and_a_tie_to_the_study_as_well() -> None:
    topic = TopicPageFactory(title="Prison")
    sponsor = SponsorFactory(name="Candle Trust", website="https://candle.example/", tagline="Light")
    SponsorshipFactory(topic=topic, sponsor=sponsor)
    page = text(topic=topic, studies=[StudyFactory(funders=["Candle Trust"])])
    assert "Sponsored: Prison posts are sponsored by Candle Trust Light" in words(page)
    assert words(page).startswith("Candle Trust, which sponsors this topic, helped to pay for the study.")
    (link,) = page.select("a[rel=sponsored]")
    assert link["href"] == "https://candle.example/"
    assert links(page)["How sponsoring works here"] == f"{ROOT}{reverse('sponsors:ledger')}"


def test_without_a_sponsor_nothing_is_said_of_one() -> None:
    assert "ponsor" not in words(text())


def test_a_picture_whose_file_is_gone_leaves_the_feed_as_it_is() -> None:
    image = ImageFactory()
    image.file.storage.delete(image.file.name)
    page = text(header_image=image)
    assert page.select("img") == []
    assert "The reviewer’s interests" in words(page)
