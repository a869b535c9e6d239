"""A review as feed readers show it: its whole text as HTML that needs neither our styles nor our address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urljoin

import nh3
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from wagtail.blocks import StreamValue
from wagtail.documents import get_document_model

from core.snapshot import fetch_ahead

TEXT = {"a", "abbr", "b", "br", "cite", "code", "em", "i", "strong", "sub", "sup"}
PARTS = {"blockquote", "div", "dl", "dt", "dd", "h2", "h3", "h4", "hr", "li", "ol", "p", "ul"}
FIGURES = {"caption", "figcaption", "figure", "img", "table", "tbody", "td", "th", "thead", "tr"}
# What goes with all that it holds; of other tags the words stay.
WITHOUT_WORDS = {"button", "form", "script", "style", "svg", "template"}
ATTRIBUTES = {
    "a": {"href", "rel"},
    "img": {"alt", "height", "src", "width"},
    "th": {"scope"},
}
ADDRESSES = {"href", "src"}
EMPTY_LINES = re.compile(r"\s*\n\s*")
SCHEMES = {"http", "https", "mailto", "tel"}
# Blocks that the page numbers, folds or links by its own styles.
OWN_TEMPLATES = {
    "findings": "syndication/feed_findings.html",
    "quote": "syndication/feed_quote.html",
    "recommendations": "syndication/feed_recommendations.html",
}


def cleaned(html: str, address: str) -> str:
    """Return the HTML of a page at the address without what works there alone, and with whole addresses."""

    def keep(tag: str, name: str, value: str) -> str | None:
        if name not in ADDRESSES:
            return value
        # An address that cannot be read leads nowhere, here or elsewhere.
        with suppress(ValueError):
            return urljoin(address, value)
        return None

    cleaner = nh3.Cleaner(
        tags=TEXT | PARTS | FIGURES,
        clean_content_tags=WITHOUT_WORDS,
        attributes=ATTRIBUTES,
        attribute_filter=keep,
        url_schemes=SCHEMES,
        link_rel=None,
    )
    return EMPTY_LINES.sub("\n", cleaner.clean(html)).strip()


def blocks_of(body: StreamValue, address: str) -> Iterator[SafeString]:
    """Yield the HTML of each block of a body, or of an issue's section."""
    for place, raw in enumerate(body.raw_data):
        if raw["type"] == "download":
            # Not taken from the body, which would ask for its documents by itself, each body anew.
            yield download(raw["value"])
        elif template := OWN_TEMPLATES.get(raw["type"]):
            block = body[place]
            values = {"value": block.value, "id": block.id, "address": address}
            yield render_to_string(template, values)
        else:
            block = body[place]
            yield mark_safe(block.render({"id": block.id}))  # noqa: S308


def download(value: dict) -> SafeString:
    """Return a link to a document; nothing where that is gone."""
    documents = fetch_ahead(get_document_model(), [value["document"]] if value.get("document") else [])
    values = {"value": {"title": value.get("title"), "document": next(iter(documents), None)}}
    return render_to_string("blocks/download.html", values)
