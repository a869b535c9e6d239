"""Whatever a document holds, every word of it is in the draft or in the report, and no other."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from research_reviews.intake.draft import BlockDraft, Draft
from research_reviews.intake.errors import IntakeError
from research_reviews.intake.node_text import text_in
from research_reviews.intake.nodes import (
    CallOut,
    Code,
    Document,
    Download,
    EmbedNode,
    Heading,
    ListNode,
    Node,
    Paragraph,
    Picture,
    Quotation,
    TableNode,
    Unknown,
)
from research_reviews.intake.reading import read
from research_reviews.intake.structure import structure
from research_reviews.intake.words import Ledger, check, count, words

PIECES = (
    "Findings",
    "Recommendations",
    "The authors identify three key issues:",
    "We recommend that:",
    "1. Training",
    "2. Time",
    "• a bullet",
    "“A quote without an end, and so on",
    "and one without a beginning.”",
    "(Participant 4)",
    "— Prisoner, HMP Invented",
    "Dr Ada Example (@ada), academic",
    "Ben Invented@ben",
    "@eve@social.example",
    "A study (published 25 May 2023) by Ada Example and Ben Invented on “Peer support in invented prisons” says so.",
    "Thanks to Jane Sample for kind permission to use the header image in this post.",
    "Prison posts are kindly sponsored by X",
    "Prison posts are kindly sponsored by Invented Software",
    "Invented Software offers services.",
    "The study, Behind the door: a review, was carried out by Ada Example, Ben Invented (@ben) and Cy Sample (Trust).",
    "Some of them saw it as a gift:",
    "Attitudes of officers",
    "1. a line that was broken before",
    "its end, and goes on",
    "Share this post",
    "Related posts",
    "2 Responses",
    "Leave a Reply",
    "Skip to content",
    "20 June 2023",
    "by Jo Sample",
    "(opens in a new tab)",
    "https://example.org/a?b=c&d=e",
    "<b>literally</b> &amp; so",
    "ﬁ ½ e\u0301 \u00ad soft\u00adhyphen zero\u200bwidth",
    "日本語 عربى 👍 \u02bcn ß ẞ İ",
    "a_b *c* `d` # e > f",
    "Conclusion",
    "a long sentence that goes on and on so that nobody takes it for a heading, or for a line of a list, or a menu.",
)
LINES = st.one_of(
    st.sampled_from(PIECES), st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)
)
TAGS = (
    "p div b i a span ul ol li h1 h2 h3 blockquote cite table tr td th aside nav form "
    "article figure figcaption br hr pre dl dt dd sup video"
)
ATTRIBUTES = (
    "",
    ' class="share-buttons"',
    ' class="related-posts"',
    ' href="https://a.example"',
    " hidden",
    ' id="comments"',
)


def assert_nothing_lost(name: str, source: str) -> None:
    counted = structure(read(name, source.encode("utf-8", "replace")), audiences=("Prison staff",)).report.words
    assert counted.lost == counted.invented == []


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["", "", "   ", "\t", "> "]), LINES), max_size=25),
    st.sampled_from(["\n", "\n\n"]),
)
def test_of_plain_text(lines: list[tuple[str, str]], end: str) -> None:
    source = end.join(indent + line for indent, line in lines)
    assert_nothing_lost("a.txt", f"Text {source}")
    assert_nothing_lost("a.md", f"Text {source}")


@st.composite
def soup(draw: st.DrawFn) -> str:
    """Return HTML as nobody should write it: tags opened and closed in any order."""
    pieces: list[str] = []
    for _ in range(draw(st.integers(0, 25))):
        tag = draw(st.sampled_from(TAGS.split()))
        kind = draw(st.integers(0, 3))
        attributes = draw(st.sampled_from(ATTRIBUTES))
        pieces.append(
            draw(st.sampled_from(PIECES)) if kind < 2 else f"</{tag}>" if kind == 2 else f"<{tag}{attributes}>"
        )
    return "".join(pieces)


@settings(max_examples=80, deadline=None)
@given(soup(), st.booleans())
def test_of_html_soup(source: str, is_page: bool) -> None:
    assert_nothing_lost("a.html", f"<html><body>{source}</body></html>" if is_page else f"<p>{source}")


PARAGRAPHS = st.builds(
    Paragraph, st.sampled_from([piece.replace("&", "&amp;").replace("<", "&lt;") for piece in PIECES])
)
LEAVES: st.SearchStrategy[Node] = st.one_of(
    PARAGRAPHS,
    st.builds(
        Heading, st.integers(1, 6), st.sampled_from(["Findings", "A <em>small</em> heading", "Results", "Training"])
    ),
    st.builds(
        Picture, st.just("a.png"), st.just("alt"), st.sampled_from(["", "A <b>caption</b>"]), st.just(""), st.just("X")
    ),
    st.just(TableNode([["a", "<b>b</b>"]], ["x", "y"], "A caption < 3")),
    st.just(EmbedNode("https://a.example/", "title", "said of it")),
    st.just(Download("a.pdf", "The file")),
    st.just(Code("a = 1\n  b < 2")),
    st.just(Unknown("[shortcode a=1]", "shortcode")),
)
NODES: st.SearchStrategy[Node] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(ListNode, st.lists(st.lists(inner, max_size=3), max_size=4), st.booleans()),
        st.builds(
            Quotation, st.lists(inner, max_size=3), st.sampled_from(["", "Participant 3", "A report, 2020, p. 4"])
        ),
        st.builds(CallOut, st.lists(inner, max_size=3), st.sampled_from(["", "Note"])),
    ),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(NODES, max_size=14), st.booleans(), st.sampled_from(["", "Findings", "A title from outside"]))
def test_of_nodes(nodes: list[Node], is_page: bool, title: str) -> None:
    document = Document(nodes, text_in(nodes), title=title, summary="A summary.", is_page=is_page)
    counted = structure(document).report.words
    assert counted.lost == counted.invented == []


def test_a_lost_word_and_an_invented_one_are_errors_that_name_it() -> None:
    draft = Draft(title="Peer support", body=[BlockDraft("section", {"heading": "", "body": "<p>in prisons</p>"})])
    check(count("Peer support in prisons", draft, [], Ledger()))
    with pytest.raises(IntakeError, match="would be lost: gaols"):
        check(count("Peer support in prisons and gaols and", draft, [], marked("and and")))
    with pytest.raises(IntakeError, match="not in the document: in"):
        check(count("Peer support prisons", draft, [], Ledger()))


def marked(text: str) -> Ledger:
    """Return a ledger with the words of a text as marks."""
    ledger = Ledger()
    ledger.mark(text)
    return ledger


def test_how_often_a_word_stands_counts() -> None:
    draft = Draft(title="again")
    with pytest.raises(IntakeError, match="again"):
        check(count("again and again", draft, [], marked("and")))


def test_words_are_compared_as_readers_see_them() -> None:
    assert words("Re\u00adsearch ﬁndings, IT’S “OK”…") == ["research", "findings", "it", "s", "ok"]
    assert words("Straße STRASSE") == ["strasse", "strasse"]
