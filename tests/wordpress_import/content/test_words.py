"""Every word that readers of the old site could see is in the nodes, once: on exports and on whatever comes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from research_reviews.intake.node_text import text_in
from research_reviews.intake.nodes import Code, EmbedNode, Picture, Quotation, TableNode, walk
from research_reviews.intake.structure import structure
from tests.wordpress_import.content.posts import BASE, elementor, post, widget, word_counts
from tests.wordpress_import.exports import SAMPLES, generate, manifest
from wordpress_import.content import Attachment, Converted, SiteContent, convert
from wordpress_import.reading import open_exports
from wordpress_import.records import ItemRecord

# What an independent, crude reader takes for no words: comments, tags, addresses of embeds, shortcodes.
NO_WORDS = re.compile(
    r"<!--.*?-->|<(script|style)\b.*?</\1>|<[^<>]*>|\[/?(?:caption|gallery|embed|audio|contact-form-7)\b[^\]]*\]"
    r"|https?://\S+|/wp-content/\S+",
    re.DOTALL,
)
FOOTNOTE_NUMBER = re.compile(r"<sup data-fn=.*?</sup>|<a href=\"#ref1\">↩</a>", re.DOTALL)


def read_site(export: Path) -> tuple[list[ItemRecord], SiteContent]:
    """Return the posts and pages of an export, and what their content refers to."""
    items = {record.wp_id: record for record in open_exports([export]).records() if isinstance(record, ItemRecord)}
    blocks = {number: item.content for number, item in items.items() if item.kind == "wp_block"}
    files = {n: Attachment(item.attachment_url, item.title) for n, item in items.items() if item.attachment_url}
    site = SiteContent(base=BASE, reusable_block=blocks.get, attachment=files.get)
    return [item for item in items.values() if item.kind in {"post", "page"}], site


def conversions(export: Path) -> Iterator[tuple[ItemRecord, Converted]]:
    """Yield the posts and pages of an export with what they are converted to."""
    items, site = read_site(export)
    for item in items:
        yield item, convert(item, site)


@pytest.fixture(scope="module")
def generated(exports: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return exports of three sites."""
    folder = tmp_path_factory.mktemp("seeds")
    return [exports / "gen-200.xml", *(generate(folder, 60, seed=seed) for seed in (1, 77))]


def test_no_word_of_generated_posts_is_lost_whichever_editor_wrote_them(generated: list[Path]) -> None:
    editors: Counter[str] = Counter()
    for export in generated:
        for item, converted in conversions(export):
            editors[converted.editor] += 1
            said = word_counts(text_in(converted.document.nodes))
            assert said == word_counts(converted.document.text), item.wp_id
            source = FOOTNOTE_NUMBER.sub(" ", item.content)
            assert not word_counts(unescape(NO_WORDS.sub(" ", source))) - said, item.wp_id
    assert set(editors) == {"gutenberg", "classic", "elementor"}


def test_generated_posts_become_structured_drafts_without_losing_a_word(generated: list[Path]) -> None:
    for item, converted in conversions(generated[-1]):
        counted = structure(converted.document).report.words
        assert (counted.lost, counted.invented) == ([], []), item.wp_id


def test_what_the_generator_put_in_comes_out(exports: Path) -> None:
    counts = manifest(exports / "gen-200.xml")["counts"]
    kinds: Counter[str] = Counter()
    unknown: Counter[str] = Counter()
    for item, converted in conversions(exports / "gen-200.xml"):
        if item.kind == "post":
            kinds.update(type(node).__name__ for node in walk(converted.document.nodes))
            unknown += converted.unknown
    recordings = counts["sc_audio"] + counts["wp_audio_block"]
    assert kinds[Quotation.__name__] == counts["quote"]
    assert kinds[TableNode.__name__] == counts["table"]
    assert kinds[Code.__name__] == counts["code"]
    assert kinds[EmbedNode.__name__] == counts["embed"] + recordings
    assert kinds[Picture.__name__] >= counts["content_images"]
    assert (unknown["contact-form-7"], unknown["acme/callout"]) == (counts["sc_unknown"], counts["unknown_blocks"])


@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.glob("*.xml")))
def test_no_word_of_the_samples_is_lost(name: str) -> None:
    for item, converted in conversions(SAMPLES / name):
        assert word_counts(text_in(converted.document.nodes)) == word_counts(converted.document.text), item.title
        assert structure(converted.document).report.words.lost == []


def test_the_samples_code_and_captions_are_what_they_were() -> None:
    found = [
        node for _item, converted in conversions(SAMPLES / "nikola-example.xml") for node in converted.document.nodes
    ]
    assert Code("import sys\nprint sys.version") in found
    assert any(isinstance(node, Picture) and node.caption == "caption test" for node in found)


WORDS = st.sampled_from(
    ("crime", "falls", "über", "naïve", "研究", "£2", "[sic]", "[2]", "((x", "a < b", "&amp;", "&lt;p&gt;")
)
PROSE = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
GAPS = st.sampled_from((" ", "\n", "\n\n", "\r\n\r\n", "\n \n", "<br>", "\n<!--more-->\n", "&nbsp;"))
TAGS = (
    "p",
    "div",
    "blockquote",
    "ul",
    "li",
    "h2",
    "em",
    "strong",
    "td",
    "table",
    "pre",
    "code",
    "figure",
    "aside",
    "a",
)
CODES = ("acme", "caption", "quote", "su_box", "one_half", "vc_row", "ref", "gallery", "code", "et_pb_text")
BLOCKS = (
    "paragraph",
    "list",
    "group",
    "gallery",
    "quote",
    "acme/x",
    "verse",
    "freeform",
    "details",
    "embed",
    "core/html",
)


def pieces(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return a strategy for what may hold others: elements, shortcodes and blocks, not all of them closed."""
    tagged = st.builds(
        lambda name, inner, end: f"<{name}>{inner}" + (f"</{name}>" if end else ""),
        st.sampled_from(TAGS),
        children,
        st.booleans(),
    )
    coded = st.builds(
        lambda name, inner, end: f'[{name} id="7"]{inner}' + (f"[/{name}]" if end else ""),
        st.sampled_from(CODES),
        children,
        st.booleans(),
    )
    blocked = st.builds(
        lambda name, inner, end: f'<!-- wp:{name} {{"a":1}} -->{inner}' + (f"<!-- /wp:{name} -->" if end else ""),
        st.sampled_from(BLOCKS),
        children,
        st.booleans(),
    )
    joined = st.lists(children, min_size=1, max_size=4).flatmap(lambda some: GAPS.map(lambda gap: gap.join(some)))
    return tagged | coded | blocked | joined


@given(st.recursive(PROSE, pieces, max_leaves=14))
def test_whatever_is_nested_in_whatever_no_word_is_lost_or_doubled(content: str) -> None:
    converted = post(content)
    wanted = {word for word in ("crime", "falls", "über", "naïve", "研究") if word in content}
    assert wanted <= set(word_counts(converted.document.text))
    structure(converted.document)


@given(st.text(max_size=300))
def test_any_text_at_all_is_converted(content: str) -> None:
    post(content)
    post(f"<!-- wp:paragraph -->{content}<!-- /wp:paragraph -->", title=content, excerpt=content)
    elementor(widget("text-editor", editor=content), widget("acme", title=content), content=content)


@given(st.lists(PROSE, min_size=1, max_size=8), st.sampled_from(("\n\n", "\r\n\r\n", "\n\n\n \n")))
def test_classic_text_has_as_many_paragraphs_as_it_has_blank_lines(texts: list[str], gap: str) -> None:
    texts = [text.replace("&amp;", "and").replace("&lt;p&gt;", "p") for text in texts]
    assert len(post(gap.join(texts)).document.nodes) == len(texts)
