"""Captions give up their credits, titles and excerpts their tags and entities."""

from __future__ import annotations

import pytest

from research_reviews.intake.nodes import Picture
from tests.wordpress_import.content.posts import BASE, nodes, post
from wordpress_import.content import plain_title, split_credit, summary
from wordpress_import.records import ItemRecord

LINK = '<a href="https://example.net/jane">Jane Roe</a>'


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        ("Photo: Jane Roe", ("", "Photo: Jane Roe", "")),
        ("Figure 2. Photo: Jane Roe", ("Figure 2.", "Photo: Jane Roe", "")),
        (f"A school. Photo by {LINK}.", ("A school.", "Photo by Jane Roe.", "https://example.net/jane")),
        (f"A school (Credit: {LINK})", ("A school", "Credit: Jane Roe", "https://example.net/jane")),
        ("A school | © Jane Roe", ("A school", "© Jane Roe", "")),
        ("Figure 3: effects<br>Source: <em>Roe 2010</em>", ("Figure 3: effects", "Source: Roe 2010", "")),
        ("Figure 3 – Image credit: Jane Roe / Agency", ("Figure 3", "Image credit: Jane Roe / Agency", "")),
        ("Schule. Foto: Jane Roe", ("Schule.", "Foto: Jane Roe", "")),
        ("<em>Source: Roe</em>", ("", "Source: Roe", "")),
        # No credits.
        ("Images by region", ("Images by region", "", "")),
        ("A photo of a school", ("A photo of a school", "", "")),
        ("The source of income: work", ("The source of income: work", "", "")),
        ("Sources differ", ("Sources differ", "", "")),
        ("", ("", "", "")),
    ],
)
def test_split_credit(caption: str, expected: tuple[str, str, str]) -> None:
    assert split_credit(caption) == expected


def test_a_sentence_too_long_for_a_credit_stays_in_the_caption() -> None:
    caption = "Figure 1. Source: " + "word " * 60
    assert split_credit(caption) == (caption, "", "")


@pytest.mark.parametrize(
    "content",
    [
        f'[caption]<img src="{BASE}/a.jpg"> Chart. Photo: {LINK}[/caption]',
        f'<!-- wp:image --><figure><img src="{BASE}/a.jpg"/><figcaption>Chart. Photo: {LINK}</figcaption></figure>'
        "<!-- /wp:image -->",
        f'<ul><li><figure><img src="{BASE}/a.jpg"><figcaption>Chart. Photo: {LINK}</figcaption></figure></li></ul>',
    ],
)
def test_pictures_have_their_credit_apart(content: str) -> None:
    converted = post(content)
    shown = Picture(f"{BASE}/a.jpg", caption="Chart.", credit="Photo: Jane Roe", credit_url="https://example.net/jane")
    found = converted.document.nodes[0]
    assert shown in (found, *(node for item in getattr(found, "items", []) for node in item))
    assert converted.links == ["https://example.net/jane"]


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("Crime &amp; justice", "Crime & justice"),
        ("Crime &amp;amp; justice &#8211; again", "Crime & justice – again"),
        ("Now &#038; <em>then</em>", "Now & then"),
        ("&lt;em&gt;Now&lt;/em&gt; then", "Now then"),
        ("The &lt;table&gt; element", "The <table> element"),
        ("If 3 < 4 & 5 > 2", "If 3 < 4 & 5 > 2"),
        ("<script>alert(1)</script>Review 20", "Review 20"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;Review 20", "Review 20"),
        ("  Two\n lines<br/>three ", "Two lines three"),
        ("研究 “more” 🎓 &nbsp;x", "研究 “more” 🎓 x"),
        ("", ""),
    ],
)
def test_plain_titles(title: str, plain: str) -> None:
    assert plain_title(ItemRecord(1, "post", title=title)) == plain
    assert post("x", title=title).document.title == plain


def test_summaries_are_plain_and_have_no_shortcodes() -> None:
    excerpt = '<p>Less crime, says <b>Roe</b> [sic].</p> [acme id="1"] &amp; more'
    assert summary(ItemRecord(1, "post", excerpt=excerpt)) == "Less crime, says Roe [sic]. & more"
    assert post("x", excerpt="One &amp; two").document.summary == "One & two"


def test_links_and_media_are_listed_once_and_in_order() -> None:
    content = (
        '<p><a href="/b?x=1&amp;y=2">b</a> <a href="https://example.net/">a</a> <a href="/b?x=1&amp;y=2">b</a></p>'
        f'<a href="/full.jpg"><img src="{BASE}/a.jpg"></a><img src="{BASE}/a.jpg">'
        '<ul><li><a href="mailto:j@example.org">m</a></li></ul>'
    )
    converted = post(content)
    assert converted.links == ["/b?x=1&y=2", "https://example.net/", "/full.jpg", "mailto:j@example.org"]
    assert converted.media == [f"{BASE}/a.jpg"]
    assert len(nodes(content)) == 4
