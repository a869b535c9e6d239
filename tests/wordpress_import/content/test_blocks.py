"""Blocks of Gutenberg become what they show, however their comments are damaged."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from research_reviews.intake.nodes import (
    CallOut,
    Code,
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
from tests.wordpress_import.content.posts import BASE, LIBRARY, nodes, post
from wordpress_import.content.gutenberg import DYNAMIC
from wordpress_import.content.registry import BLOCKS

IMG = '<img src="https://old.example.org/a.jpg" alt="A chart" class="wp-image-3"/>'
SHOWN = Picture(f"{BASE}/a.jpg", "A chart")
FOOTNOTE = '<sup data-fn="{0}" class="fn"><a href="#{0}" id="{0}-link">{1}</a></sup>'


def block(name: str, html: str = "", **attributes: object) -> str:
    """Return a block as WordPress writes it."""
    said = f" {json.dumps(attributes)}" if attributes else ""
    return f"<!-- wp:{name}{said} -->\n{html}\n<!-- /wp:{name} -->" if html else f"<!-- wp:{name}{said} /-->"


@pytest.mark.parametrize(
    ("name", "html", "shown"),
    [
        ("paragraph", "<p>One <b>two</b></p>", [Paragraph("One <b>two</b>")]),
        ("heading", '<h3 class="wp-block-heading">Head</h3>', [Heading(3, "Head")]),
        (
            "list",
            "<ol><!-- wp:list-item --><li>a<!-- wp:list --><ul><!-- wp:list-item --><li>b</li><!-- /wp:list-item -->"
            "</ul><!-- /wp:list --></li><!-- /wp:list-item --></ol>",
            [ListNode([[Paragraph("a"), ListNode([[Paragraph("b")]])]], ordered=True)],
        ),
        (
            "quote",
            "<blockquote><!-- wp:paragraph --><p>Said</p><!-- /wp:paragraph --><cite>Jane Roe</cite></blockquote>",
            [Quotation([Paragraph("Said")], "Jane Roe")],
        ),
        (
            "pullquote",
            "<figure class='wp-block-pullquote'><blockquote><p>Said</p><cite>Jane Roe</cite></blockquote></figure>",
            [Quotation([Paragraph("Said")], "Jane Roe")],
        ),
        ("image", f"<figure>{IMG}<figcaption>Cap</figcaption></figure>", [Picture(SHOWN.src, "A chart", "Cap")]),
        (
            "table",
            "<figure class='wp-block-table'><table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>1</td>"
            "<td>2</td></tr></tbody><tfoot><tr><td>F</td><td>G</td></tr></tfoot></table></figure>",
            [TableNode([["1", "2"], ["F", "G"]], ["A", "B"])],
        ),
        ("code", "<pre class='wp-block-code'><code>a[0] &lt; b\n\nc</code></pre>", [Code("a[0] < b\n\nc")]),
        ("preformatted", "<pre class='wp-block-preformatted'>a\n  b</pre>", [Code("a\n  b")]),
        (
            "verse",
            "<pre class='wp-block-verse'>a <em>b</em>\nc\n\nd</pre>",
            [Paragraph("a <em>b</em><br>c"), Paragraph("d")],
        ),
        ("html", "<div><script>x()</script><b>raw</b></div>", [Paragraph("<b>raw</b>")]),
        ("freeform", "One\n\ntwo", [Paragraph("One"), Paragraph("two")]),
        ("classic", "One\n\ntwo", [Paragraph("One"), Paragraph("two")]),
        ("shortcode", '[gallery ids="1"]', [Picture(LIBRARY[1].url, "A chart 1")]),
        ("separator", "<hr class='wp-block-separator'/>", []),
        ("spacer", "<div style='height:9px' aria-hidden='true'></div>", []),
        ("more", "<!--more-->", []),
        ("nextpage", "<!--nextpage-->", []),
        (
            "details",
            "<details><summary>More</summary><!-- wp:paragraph --><p>told</p><!-- /wp:paragraph --></details>",
            [CallOut([Paragraph("told")], "More")],
        ),
        (
            "buttons",
            "<div><!-- wp:button --><div><a class='wp-block-button__link' href='https://example.net/'>Go</a></div>"
            "<!-- /wp:button --></div>",
            [Paragraph('<a href="https://example.net/">Go</a>')],
        ),
        (
            "file",
            "<div class='wp-block-file'><a href='https://old.example.org/r.pdf'>Report</a>"
            "<a href='https://old.example.org/r.pdf' class='wp-block-file__button' download>Download</a></div>",
            [Download(f"{BASE}/r.pdf", "Report")],
        ),
        (
            "video",
            "<figure><video controls src='/v.mp4'></video><figcaption>A <em>film</em></figcaption></figure>",
            [EmbedNode(f"{BASE}/v.mp4", caption="A <em>film</em>")],
        ),
        ("audio", "<figure><audio controls src='/t.mp3'></audio></figure>", [EmbedNode(f"{BASE}/t.mp3")]),
        ("media-text", f"<div><figure>{IMG}</figure><div><p>Beside</p></div></div>", [SHOWN, Paragraph("Beside")]),
        (
            "cover",
            f"<div><span aria-hidden='true'></span>{IMG}<div><p>Over</p></div></div>",
            [SHOWN, Paragraph("Over")],
        ),
        ("jetpack/markdown", "<div><p>Marked</p></div>", [Paragraph("Marked")]),
    ],
)
def test_core_blocks(name: str, html: str, shown: list[Node]) -> None:
    converted = post(f"{block('paragraph', '<p>Before</p>')}\n\n{block(name, html)}")
    assert converted.document.nodes == [Paragraph("Before"), *shown]
    assert (converted.editor, converted.unknown, converted.problems) == ("gutenberg", Counter(), [])


def test_columns_groups_rows_and_stacks_are_flattened_in_order() -> None:
    content = "".join(f"<!-- wp:{name} --><div>" for name in ("group", "row", "stack", "columns", "column"))
    content += f"{block('paragraph', '<p>One</p>')}</div><!-- /wp:column --><!-- wp:column --><div><p>two</p>"
    content += "".join(f"</div><!-- /wp:{name} -->" for name in ("column", "columns", "stack", "row", "group"))
    assert nodes(content) == [Paragraph("One"), Paragraph("two")]


@pytest.mark.parametrize("name", ["embed", "core-embed/youtube", "core-embed/vimeo", "core/embed"])
def test_embeds_of_all_versions(name: str) -> None:
    html = "<figure><div class='wp-block-embed__wrapper'>\n{0}\n</div><figcaption>A film</figcaption></figure>"
    url = "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3"
    shown = [EmbedNode(url, caption="A film")]
    assert nodes(block(name, html.format(url.replace("&", "&amp;")), url=url)) == shown
    assert nodes(block(name, html.format(url.replace("&", "&amp;")))) == shown
    escaped = (
        f'<!-- wp:{name} {{"url":"{url.replace("&", chr(92) + "u0026")}"}} -->{html.format("")}<!-- /wp:{name} -->'
    )
    assert nodes(escaped) == shown


def test_an_embed_that_leads_nowhere_stays_visible() -> None:
    converted = post(block("embed", "<figure><figcaption>A film</figcaption></figure>", url="javascript:alert(1)"))
    assert [type(node) for node in converted.document.nodes] == [Unknown, Paragraph]


def test_galleries_of_both_versions() -> None:
    old = (
        "<figure class='wp-block-gallery'><ul class='blocks-gallery-grid'><li class='blocks-gallery-item'><figure>"
        f"{IMG}<figcaption>one</figcaption></figure></li><li class='blocks-gallery-item'><figure><a href='/b.jpg'>{IMG}"
        "</a></figure></li></ul><figcaption class='blocks-gallery-caption'>Both</figcaption></figure>"
    )
    new = (
        "<figure class='wp-block-gallery has-nested-images'>"
        f"{block('image', f'<figure>{IMG}<figcaption>one</figcaption></figure>', id=3)}\n\n"
        f"{block('image', f'<figure><a href=/b.jpg>{IMG}</a></figure>', id=3)}"
        "<figcaption class='blocks-gallery-caption wp-element-caption'>Both</figcaption></figure>"
    )
    expected = [Picture(SHOWN.src, "A chart", "one"), Picture(SHOWN.src, "A chart", link="/b.jpg"), Paragraph("Both")]
    assert nodes(block("gallery", old, ids=[3])) == expected
    assert nodes(block("gallery", new, linkTo="none")) == expected
    assert nodes(block("gallery", ids=[1])) == [Picture(LIBRARY[1].url, "A chart 1")]


def test_reusable_blocks_are_put_in_wherever_they_are_used() -> None:
    content = block("block", ref=90) + block("paragraph", "<p>Between</p>") + block("block", ref=90)
    again = Paragraph("Subscribe to our reviews.")
    assert nodes(content) == [again, Paragraph("Between"), again]


@pytest.mark.parametrize("ref", [91, 200])
def test_reusable_blocks_that_hold_themselves_or_ever_more_come_to_an_end(ref: int) -> None:
    converted = post(block("block", ref=ref) + "<!-- wp:paragraph --><p>After</p><!-- /wp:paragraph -->")
    assert converted.document.nodes[-1] == Paragraph("After")
    assert any("holds itself" in problem for problem in converted.problems)


def test_a_reusable_block_that_is_not_in_the_export_is_reported() -> None:
    converted = post(block("block", ref=1234))
    assert converted.problems == ["The reusable block with the number 1234 is not in the export."]
    assert [type(node) for node in converted.document.nodes] == [Unknown]


def test_footnotes_are_numbered_and_listed_at_the_end() -> None:
    content = (
        block(
            "paragraph", f"<p>A{FOOTNOTE.format('u2', 1)} b{FOOTNOTE.format('u1', 2)} c{FOOTNOTE.format('u2', 1)}</p>"
        )
        + block("footnotes")
        + block("paragraph", "<p>End</p>")
    )
    notes = [
        {"content": "First, <em>2010</em>", "id": "u1"},
        {"content": "Second", "id": "u2"},
        {"content": "Third", "id": "u3"},
    ]
    assert nodes(content, meta={"footnotes": [json.dumps(notes)]}) == [
        Paragraph("A<sup>[1]</sup> b<sup>[2]</sup> c<sup>[1]</sup>"),
        Paragraph("End"),
        Heading(2, "Notes"),
        ListNode([[Paragraph("Second")], [Paragraph("First, <em>2010</em>")], [Paragraph("Third")]], ordered=True),
    ]


@pytest.mark.parametrize("meta", ["", "not json", '{"a": 1}', "[1, 2]", "null"])
def test_footnotes_whose_text_is_missing_keep_their_numbers(meta: str) -> None:
    converted = post(block("paragraph", f"<p>A{FOOTNOTE.format('u2', 1)}</p>"), meta={"footnotes": [meta]})
    assert converted.document.nodes == [Paragraph("A<sup>[1]</sup>")]
    assert converted.problems


def test_unknown_blocks_are_counted_and_keep_their_html_or_stay_visible() -> None:
    source = '<!-- wp:acme/callout {"text":"Take \\u003cem\\u003ecare\\u003c/em\\u003e \\u002d\\u002d"} /-->'
    converted = post(source + block("yoast/faq-block", "<div><strong>Q</strong><p>A</p></div>", questions=[]))
    assert converted.document.nodes == [
        Unknown(source, "acme/callout"),
        Paragraph("<strong>Q</strong>"),
        Paragraph("A"),
    ]
    assert converted.unknown == Counter({"acme/callout": 1, "yoast/faq-block": 1})


@pytest.mark.parametrize("name", sorted(DYNAMIC))
def test_blocks_that_wordpress_fills_in_are_counted_and_show_nothing(name: str) -> None:
    converted = post(block(name, count=3))
    assert (converted.document.nodes, converted.unknown) == ([], Counter({f"core/{name}": 1}))


def test_a_table_of_contents_is_left_out_and_counted() -> None:
    converted = post(block("table-of-contents", "<nav><ol><li>Findings</li></ol></nav>"))
    assert (converted.document.nodes, converted.unknown) == ([], Counter({"core/table-of-contents": 1}))


@pytest.mark.parametrize(
    ("content", "shown", "says"),
    [
        ('<!-- wp:paragraph {"a": oops --><p>One</p><!-- /wp:paragraph -->', "One", "cannot be read"),
        ("<!-- wp:group --><p>One</p>", "One", "is not closed"),
        ("<!-- wp:more /--><p>One</p><!-- /wp:group -->", "One", "never opened"),
        ("<!-- wp:group --><!-- wp:column --><p>One</p><!-- /wp:group -->", "One", "is not closed"),
        ("<p>One</p><!-- wp:paragraph", "One", "cut off"),
    ],
)
def test_damaged_comments_are_reported_and_lose_no_words(content: str, shown: str, says: str) -> None:
    converted = post(content)
    assert converted.document.nodes == [Paragraph(shown)]
    assert any(says in problem for problem in converted.problems)


def test_attributes_that_hold_the_end_of_a_comment_are_read_whole() -> None:
    source = '<!-- wp:acme/x {"t":"a --> b"} /-->'
    assert nodes(f"{source}<p>tail</p>") == [Unknown(source, "acme/x"), Paragraph("tail")]


def test_text_between_blocks_follows_the_classic_rule() -> None:
    content = "Loose\none\n\ntwo" + block("paragraph", "<p>three</p>") + "\n\nfour [gallery ids='1']"
    assert nodes(content) == [
        Paragraph("Loose<br>\none"),
        Paragraph("two"),
        Paragraph("three"),
        Paragraph("four"),
        Picture(LIBRARY[1].url, "A chart 1"),
    ]


def test_shortcodes_and_addresses_within_blocks_are_what_they_show() -> None:
    content = block("paragraph", "<p>https://vimeo.com/76979871</p>") + block(
        "paragraph", "<p>A [efn_note]b c[/efn_note]</p>"
    )
    assert nodes(content)[:2] == [EmbedNode("https://vimeo.com/76979871"), Paragraph("A <sup>[1]</sup>")]


@pytest.mark.parametrize("html", ["", "<div><p>inner words</p></div>", "plain", "<figure></figure>"])
@pytest.mark.parametrize("attributes", [{}, {"url": 5, "ref": "x", "id": "y", "ids": "z", "src": None, "href": []}])
def test_every_known_block_bears_what_it_does_not_expect(html: str, attributes: dict[str, object]) -> None:
    for name in sorted(BLOCKS):
        short = name.removeprefix("core/")
        converted = post(block(short, html, **attributes) + block("paragraph", "<p>after</p>"))
        assert converted.document.nodes[-1] == Paragraph("after"), name
        is_list_of_headings = "toc" in name or "table-of-contents" in name
        assert "inner" not in html or is_list_of_headings or "inner words" in converted.document.text, name


def test_what_a_podcast_encloses_is_kept_once() -> None:
    enclosed = f"{BASE}/wp-content/uploads/talk.mp3\n21169426\naudio/mpeg\na:0:{{}}"
    assert nodes("<p>Hear us.</p>", meta={"enclosure": [enclosed, enclosed]})[1:] == [
        EmbedNode(f"{BASE}/wp-content/uploads/talk.mp3")
    ]
    linked = f'<p>Hear <a href="{BASE}/wp-content/uploads/talk.mp3">us</a>.</p>'
    assert len(nodes(linked, meta={"enclosure": [enclosed]})) == 1
    assert len(nodes("<p>Hear us.</p>", meta={"enclosure": ["", "javascript:alert(1)", "/secret.mp3\n"]})) == 1
