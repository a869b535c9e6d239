"""Shortcodes become what they showed; what nobody knows stays for editors to see; other brackets are prose."""

from __future__ import annotations

from collections import Counter

import pytest

from research_reviews.intake.nodes import (
    CallOut,
    Code,
    EmbedNode,
    Heading,
    ListNode,
    Paragraph,
    Picture,
    Quotation,
    TableNode,
    Unknown,
)
from tests.wordpress_import.content.posts import BASE, LIBRARY, nodes, post
from wordpress_import.content.registry import SHORTCODES, Shortcode, shortcode
from wordpress_import.content.work import Work

IMAGE = '<img class="wp-image-3" src="https://old.example.org/a.jpg" alt="A chart" width="9" height="6" />'
CHART_1, CHART_2 = (Picture(LIBRARY[number].url, f"A chart {number}") for number in (1, 2))


@pytest.mark.parametrize(
    "prose",
    [
        "He [sic] said [2] and [1, 2].",
        "They [the authors] saw it [see also: note].",
        "An effect [adjusted OR=1.2] and [p = 0.03] of [n=20] with [95% CI=1-2].",
        "[a video of the talk] and [video of the talk] and [table 2] and [Figure 1] and [ref 3] and [code] [audio]",
        "Write to [email&#160;protected] or [name at example.org].",
        'A link [<a href="https://example.net/">see here</a>] in brackets.',
        "Unclosed [foo and [[2]] and [] and [/foo] and f(x[0])[1].",
        "Close it with [/code] or [/quote]; [video at https://example.net/], [reference], [more], [line 3].",
        "Maths ((a + b) * c) and ((a)) and (see Roe (2010)).",
    ],
)
def test_brackets_in_prose_are_left_alone(prose: str) -> None:
    converted = post(prose)
    assert not converted.unknown
    assert [type(node) for node in converted.document.nodes] == [Paragraph]
    assert converted.document.text.count("[") == prose.count("[")
    assert converted.document.text.count("((") == prose.count("((")


@pytest.mark.parametrize(
    ("content", "literal"),
    [
        ('Write [[gallery ids="1"]] so.', 'Write [gallery ids="1"] so.'),
        ("Write [[caption]text[/caption]] so.", "Write [caption]text[/caption] so."),
        ('Write [[acme a="1"]] so.', 'Write [acme a="1"] so.'),
    ],
)
def test_an_escaped_shortcode_is_literal(content: str, literal: str) -> None:
    assert nodes(content) == [Paragraph(literal)]


def test_a_shortcode_within_other_brackets_takes_none_of_them() -> None:
    assert nodes('A [see [acme a="1"]this[/acme]] end') == [
        Paragraph("A [see this] end"),
        Unknown('[acme a="1"]', "acme"),
        Unknown("[/acme]", "acme"),
    ]


def test_unknown_shortcodes_are_kept_and_counted_and_their_content_stays() -> None:
    converted = post(
        '[contact-form-7 id="12" title="Contact"]\n\nA [tip text="x"]word[/tip] here.\n\n'
        "[my_widget]\n\n[acme/]\n\n[tip id=b]"
    )
    assert converted.document.nodes == [
        Unknown('[contact-form-7 id="12" title="Contact"]', "contact-form-7"),
        Paragraph("A word here."),
        Unknown('[tip text="x"]', "tip"),
        Unknown("[/tip]", "tip"),
        Unknown("[my_widget]", "my_widget"),
        Unknown("[acme/]", "acme"),
        Unknown("[tip id=b]", "tip"),
    ]
    assert converted.unknown == Counter({"contact-form-7": 1, "tip": 2, "my_widget": 1, "acme": 1})


def test_nothing_in_code_and_in_tags_is_a_shortcode() -> None:
    content = '<pre>[gallery ids="1"]</pre> <code>[acme a="1"]</code> <a href="/x" title=\'[acme a="1"]\'>x</a>'
    assert nodes(content) == [
        Code('[gallery ids="1"]'),
        Paragraph('[acme a="1"] <a href="/x">x</a>'),
    ]


def test_unknown_shortcodes_within_headings_tables_and_captions_follow_them() -> None:
    code = '[acme id="1"]'
    unknown = Unknown(code, "acme")
    assert nodes(f"<h2>Head {code}</h2>") == [Heading(2, "Head "), unknown]
    assert nodes(f"<table><tr><td>a {code}</td><td>b</td></tr></table>") == [TableNode([["a ", "b"]]), unknown]
    assert nodes(f"[caption]{IMAGE} Cap {code}[/caption]") == [Picture(f"{BASE}/a.jpg", "A chart", "Cap "), unknown]
    assert nodes(f"<blockquote><p>q {code}</p><cite>Roe {code}</cite></blockquote>") == [
        Quotation([Paragraph("q"), unknown], "Roe "),
        unknown,
    ]
    assert nodes(f"<ul><li>a {code}</li><li>{code}</li></ul>") == [ListNode([[Paragraph("a"), unknown], [unknown]])]
    assert nodes(f"<strong>a {code} b</strong>") == [Paragraph("<strong>a  b</strong>"), unknown]


def test_what_breaks_a_paragraph_within_emphasis_leaves_both_halves_emphasised() -> None:
    assert nodes('<em>one [gallery ids="1"] two</em>') == [
        Paragraph("<em>one </em>"),
        CHART_1,
        Paragraph("<em> two</em>"),
    ]


def test_crossing_and_unclosed_shortcodes_lose_no_words() -> None:
    converted = post('[aa x="1"]one [bb y="2"]two [/aa] three[/bb] [caption]four [ref]five')
    assert [node for node in converted.document.nodes if isinstance(node, Paragraph)] == [
        Paragraph("one two  three[/bb] [caption]four [ref]five"),
    ]


@pytest.mark.parametrize("name", ["caption", "wp_caption"])
def test_caption(name: str) -> None:
    content = f'[{name} id="a" width="9"]<a href="/full.jpg">{IMAGE}</a> Figure 1: <em>effects</em>[/{name}] then'
    assert nodes(content) == [
        Picture(f"{BASE}/a.jpg", "A chart", "Figure 1: <em>effects</em>", "/full.jpg"),
        Paragraph("then"),
    ]


def test_caption_before_wordpress_3_4_stands_in_its_attribute() -> None:
    assert nodes(f'[caption caption="Effects &quot;so far&quot;"]{IMAGE}[/caption]') == [
        Picture(f"{BASE}/a.jpg", "A chart", 'Effects "so far"')
    ]


def test_caption_without_a_picture_keeps_its_words() -> None:
    assert nodes("[caption]Only words[/caption]") == [Paragraph("Only words")]


def test_gallery() -> None:
    converted = post('Text [gallery ids="1, 2,99" columns="2"] more')
    assert converted.document.nodes == [Paragraph("Text"), CHART_1, CHART_2, Paragraph("more")]
    assert converted.problems == ["The file with the number 99 is not in the export."]
    assert converted.media == [LIBRARY[1].url, LIBRARY[2].url]


def test_gallery_without_ids_shows_what_was_uploaded_to_the_post() -> None:
    assert nodes("[gallery]") == [CHART_1, CHART_2]
    assert nodes('[gallery exclude="1"]') == [CHART_2]


def test_gallery_of_nothing_stays_visible() -> None:
    assert nodes('[gallery ids="99"]') == [Unknown('[gallery ids="99"]', "gallery")]


@pytest.mark.parametrize(
    "content",
    [
        '[audio mp3="/talk.mp3"][/audio]',
        '[audio src="https://old.example.org/talk.mp3"]',
        "[audio https://old.example.org/talk.mp3]",
        "[audio=https://old.example.org/talk.mp3]",
        '[video poster="/p.jpg" mp3="/talk.mp3"][/video]',
        '[video]<a href="https://old.example.org/talk.mp3">Talk</a>[/video]',
        '[su_audio url="/talk.mp3"]',
        "[embed]/talk.mp3[/embed]",
    ],
)
def test_recordings(content: str) -> None:
    converted = post(content)
    assert converted.document.nodes == [EmbedNode(f"{BASE}/talk.mp3")]
    assert converted.media == [f"{BASE}/talk.mp3"]


def test_playlist() -> None:
    assert nodes('[playlist ids="30"]') == [EmbedNode(f"{BASE}/wp-content/uploads/talk.mp3", "The talk")]


@pytest.mark.parametrize(
    "content",
    [
        '[embed width="400"]https://www.youtube.com/watch?v=dQw4w9WgXcQ[/embed]',
        "[embed]<a href='https://www.youtube.com/watch?v=dQw4w9WgXcQ'>x</a>[/embed]",
        "[youtube dQw4w9WgXcQ]",
        "[youtube dQw4w9WgXcQ w=680]",
        '[youtube id="dQw4w9WgXcQ"]',
        "[youtube id=“dQw4w9WgXcQ” width=&#8221;300&#8243;]",
        "[youtube=https://www.youtube.com/watch?v=dQw4w9WgXcQ]",
        "[youtube https://www.youtube.com/watch?v=dQw4w9WgXcQ]",
        '[su_youtube url="https://www.youtube.com/watch?v=dQw4w9WgXcQ"]',
        "[embedyt]https://www.youtube.com/watch?v=dQw4w9WgXcQ[/embedyt]",
        '[iframe src="https://www.youtube.com/watch?v=dQw4w9WgXcQ"]',
    ],
)
def test_embeds(content: str) -> None:
    assert nodes(content) == [EmbedNode("https://www.youtube.com/watch?v=dQw4w9WgXcQ")]


def test_embeds_that_lead_nowhere_stay_visible() -> None:
    assert nodes('[iframe src="javascript:alert(1)"]') == [Unknown('[iframe src="javascript:alert(1)"]', "iframe")]


@pytest.mark.parametrize("name", ["ref", "footnote", "efn_note", "fn", "mfn", "modern_footnote"])
def test_footnotes_of_plug_ins(name: str) -> None:
    content = f"One[{name}]Roe, <em>2010</em>[/{name}] two[{name}]second note[/{name}]\n\n[{name}s]"
    found = nodes(content.replace(f"[{name}s]", "[footnotes]"))
    assert found == [
        Paragraph("One<sup>[1]</sup> two<sup>[2]</sup>"),
        Heading(2, "Notes"),
        ListNode([[Paragraph("Roe, <em>2010</em>")], [Paragraph("second note")]], ordered=True),
    ]


def test_footnotes_in_double_parentheses() -> None:
    found = nodes("One ((Roe (2010), page 3)) two.\n\nEnd")
    assert found[0] == Paragraph("One <sup>[1]</sup> two.")
    assert found[-1] == ListNode([[Paragraph("Roe (2010), page 3")]], ordered=True)


def test_footnotes_by_hand_keep_their_numbers() -> None:
    content = (
        'Claim.<a href="#fn1" id="ref1"><sup>[1]</sup></a>\n\n<p id="fn1"><sup>1</sup> Roe. <a href="#ref1">↩</a></p>'
    )
    assert nodes(content) == [Paragraph("Claim.<sup>[1]</sup>"), Paragraph("<sup>1</sup> Roe.")]


@pytest.mark.parametrize("name", ["code", "sourcecode", "python"])
def test_code(name: str) -> None:
    content = f'See [{name} lang="x"]\na[0] = "<b>"\n\n[gallery]&amp;\n[/{name}] end'
    assert nodes(content) == [Paragraph("See"), Code('a[0] = "<b>"\n\n[gallery]&'), Paragraph("end")]


def test_table() -> None:
    assert nodes('[table]Outcome,Effect\nWork,"0.2, or so"[/table]') == [
        TableNode([["Work", "0.2, or so"]], ["Outcome", "Effect"])
    ]
    assert nodes("[table id=3 /]") == [Unknown("[table id=3 /]", "table")]


def test_columns_and_gaps_leave_their_content() -> None:
    content = (
        "[one_half]A[/one_half][one_half_last]B[/one_half_last][spacer]"
        "[su_row][su_column size='1/2']C[/su_column][/su_row]"
    )
    assert nodes(content) == [Paragraph("A"), Paragraph("B"), Paragraph("C")]


def test_boxes_toggles_and_quotations() -> None:
    content = (
        '[su_box title="Note"]in\n\nbox[/su_box][su_spoiler title="More"]told[/su_spoiler]'
        '[quote author="Jane Roe"]said[/quote][dropcap]T[/dropcap]he end'
    )
    assert nodes(content) == [
        CallOut([Paragraph("in"), Paragraph("box")], "Note"),
        Heading(4, "More"),
        Paragraph("told"),
        Quotation([Paragraph("said")], "Jane Roe"),
        Paragraph("The end"),
    ]


def test_buttons_are_links() -> None:
    assert nodes('[button link="https://example.net/?a=1&amp;b=2"]Read[/button]') == [
        Paragraph('<a href="https://example.net/?a=1&amp;b=2">Read</a>')
    ]


def test_a_table_of_contents_is_left_out_and_counted() -> None:
    converted = post("[toc]\n\nText")
    assert (converted.document.nodes, converted.unknown) == ([Paragraph("Text")], Counter({"toc": 1}))


def test_divi() -> None:
    converted = post(
        '[et_pb_section fb_built="1"][et_pb_row][et_pb_column type="4_4"]'
        '[et_pb_text]<p>One</p>\n<p>two</p>[/et_pb_text][et_pb_blurb title="Title %91x%93"]body[/et_pb_blurb]'
        '[et_pb_image src="https://old.example.org/a.jpg" alt="q" /]'
        '[et_pb_button button_text="Go" button_url="https://example.net/" /][et_pb_code]<b>raw</b>[/et_pb_code]'
        "[/et_pb_column][/et_pb_row][/et_pb_section]"
    )
    assert converted.editor == "divi"
    assert not converted.unknown
    assert converted.document.nodes == [
        Paragraph("One"),
        Paragraph("two"),
        Heading(3, "Title [x]"),
        Paragraph("body"),
        Picture(f"{BASE}/a.jpg", "q"),
        Paragraph('<a href="https://example.net/">Go</a>'),
        Paragraph("<b>raw</b>"),
    ]


def test_wpbakery() -> None:
    converted = post(
        '[vc_row][vc_column width="1/2"][vc_custom_heading text="Head"][vc_column_text]A\n\nB[/vc_column_text]'
        '[vc_single_image image="1"][vc_btn title="Go" link="url:https%3A%2F%2Fexample.net%2F|title:T"]'
        "[vc_raw_html]JTNDYiUzRWhpJTNDJTJGYiUzRQ==[/vc_raw_html][vc_video link='https://vimeo.com/76979871'][/vc_column][/vc_row]"
    )
    assert converted.editor == "wpbakery"
    assert converted.document.nodes == [
        Heading(3, "Head"),
        Paragraph("A"),
        Paragraph("B"),
        CHART_1,
        Paragraph('<a href="https://example.net/">Go</a>'),
        Paragraph("<b>hi</b>"),
        EmbedNode("https://vimeo.com/76979871"),
    ]


def test_a_new_shortcode_is_one_function() -> None:

    @shortcode("badge-for-tests")
    def badge(tag: Shortcode, work: Work) -> str:
        return f"<strong>{tag.attributes['label']}</strong>"

    try:
        assert nodes('A [badge-for-tests label="good"] one') == [Paragraph("A <strong>good</strong> one")]
    finally:
        del SHORTCODES["badge-for-tests"]


@pytest.mark.parametrize("form", ['[{0} x="1"]', "[{0} /]", '[{0} x="1"]inner words[/{0}]', "[{0}]inner words[/{0}]"])
def test_every_known_shortcode_keeps_the_words_within_and_around(form: str) -> None:
    for name in sorted(SHORTCODES):
        converted = post(f"Before\n\n{form.format(name)}\n\nafter")
        # The script that WPBakery keeps encoded is the only content that no reader sees.
        assert "inner" not in form or name == "vc_raw_js" or "inner words" in converted.document.text, name
        assert converted.document.nodes[0] == Paragraph("Before"), name
        assert Paragraph("after") in converted.document.nodes, name
