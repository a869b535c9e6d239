"""Each sample becomes what it says."""

from __future__ import annotations

import pytest
from django.utils import translation

from research_reviews.intake.words import words
from tests.research_reviews.intake.reading_samples import (
    SAMPLES,
    block,
    chrome,
    issues,
    kinds,
    structured,
    word_document,
)

NAMES = sorted(path.name for path in SAMPLES.iterdir())


@pytest.mark.parametrize("name", NAMES)
def test_every_word_of_a_sample_is_in_its_draft_or_reported(name: str) -> None:
    counted = structured(name).report.words
    assert counted.lost == counted.invented == []
    assert counted.total == counted.in_draft + counted.left_out + len(counted.marks)


def test_a_page_copied_from_chrome() -> None:
    draft = structured("chrome_copy_of_a_page.txt")
    assert draft.title == "The challenges of peer support in prison"
    assert draft.standfirst.startswith("New research explores how peer supporters")
    assert draft.study.published == "2023-05-25"
    assert draft.study.said.startswith("A recently published (25 May 2023) study on peer support in prisons")
    assert [(one.name, one.descriptor, one.handles) for one in draft.credits] == [
        ("Dr Ada Example", "academic", {"x": "adaexample"}),
        ("Ben Invented", "former prisoner", {"x": "beninvented"}),
        ("Cy Sample", "peer mentor", {"x": "cysample"}),
        ("Dee Fictional", "", {"x": "deefictional"}),
    ]
    assert issues(draft) == [
        ("Inconsistent training", "", True),
        ("Staff who do not understand the role", "A lack of staff awareness", True),
        ("Nowhere private to talk", "Space", True),
        ("No recognition", "", False),
    ]
    first = block(draft, "findings")["issues"][0]["body"][1]
    assert first["value"]["words"] == "I had one afternoon with a flip chart and then I was on the wing."
    assert first["value"]["who"] == "Participant 12"
    assert kinds(draft) == ["section", "findings", "conclusion", "recommendations", "section"]
    recommended = block(draft, "recommendations")
    assert recommended["made_by"] == "study_authors"
    assert [item["audiences"] for item in recommended["items"]] == [["Prison governors"], [], ["Commissioners"]]
    assert draft.image_credit.text.startswith("Thanks to Jane Sample for kind permission")
    assert chrome(draft) == {
        "menu", "search", "share", "related", "comments", "sponsor", "subscribe", "footer", "other",
    }  # fmt: skip
    sponsor = next(piece.text for piece in draft.report.chrome if piece.kind == "sponsor")
    assert sponsor == "Prison posts are kindly sponsored by Invented Services"


def test_indents_and_numbers_of_firefox() -> None:
    draft = structured("firefox_copy.txt")
    assert draft.title == "Peer support behind bars"
    assert draft.study.published == "2023-05-25"
    assert [one.name for one in draft.credits] == [
        "Dr Ada Example", "Ben Invented", "Cy Sample", "Dr Dee Fictional", "Eve Made-Up",
    ]  # fmt: skip
    assert draft.credits[3].orcid == "0000-0002-1825-0097"
    assert draft.credits[4].handles == {"mastodon": "eve@social.example"}
    assert issues(draft) == [
        ("Inconsistent training", "Training that varies", True),
        ("Lack of time", "Not enough hours in the day", True),
        ("Safety", "Feeling safe", True),
        ("Boundaries", "", True),
        ("The future", "", False),
    ]
    unsure = [guess.where for guess in draft.report.guesses if guess.certainty == "unsure"]
    assert "body.1.issues.2.body.1" in unsure
    assert "opens in a new tab" not in str(draft.body)
    assert draft.image_credit.url == "https://jane.example/photos"


def test_tabs_of_safari_and_a_date_without_a_year() -> None:
    draft = structured("safari_copy.txt")
    assert draft.study.published == "2023-06-03"
    assert [one.descriptor for one in draft.credits] == ["academic", "mentor"]
    assert [label for label, _own, has_body in issues(draft) if has_body] == [
        "Trust takes time", "Staff matter", "Life after release",
    ]  # fmt: skip
    assert block(draft, "recommendations")["introduction"] == "<p>The authors recommend that:</p>"
    assert [item["audiences"] for item in block(draft, "recommendations")["items"]] == [
        ["Prison staff"], ["Commissioners"], ["Policymakers"],
    ]  # fmt: skip
    assert draft.image_credit.text == "Header image: Photo by Pat Sample on Unsplash"
    assert kinds(draft)[-1] == "conclusion"


def test_a_saved_page_of_wordpress() -> None:
    draft = structured("wordpress_page.html")
    assert draft.title == "Peer support in prison"
    assert draft.study.doi == "10.5555/peer.2023.1"
    assert draft.study.title == "The promise and limits of peer support in custody"
    assert issues(draft)[1] == ("Lack of awareness", "", False)
    assert draft.image_credit.url == "https://jane.example/work"
    assert draft.header_image is not None
    assert draft.header_image["src"] == "https://blog.example/h.jpg"
    assert {"search", "share", "related", "comments", "sponsor", "cookies", "menu", "footer"} <= chrome(draft)
    sponsor = next(piece for piece in draft.report.chrome if piece.kind == "sponsor")
    assert sponsor.links == [("Invented Services", "https://s.example")]
    assert "secret" not in str(draft.as_json())
    assert block(draft, "recommendations")["made_by"] == "reviewer"
    assert kinds(draft)[-2:] == ["embed", "download"]
    assert "a = 1<br>" in block(draft, "conclusion")["body"]


def test_a_german_page() -> None:
    draft = structured("german.html")
    assert draft.study.published == "2024-03-03"
    assert [one.name for one in draft.credits] == ["Ada Beispiel", "Ben Erfunden"]
    assert issues(draft) == [
        ("Fehlende Schulung", "Schulungen fehlen", True),
        ("Kein Raum", "Räume", True),
        ("Anerkennung", "", False),
    ]
    assert block(draft, "findings")["issues"][0]["body"][1]["value"]["who"] == "Gefangener, 34"
    assert draft.image_credit.text == "Titelbild: Pat Muster"


def test_sections_whose_words_differ_from_the_list_are_found_by_their_place() -> None:
    draft = structured("words_differ.md")
    assert issues(draft) == [
        ("Confidence grows slowly", "Becoming sure of oneself", True),
        ("Teachers need time", "No minute to spare", True),
        ("Books that look like home", "Familiar faces", True),
        ("Parents", "", False),
    ]
    assert kinds(draft)[2:] == ["limitations", "practice_implications", "lived_experience", "recommendations"]
    assert draft.study.doi == "10.5555/read.1"


def test_a_quote_mark_may_be_missing() -> None:
    draft = structured("one_mark.txt")
    quotes = [one.value for one in draft.body if one.type == "quote"]
    assert [(one["words"][:24], one["who"]) for one in quotes] == [
        ("You look at the door and", "Participant 7"),
        ("It is the not knowing th", "Interviewee, HMP Invented"),
    ]
    assert quotes[0]["words"].endswith("say or shout.")
    assert "He said that “care” and “control”" in draft.body[-1].value["body"]


def test_handles_of_every_network_however_they_are_written() -> None:
    named = structured("handles.txt").credits
    assert [(one.name, one.descriptor, one.handles or one.orcid) for one in named] == [
        ("Dr Ada Example", "academic", {"x": "adaexample"}),
        ("Ben Invented", "former prisoner", {"x": "beninvented"}),
        ("Prof. Cy Sample", "", {"linkedin": "in/cysample"}),
        ("Dee O’Fictional", "peer mentor", {"mastodon": "dee@social.example"}),
        ("Eve van Made", "former governor", {"bluesky": "eve.example"}),
        ("Fay Sample", "fay@sample.example", "0000-0002-1825-0097"),
        ("The Sample Trust", "", {"x": "sampletrust"}),
    ]
    assert named[-1].is_organisation


def test_issues_listed_within_a_sentence() -> None:
    draft = structured("issues_within_a_sentence.txt")
    assert issues(draft) == [
        ("the bell that nobody answers", "", True),
        ("the long wait for the doctor", "The long wait", True),
    ]


def test_issues_that_only_headings_name() -> None:
    draft = structured("no_levels.txt")
    assert [label for label, _own, _body in issues(draft)] == ["The first thing", "The second thing"]
    assert kinds(draft) == ["section", "findings", "conclusion"]


def test_a_clean_document_keeps_lists_boxes_and_another_body() -> None:
    draft = structured("clean.html")
    assert draft.study.url == "https://example.org/study"
    assert draft.study.title == "The long corridor"
    recommended = [one.value for one in draft.body if one.type == "recommendations"]
    assert [one["other_body"] for one in recommended] == ["National Inspectorate of Wards"] * 2
    assert recommended[1]["items"][0]["audiences"] == ["Commissioners"]
    assert block(draft, "callout") == {"heading": "What is a ward?", "text": "<p>A room.</p>"}
    assert block(draft, "quote")["page"] == "p. 14"
    written = str(draft.as_json())
    assert "javascript" not in written
    assert "onclick" not in written
    assert "<ul><li>a<ul><li>b</li></ul></li></ul>" in written


def test_a_text_in_which_nothing_is_found_is_kept_whole() -> None:
    draft = structured("nothing_to_find.txt")
    assert (draft.title, draft.standfirst, draft.credits, draft.study.said) == ("", "", [], "")
    assert kinds(draft) == ["section"]
    assert "title" in [guess.where for guess in draft.report.guesses]


def test_nearly_nothing() -> None:
    draft = structured("nearly_empty.txt")
    assert (draft.title, draft.body) == ("Only a title", [])
    assert structured("empty.txt", b"").body == []


def test_a_word_document() -> None:
    content = word_document(
        ("Title", "A written review"),
        ("Normal", "A new report, published in May 2021, looks at nurses."),
        ("H2", "Findings"),
        ("Normal", "The authors identify two key issues:"),
        ("Normal", "1. Time"),
        ("Normal", "2. Shoes"),
        ("H2", "Time"),
        ("Normal", "There is none."),
        ("Quote", "“I never sit."),
        ("H2", "Conclusion"),
        ("Normal", "Sit down."),
    )
    draft = structured("a.docx", content)
    assert draft.title == "A written review"
    assert draft.study.published == "2021-05"
    assert issues(draft) == [("Time", "", True), ("Shoes", "", False)]
    assert block(draft, "findings")["issues"][0]["body"][1]["value"]["words"] == "I never sit."
    assert words("I never sit.") == ["i", "never", "sit"]


def test_texts_are_marked_for_translation() -> None:
    with translation.override("de"):
        assert structured("nothing_to_find.txt").report.guesses
