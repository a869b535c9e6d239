"""References as the guides of the six styles print them; tests/data/references.toml names the rules."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from research_reviews.citations.record import CitationRecord, Creator, Kind
from research_reviews.citations.styles import STYLES, cite
from research_reviews.partial_date import PartialDate
from tests.research_reviews.works import ARTICLE, MINISTRY, NG, ODESSA, POST, REPORT

STYLE = {style.name: style for style in STYLES}

GUIDES = tomllib.loads((Path(__file__).parents[1] / "data/references.toml").read_text())
WORKS = {
    "post": POST,
    "article": ARTICLE,
    "report": REPORT,
    "nameless": replace(POST, title="Does it help?", creators=()),
}
UNDATED = {
    "APA": "(n.d.)",
    "Harvard": "(no date)",
    "Chicago": "n.d.",
}


def reference(record: CitationRecord, style: str) -> str:
    """Return a reference with its italics, read as a browser would."""
    return cite(record, STYLE[style]).replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")


@pytest.mark.parametrize("work", WORKS)
@pytest.mark.parametrize("style", STYLE)
def test_a_reference_reads_as_in_the_guide_of_its_style(style: str, work: str) -> None:
    assert reference(WORKS[work], style) == GUIDES[style][work]


@pytest.mark.parametrize("style", UNDATED)
def test_what_has_no_date_says_so_where_the_style_asks_for_it(style: str) -> None:
    assert UNDATED[style] in reference(replace(REPORT, issued=None), style)


@pytest.mark.parametrize("style", STYLE)
def test_the_same_work_comes_out_the_same_whatever_was_cited_before(style: str) -> None:
    cite.cache_clear()
    first = reference(ARTICLE, style)
    cite.cache_clear()
    reference(POST, style)
    assert reference(ARTICLE, style) == first


def test_of_twenty_one_authors_apa_names_nineteen_and_the_last() -> None:
    people = tuple(Creator(f"Ann Writer{number}", f"Writer{number}", "Ann") for number in range(1, 22))
    text = reference(replace(ARTICLE, creators=people), "APA")
    assert "Writer19, A., … Writer21, A. (2023)" in text
    assert "Writer20" not in text


def test_names_without_capital_letters_keep_their_form() -> None:
    creators = (Creator("王小明", "王", "小明"), Creator("danah boyd", "boyd", "danah"), Creator("Plato"))
    text = {style: reference(replace(ARTICLE, creators=creators), style) for style in STYLE}
    assert text["APA"].startswith("王小明, boyd, D., & Plato. (2023)")
    assert text["Vancouver"].startswith("王小明, boyd D, Plato. ")
    assert text["Chicago"].startswith("王, 小明, danah boyd, and Plato. 2023. ")


def test_titles_in_other_languages_are_left_in_their_case() -> None:
    record = replace(POST, title="was hilft: ein Bericht aus drei Gefängnissen", language="de")
    assert "“was hilft: ein Bericht aus drei Gefängnissen.”" in reference(record, "Chicago")


def test_what_looks_like_markup_is_text() -> None:
    record = replace(POST, title='Listening & <script>alert("x")</script>')
    for style in STYLES:
        html = cite(record, style)
        assert "<script" not in html
        assert "&lt;" in html
        assert "&amp;" in html


def test_a_book_and_a_paper_without_a_publisher_are_cited_too() -> None:
    book = CitationRecord(Kind.BOOK, "A book of rooms", (ODESSA, NG), publisher="Sage", issued=PartialDate(2020, 2))
    paper = CitationRecord(
        Kind.DOCUMENT, "A paper", (MINISTRY,), issued=PartialDate(2020, 2), url="https://example.org/p"
    )
    assert reference(book, "APA") == "Quillfeather, O., & Ng, L. (2020). <i>A book of rooms</i>. Sage."
    assert reference(book, "OSCOLA") == "Quillfeather O and Ng L, <i>A Book of Rooms</i> (Sage 2020)"
    assert reference(paper, "OSCOLA") == "Ministry of Justice and Waiting, ‘A Paper’ (2020) <https://example.org/p>"
