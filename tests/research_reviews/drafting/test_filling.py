"""A draft fills a review: in the form that blocks store, with every word in it, and fit to be published."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pytest

from research_reviews.drafting.filling import PLAIN_PAGE, body_of, fill
from research_reviews.intake.draft import BlockDraft, CreditDraft, Draft, ImageCredit
from research_reviews.models import ReviewPage

pytestmark = pytest.mark.django_db


class Known:
    """Things that know people, audiences, images and documents by the tables given."""

    def __init__(self, **tables: dict[str, int]) -> None:
        self.tables = tables

    def person(self, credit: CreditDraft) -> int | None:
        return self.tables.get("people", {}).get(credit.name)

    def audience(self, name: str) -> int | None:
        return self.tables.get("audiences", {}).get(name)

    def image(self, src: str) -> int | None:
        return self.tables.get("images", {}).get(src)

    def document(self, url: str) -> int | None:
        return self.tables.get("documents", {}).get(url)

    def block_id(self, path: str) -> str:
        return str(uuid5(NAMESPACE_URL, path))


ISSUES = [
    {"label": "Inconsistent training", "own_heading": "", "body": [{"type": "prose", "value": "<p>Two hours.</p>"}]},
    {"label": "No quiet room", "own_heading": "", "body": []},
]
FINDINGS = BlockDraft("findings", {"heading": "Key issues", "introduction": "Two stand out:", "issues": ISSUES})


def filled(draft: Draft, **tables: dict[str, int]) -> ReviewPage:
    review = ReviewPage()
    fill(review, draft, Known(**tables))
    return review


def stored(block: BlockDraft, **tables: dict[str, int]) -> list[dict[str, Any]]:
    return body_of([block], Known(**tables))


def text_in(value: Any) -> str:
    """Every text in stored blocks, as words."""
    if isinstance(value, dict):
        return " ".join(text_in(part) for name, part in value.items() if name not in ("id", "type"))
    if isinstance(value, list):
        return " ".join(text_in(part) for part in value)
    return unescape(re.sub(r"<[^>]*>", " ", value)) if isinstance(value, str) else ""


def test_a_draft_becomes_title_address_standfirst_and_blocks_with_ids_from_their_paths() -> None:
    review = filled(Draft(title=" Peer  support\nin prisons ", standfirst="What helps.", body=[FINDINGS]))

    assert (review.title, review.slug, review.standfirst) == (
        "Peer support in prisons",
        "peer-support-in-prisons",
        "What helps.",
    )
    (block,) = review.body.raw_data
    assert block["id"] == str(uuid5(NAMESPACE_URL, "body.0"))
    assert [item["id"] for item in block["value"]["issues"]] == [
        str(uuid5(NAMESPACE_URL, f"body.0.issues.{number}")) for number in (0, 1)
    ]
    assert block["value"]["introduction"] == "<p>Two stand out:</p>"
    assert review.body[0].value.numbered_issues[0].value["body"][0].value.source == "<p>Two hours.</p>"


def test_people_are_credited_in_order_and_those_who_are_nobody_here_stay_in_the_text() -> None:
    named = [
        CreditDraft("Ada Example", "academic", handles={"x": "ada"}),
        CreditDraft("Nobody Here", "former prisoner", handles={"x": "nobody"}),
        CreditDraft("Ben Example", "d" * 130, "review_author"),
    ]

    review = filled(Draft(title="T", credits=named), people={"Ada Example": 7, "Ben Example": 9})

    values = [block["value"] for block in review.credits.raw_data]
    assert values == [
        {"person": 7, "contribution": "study_author", "descriptor": "academic"},
        {"person": 9, "contribution": "review_author", "descriptor": ""},
    ]
    (rest,) = review.body.raw_data
    assert rest["type"] == "section"
    assert (
        '<p>Nobody Here, former prisoner</p><p><a href="https://x.com/nobody">@nobody</a></p>' in rest["value"]["body"]
    )
    assert f"Ben Example, {'d' * 130}" in rest["value"]["body"]


@pytest.mark.parametrize(
    "block",
    [
        BlockDraft("section", {"heading": "w " * 150 + "end", "body": "<p>text</p>"}),
        BlockDraft("conclusion", {"heading": "w " * 150 + "end", "body": "<p>text</p>"}),
        BlockDraft(
            "findings", {"heading": "h " * 150 + "end", "introduction": "", "issues": [{"label": "x " * 150 + "tail"}]}
        ),
        BlockDraft("findings", {"heading": "h", "issues": [{"label": "short", "own_heading": "x " * 150 + "tail"}]}),
        BlockDraft(
            "quote",
            {"words": "words", "who": "a " * 150 + "who", "source": "b " * 150 + "source", "page": "c " * 30 + "page"},
        ),
        BlockDraft(
            "recommendations",
            {
                "heading": "h",
                "made_by": "other",
                "other_body": "o " * 150 + "body",
                "items": [{"text": "do", "audiences": []}],
            },
        ),
        BlockDraft("embed", {"url": "https://video.example/1", "title": "t " * 150 + "title", "summary": "s"}),
        BlockDraft("download", {"url": "/a.pdf", "title": "t " * 150 + "title"}),
        BlockDraft("callout", {"heading": "c " * 80 + "heading", "text": "<p>text</p>"}),
    ],
    ids=lambda block: block.type,
)
def test_what_is_too_long_for_its_field_is_kept_whole_beside_it(block: BlockDraft) -> None:
    made = stored(block, documents={"/a.pdf": 3})

    words = {word for word in re.findall(r"\w+", text_in(block.value)) if word not in ("other", "pdf")}
    found = set(re.findall(r"\w+", text_in(made)))
    assert words - {"a"} <= found, words - found
    assert_within_limits(made)


def assert_within_limits(blocks: list[dict[str, Any]]) -> None:
    stream = ReviewPage._meta.get_field("body").stream_block
    stream.clean(stream.to_python([block for block in blocks if block["type"] != "download"]))


def test_a_title_and_a_standfirst_that_are_too_long_begin_the_text_whole() -> None:
    title, standfirst = "word " * 80 + "last", "sentence " * 80 + "end"

    review = filled(Draft(title=title, standfirst=standfirst, body=[FINDINGS]))

    assert len(review.title) <= 255
    assert review.title.endswith("word…")
    assert len(review.standfirst) <= 400
    first = review.body.raw_data[0]
    assert first["value"] == {"heading": "", "body": f"<p>{title}</p><p>{standfirst}</p>"}


def test_an_image_that_is_here_is_a_figure_and_one_that_is_not_stays_as_a_link() -> None:
    value = {
        "src": "https://old.example/a.png",
        "alt": "A cell",
        "caption": "The <i>wing</i>",
        "credit": "Photo: A",
        "link": "https://old.example/big",
    }

    (figure,) = stored(BlockDraft("image", value), images={"https://old.example/a.png": 5})
    (text,) = stored(BlockDraft("image", value))

    assert figure["value"]["image"] == {"image": 5, "decorative": False, "alt_text": "A cell"}
    assert figure["value"]["caption"].startswith("<p>The <i>wing</i></p><p>Photo: A</p>")
    assert text["type"] == "section"
    assert '<a href="https://old.example/a.png">A cell</a>' in text["value"]["body"]
    assert "Photo: A" in text["value"]["body"]


def test_an_address_that_runs_a_script_is_never_a_link() -> None:
    (text,) = stored(BlockDraft("image", {"src": "javascript:alert(1)", "alt": "A cell"}))
    (embed,) = stored(BlockDraft("embed", {"url": "javascript:alert(1)", "title": "A film"}))

    assert text["value"]["body"] == "<p>A cell</p>"
    assert embed["value"]["body"] == "<p>A film</p>"


def test_a_table_is_stored_by_columns_and_its_ragged_rows_are_filled_up() -> None:
    value = {
        "caption": "Who",
        "headings": ["Group", "People"],
        "rows": [["Staff", "<b>9</b>", "extra &amp; more"], ["Listeners"]],
        "row_headings": True,
    }

    (table,) = stored(BlockDraft("table", value))

    assert table["value"]["table"] == {
        "caption": "Who",
        "columns": [
            {"type": "text", "heading": "Group"},
            {"type": "rich_text", "heading": "People"},
            {"type": "text", "heading": ""},
        ],
        "rows": [{"values": ["Staff", "<p><b>9</b></p>", "extra & more"]}, {"values": ["Listeners", "", ""]}],
    }
    assert table["value"]["row_headings"] is True


def test_audiences_that_are_here_are_chosen_once_each() -> None:
    items = [{"type": "item", "value": {"text": "Train staff.", "audiences": ["Staff", "Staff", "Martians"]}}]

    (block,) = stored(
        BlockDraft("recommendations", {"heading": "", "made_by": "study_authors", "items": items}),
        audiences={"Staff": 4},
    )

    assert block["value"]["heading"] == "Recommendations"
    (item,) = block["value"]["items"]
    assert item["value"]["text"] == "<p>Train staff.</p>"
    assert [audience["value"] for audience in item["value"]["audiences"]] == [4]


def test_lists_in_a_field_of_paragraphs_become_paragraphs() -> None:
    items = [{"text": "<p>Do:</p><ul><li>one<ul><li>two</li></ul></li><li>three</li></ul>", "audiences": []}]

    (block,) = stored(BlockDraft("recommendations", {"heading": "", "made_by": "", "items": items}))

    assert block["value"]["items"][0]["value"]["text"] == "<p>Do:</p><p>one</p><p>two</p><p>three</p>"


def test_a_block_that_the_page_has_not_becomes_text_with_all_its_words() -> None:
    blocks = [
        FINDINGS,
        BlockDraft("quote", {"words": "Nobody came.", "who": "A prisoner", "source": "", "page": "p. 3"}),
        BlockDraft("poem", {"heading": "Ode", "lines": ["<p>Oh</p>"]}),
    ]

    body = body_of(blocks, Known(), shelf=PLAIN_PAGE)

    assert {block["type"] for block in body} == {"prose"}
    assert "Inconsistent training" in body[0]["value"]
    assert body[1]["value"] == "<p>Nobody came.</p><p>— A prisoner, p. 3</p>"
    assert body[2]["value"] == "<p><b>Ode</b></p><p>Oh</p>"


def test_findings_and_recommendations_without_items_and_empty_blocks_are_text_or_nothing() -> None:
    (findings,) = stored(
        BlockDraft("findings", {"heading": "Key findings", "introduction": "<p>None.</p>", "issues": []})
    )
    (heading,) = stored(BlockDraft("section", {"heading": "Method", "body": ""}))

    assert findings["value"] == {"heading": "Key findings", "body": "<p>None.</p>"}
    assert heading["value"] == {"heading": "", "body": "<p><b>Method</b></p>"}
    assert stored(BlockDraft("section", {"heading": "", "body": " "})) == []


def test_the_image_credit_is_kept_where_the_header_image_is_not_here() -> None:
    draft = Draft(
        title="T",
        header_image={"src": "/a.jpg", "alt": "A door"},
        image_credit=ImageCredit("Photo: B", "https://b.example/"),
    )

    without, with_image = filled(draft), filled(draft, images={"/a.jpg": 8})

    assert [block["value"]["body"] for block in without.body.raw_data] == [
        '<p><a href="/a.jpg">A door</a></p>',
        '<p><a href="https://b.example/">Photo: B</a></p>',
    ]
    assert with_image.header_image_id == 8
    assert list(with_image.body.raw_data) == []


def test_a_title_in_another_script_and_one_without_letters_are_kept() -> None:
    assert filled(Draft(title="Взаимопомощь в тюрьме")).slug == "взаимопомощь-в-тюрьме"
    assert filled(Draft(title="???")).title == "???"
    assert filled(replace(Draft(), title="")).title == ""
