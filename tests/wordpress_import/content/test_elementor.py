"""What Elementor keeps of a page is read once: from its tree of widgets, not from the flattened copy as well."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from research_reviews.intake.nodes import (
    CallOut,
    EmbedNode,
    Heading,
    ListNode,
    Node,
    Paragraph,
    Picture,
    Quotation,
    Unknown,
)
from tests.wordpress_import.content.posts import BASE, LIBRARY, elementor, post, widget
from wordpress_import.content.registry import WIDGETS

IMAGE = {"url": f"{BASE}/a.jpg", "id": 99, "alt": "A chart"}
SHOWN = Picture(f"{BASE}/a.jpg", "A chart")
GO = Paragraph('<a href="https://example.net/">Go</a>')
LINK = {"url": "https://example.net/", "is_external": ""}


@pytest.mark.parametrize(
    ("kind", "settings", "shown"),
    [
        (
            "text-editor",
            {"editor": "<p>One</p>\ntwo\n\nthree"},
            [Paragraph("One"), Paragraph("two"), Paragraph("three")],
        ),
        (
            "text-editor",
            {"editor": '<p>A [gallery ids="1"]</p>'},
            [Paragraph("A"), Picture(LIBRARY[1].url, "A chart 1")],
        ),
        ("heading", {"title": "Effects &amp; costs", "header_size": "h3"}, [Heading(3, "Effects &amp; costs")]),
        ("heading", {"title": "A line", "header_size": "p"}, [Paragraph("A line")]),
        (
            "image",
            {"image": IMAGE, "caption_source": "custom", "caption": "Cap"},
            [Picture(SHOWN.src, "A chart", "Cap")],
        ),
        ("image", {"image": {"url": "", "id": 1}}, [Picture(LIBRARY[1].url, "A chart 1")]),
        (
            "image",
            {"image": IMAGE, "link_to": "custom", "link": LINK},
            [Picture(SHOWN.src, "A chart", link=LINK["url"])],
        ),
        (
            "image-box",
            {"image": IMAGE, "title_text": "T", "description_text": "D"},
            [SHOWN, Heading(3, "T"), Paragraph("D")],
        ),
        (
            "icon-box",
            {"title_text": "T", "description_text": "D", "title_size": "h4"},
            [Heading(4, "T"), Paragraph("D")],
        ),
        (
            "icon-list",
            {"icon_list": [{"text": "a"}, {"text": "b", "link": LINK}]},
            [ListNode([[Paragraph("a")], [Paragraph('<a href="https://example.net/">b</a>')]])],
        ),
        ("button", {"text": "Go", "link": LINK}, [GO]),
        (
            "video",
            {"video_type": "youtube", "youtube_url": "https://youtu.be/dQw4w9WgXcQ"},
            [EmbedNode("https://youtu.be/dQw4w9WgXcQ")],
        ),
        ("video", {"video_type": "hosted", "hosted_url": {"url": f"{BASE}/v.mp4"}}, [EmbedNode(f"{BASE}/v.mp4")]),
        ("image-gallery", {"wp_gallery": [{"id": 1, "url": ""}, IMAGE]}, [Picture(LIBRARY[1].url, "A chart 1"), SHOWN]),
        ("image-carousel", {"carousel": [IMAGE]}, [SHOWN]),
        (
            "blockquote",
            {"blockquote_content": "Said", "author_name": "Jane Roe"},
            [Quotation([Paragraph("Said")], "Jane Roe")],
        ),
        (
            "testimonial",
            {"testimonial_content": "Said", "testimonial_name": "Jane Roe", "testimonial_job": "teacher"},
            [Quotation([Paragraph("Said")], "Jane Roe, teacher")],
        ),
        ("accordion", {"tabs": [{"tab_title": "T", "tab_content": "<p>C</p>"}]}, [Heading(4, "T"), Paragraph("C")]),
        (
            "toggle",
            {"tabs": [{"tab_title": "T", "tab_content": "a\n\nb"}]},
            [Heading(4, "T"), Paragraph("a"), Paragraph("b")],
        ),
        ("tabs", {"tabs": [{"tab_title": "T", "tab_content": "C"}]}, [Heading(4, "T"), Paragraph("C")]),
        ("html", {"html": "<script>x()</script><b>raw</b>"}, [Paragraph("<b>raw</b>")]),
        ("shortcode", {"shortcode": '[acme id="1"]'}, [Unknown('[acme id="1"]', "acme")]),
        ("alert", {"alert_title": "T", "alert_description": "D"}, [CallOut([Paragraph("D")], "T")]),
        (
            "slides",
            {"slides": [{"heading": "H", "description": "D", "button_text": "Go", "link": LINK}]},
            [Heading(3, "H"), Paragraph("D"), GO],
        ),
        ("counter", {"ending_number": 40, "suffix": "%", "title": "fewer"}, [Paragraph("40 % fewer")]),
        ("divider", {"style": "solid"}, []),
        ("spacer", {"space": {"size": 50}}, []),
    ],
)
def test_widgets(kind: str, settings: dict[str, Any], shown: list[Node]) -> None:
    converted = elementor(widget("text-editor", editor="<p>Before</p>"), widget(kind, **settings))
    assert converted.editor == "elementor"
    assert converted.document.nodes == [Paragraph("Before"), *shown]


def test_the_flattened_copy_is_not_read_as_well() -> None:
    copy = (
        '<h2>Findings</h2>\n\t\t<p>Less crime.</p>\n\t\thttps://youtu.be/dQw4w9WgXcQ\n\t\t<!--more-->[gallery ids="1"]'
    )
    converted = elementor(
        widget("heading", title="Findings", header_size="h2"),
        widget("text-editor", editor="<p>Less crime.</p>"),
        widget("video", youtube_url="https://youtu.be/dQw4w9WgXcQ"),
        content=copy,
    )
    assert converted.document.nodes == [
        Heading(2, "Findings"),
        Paragraph("Less crime."),
        EmbedNode("https://youtu.be/dQw4w9WgXcQ"),
    ]
    assert converted.problems == []


def test_what_only_the_flattened_copy_holds_stands_at_the_end_and_is_reported() -> None:
    copy = "<p>Less crime.</p>\n\n<p>Something that nobody sees elsewhere.</p>"
    converted = elementor(widget("text-editor", editor="<p>Less crime.</p>"), content=copy)
    assert converted.document.nodes == [Paragraph("Less crime."), Paragraph("Something that nobody sees elsewhere.")]
    assert converted.problems == [
        "5 words of the page's text are not in what Elementor keeps of it; they stand at the end."
    ]


@pytest.mark.parametrize("raw", ["[{broken", "[" * 100_000, '{"a": 1}', "null", '"text"', "12"])
def test_a_tree_that_cannot_be_read_leaves_the_flattened_copy(raw: str) -> None:
    converted = elementor(raw=raw, content="One\n\ntwo")
    assert converted.document.nodes == [Paragraph("One"), Paragraph("two")]
    assert converted.problems == ["What Elementor keeps of the page cannot be read; its flattened text was taken."]
    assert converted.editor == "classic"


@pytest.mark.parametrize(
    "raw", ["[]", '[{"elType":"widget","widgetType":5,"settings":{"title":{"a":1}},"elements":"x"},3,null]']
)
def test_a_tree_that_says_nothing_leaves_the_flattened_copy(raw: str) -> None:
    converted = elementor(raw=raw, content="One")
    assert (converted.document.nodes, converted.unknown) == ([Paragraph("One")], Counter())


def test_data_that_went_through_several_hands_is_read() -> None:
    tree = json.dumps([widget("heading", title='A "quoted" head')])
    shown = [Heading(2, 'A "quoted" head')]
    assert elementor(raw=json.dumps(tree)).document.nodes == shown
    assert elementor(raw=tree.replace("\\", "\\\\").replace('"', '\\"')).document.nodes == shown
    lost = json.dumps([widget("text-editor", editor="u003cpu003eKept u0026amp; foundu003c/pu003e")])
    assert elementor(raw=lost).document.nodes == [Paragraph("Kept &amp; found")]


def test_a_post_that_elementor_no_longer_edits_is_read_from_its_content() -> None:
    tree = json.dumps([widget("heading", title="Old")])
    converted = post("New", meta={"_elementor_data": [tree], "_elementor_edit_mode": [""]})
    assert (converted.editor, converted.document.nodes) == ("classic", [Paragraph("New")])


def test_nested_tabs_hold_widgets() -> None:
    inner = {"elType": "container", "settings": {}, "elements": [widget("text-editor", editor="<p>inside</p>")]}
    nested = {**widget("nested-tabs", tabs=[{"tab_title": "T"}]), "elements": [inner]}
    assert elementor(nested).document.nodes == [Heading(4, "T"), Paragraph("inside")]


def test_unknown_widgets_say_what_is_for_readers_and_are_counted() -> None:
    settings = {"heading": "Plan", "features": [{"item_text": "Free review"}], "size": "large", "title_color": "red"}
    converted = elementor(widget("price-table", **settings))
    assert converted.document.nodes == [Paragraph("Plan"), Paragraph("Free review")]
    assert converted.unknown == Counter({"elementor/price-table": 1})


def test_unknown_widgets_say_nothing_that_the_page_does_not_show() -> None:
    converted = elementor(widget("acme", heading="Plan", form_name="New form"), content="<p>Plan</p>")
    assert converted.document.nodes == [Paragraph("Plan")]


@pytest.mark.parametrize("value", ["", "words here", 5, None, ["x"], {"a": "b"}, [{"x": "y"}, None]])
def test_every_known_widget_bears_what_it_does_not_expect(value: object) -> None:
    names = (
        *("editor", "title", "image", "caption", "link", "icon_list", "tabs", "slides", "carousel", "html", "text"),
        *("youtube_url", "video_type", "header_size", "blockquote_content", "testimonial_image", "wp_gallery", "items"),
    )
    for kind in sorted(WIDGETS):
        converted = elementor(widget(kind, **dict.fromkeys(names, value)), widget("text-editor", editor="<p>after</p>"))
        assert converted.document.nodes[-1] == Paragraph("after"), kind
