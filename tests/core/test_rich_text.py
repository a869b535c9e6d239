"""Text that an editor, an import or an attacker wrote, as readers get it."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from bs4.element import Tag
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.models import PageViewRestriction

from core.rich_text import PROSE_FEATURES, clean
from research_reviews.models import ReviewPage
from tests.factories import ReviewPageFactory, section, stream
from tests.reading import find

pytestmark = pytest.mark.django_db


def body_of(client: Client, html: str) -> Tag:
    """Publish a review with the text in its body and return the article as an anonymous reader gets it."""
    review = ReviewPageFactory(body=stream(section("Background", html)))
    # As an import could have stored it: past the editor and past every cleaning at save.
    raw = json.dumps([{"type": "section", "id": "1", "value": {"heading": "Background", "body": html}}])
    ReviewPage.objects.filter(pk=review.pk).update(body=raw)
    response = client.get(review.url)
    assert response.status_code == 200
    main = BeautifulSoup(response.content, "html.parser").main
    assert main is not None
    find(main, ".responses").decompose()
    return main


HOSTILE = {
    "a script": "<script>hostile()</script>",
    "a script within a script": "<scr<script>ipt>hostile()</scr</script>ipt>",
    "an event handler": '<p onclick="hostile()">Words</p>',
    "an image with a handler": '<img src="x" onerror="hostile()">',
    "a drawing with a handler": '<svg onload="hostile()"><circle/></svg>',
    "a script link": '<a href="javascript:hostile()">Words</a>',
    "a script link with a tab": '<a href="java\tscript:hostile()">Words</a>',
    "a script link in entities": '<a href="&#106;avascript&colon;hostile()">Words</a>',
    "a script link behind a space": '<a href=" \x01javascript:hostile()">Words</a>',
    "a script link in capitals": '<a href="JaVaScRiPt:hostile()">Words</a>',
    "a data link": '<a href="data:text/html,<script>hostile()</script>">Words</a>',
    "a frame": '<iframe src="https://hostile.example/"></iframe>',
    "an object": '<object data="https://hostile.example/"></object>',
    "an embed of Wagtail's": '<embed embedtype="media" url="https://hostile.example/"/>',
    "an image of Wagtail's": '<embed embedtype="image" id="1" alt="hostile" format="left"/>',
    "a form": '<form action="https://hostile.example/"><input name="hostile"></form>',
    "a style": '<style>p { background: url("https://hostile.example/") }</style>',
    "a style attribute": '<p style="background: url(https://hostile.example/)" class="hostile">Words</p>',
    "a comment": "<!-- hostile --><p>Words</p>",
    "a mutation": "<noscript><p title='</noscript><img src=x onerror=hostile()>'>",
    "a formula": "<math><mi xlink:href='javascript:hostile()'>x</mi></math>",
    "an address for everything": '<base href="https://hostile.example/">',
    "a way out of an attribute": "<a linktype='page' id='1\" onclick=\"hostile()'>Words</a>",
    "a template of ours": "{% load hostile %}",
}


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE)
def test_hostile_markup_does_nothing_and_the_page_stands(client: Client, html: str) -> None:
    main = body_of(client, f"<p>Before</p>{html}<p>After</p>")

    assert "Before" in main.get_text()
    # But for the site's own script.
    assert not main.select("script:not([src^='/static/js/']), iframe, object, embed, form, style, base, math")
    for tag in main.find_all(True):
        assert not any(name.startswith("on") or "hostile" in f"{value}" for name, value in tag.attrs.items()), tag
    assert not main.select("[style]")


def test_words_stay_where_their_markup_goes(client: Client) -> None:
    table = "<table><tr><td>A</td><td>B</td></tr></table>"
    main = body_of(client, f'<div class="x"><blockquote>Kept words</blockquote></div>{table}')

    paragraphs = [paragraph.get_text() for paragraph in main.find_all("p")]
    assert [text for text in paragraphs if text in ("Kept words", "A", "B")] == ["Kept words", "A", "B"]


def test_headings_of_the_first_levels_become_those_below_the_sections(client: Client) -> None:
    main = body_of(client, "<h1>Largest</h1><h2>Large</h2><h5>Small</h5>")

    below = [heading.get_text() for heading in main.find_all(["h3", "h4"])]
    assert [text for text in below if text in ("Largest", "Large", "Small")] == ["Largest", "Large", "Small"]
    assert len(main.find_all("h1")) == 1


def test_marks_that_turn_or_hide_words_go_and_joiners_stay(client: Client) -> None:
    text = body_of(client, "<p>pay\u202eelif\u200b &#8238;x \u0645\u06cc\u200c\u062e\u0648</p>").get_text()

    assert "payelif x \u0645\u06cc\u200c\u062e\u0648" in text


@pytest.mark.parametrize(
    "html",
    ["<b>" * 10_000 + "Deep", "<div>" * 10_000 + "Deep", "<ul><li>" * 10_000 + "Deep", "<ul><li>" * 100_000 + "Deep"],
    ids=["bold", "divisions", "lists", "more lists"],
)
def test_markup_nested_without_end_is_flattened_in_bounded_time(client: Client, html: str) -> None:
    began = time.monotonic()

    main = body_of(client, html)

    assert "Deep" in main.get_text()
    assert time.monotonic() - began < 10


def test_a_review_of_2500_words_is_cleaned_in_a_few_milliseconds_at_most() -> None:
    paragraph = '<p data-block-key="a1b2c">One in <b>four people</b> reports “low” mood, and more words follow.</p>'
    assert len(paragraph.split()) >= 12
    html = paragraph * 210

    began = time.process_time()
    for _ in range(20):
        clean(html)

    assert (time.process_time() - began) / 20 < 0.005


@given(st.text(alphabet=st.sampled_from("<>/=\"' abiphrefscriptjv:&#;lng1\0\u202e"), max_size=200))
def test_whatever_comes_in_cleaning_again_changes_nothing(html: str) -> None:
    cleaned = clean(html)

    assert clean(cleaned) == cleaned


def draft(kind: str, text: str, key: str, depth: int = 0, **ranges: Any) -> dict[str, Any]:
    """Return a paragraph, heading or list item as the editor holds it."""
    return {
        "key": key,
        "type": kind,
        "depth": depth,
        "text": text,
        "entityRanges": [],
        "inlineStyleRanges": [],
        **ranges,
    }


def styled(style: str, offset: int, length: int = 1) -> dict[str, Any]:
    """Return a stretch of styled text."""
    return {"style": style, "offset": offset, "length": length}


def entity(kind: str, **data: Any) -> dict[str, Any]:
    """Return what a link leads to."""
    return {"type": kind, "mutability": "MUTABLE", "data": data}


STYLES = [styled("BOLD", 0, 4), styled("ITALIC", 6, 6), styled("SUBSCRIPT", 15), styled("SUPERSCRIPT", 21)]
LINKS = [(0, 4), (6, 8), (16, 3), (21, 4), (27, 5), (34, 6)]
CONTENT: dict[str, Any] = {
    "blocks": [
        draft("unstyled", "Bold, italic, H2O & x2 < y", "aaaaa", inlineStyleRanges=STYLES),
        draft("header-three", "A heading", "bbbbb"),
        draft("header-four", "A smaller one", "ccccc"),
        draft("unordered-list-item", "Item", "ddddd"),
        draft("unordered-list-item", "Below it", "eeeee", depth=1),
        draft("ordered-list-item", "First", "fffff"),
        draft(
            "unstyled",
            "Page, document, web, mail, phone, anchor",
            "ggggg",
            entityRanges=[{"key": key, "offset": at, "length": length} for key, (at, length) in enumerate(LINKS)],
        ),
    ],
    "entityMap": {
        "0": entity("LINK", id=2, linktype="page"),
        "1": entity("DOCUMENT", id=7),
        "2": entity("LINK", url="https://example.org/?a=1&b=2#c"),
        "3": entity("LINK", url="mailto:office@example.org"),
        "4": entity("LINK", url="tel:+442071234567"),
        "5": entity("LINK", url="#finding-1"),
    },
}


def test_what_the_editor_makes_survives_unchanged() -> None:
    converter = ContentstateConverter(features=PROSE_FEATURES)
    stored = converter.to_database_format(json.dumps(CONTENT))

    cleaned = clean(stored)

    assert cleaned == stored
    assert cleaned.count("data-block-key") == len(CONTENT["blocks"])
    assert json.loads(converter.from_database_format(cleaned)) == json.loads(converter.from_database_format(stored))


def test_a_link_to_the_web_is_a_plain_link(client: Client) -> None:
    link = body_of(client, '<p><a href="https://example.org/" target="_blank" rel="opener">Words</a></p>').find(
        "a", href="https://example.org/"
    )

    assert isinstance(link, Tag)
    assert set(link.attrs) == {"href"}


@pytest.mark.parametrize("state", ["a draft", "private", "expired", "deleted"])
def test_a_link_to_a_page_that_is_not_listed_leaves_its_words_and_not_its_address(client: Client, state: str) -> None:
    other = ReviewPageFactory(title="Other", published=state != "a draft")
    if state == "private":
        PageViewRestriction.objects.create(page=other, restriction_type=PageViewRestriction.LOGIN)
    if state == "expired":
        ReviewPage.objects.filter(pk=other.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    pk, address = other.pk, other.url
    if state == "deleted":
        other.delete()

    main = body_of(client, f'<p>See <a linktype="page" id="{pk}">the other words</a>.</p>')

    assert "See the other words." in main.get_text()
    assert not main.find_all("a", href=address)


def test_a_link_of_an_unknown_kind_leaves_its_words(client: Client) -> None:
    main = body_of(client, '<p>See <a linktype="hostile" id="2">the words</a>.</p>')

    assert "See the words." in main.get_text()
    assert "hostile" not in str(main)
