"""JSON Feed 1.1, as a JSON Schema written from its specification."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from jsonschema import Draft202012Validator

from tests.syndication.feed_rules import values
from tests.syndication.feed_rules.elements import twice

WORDS = {"type": "string", "minLength": 1}
ADDRESS = {"type": "string", "pattern": r"^https?://[^\s]+$"}
MOMENT = {"type": "string", "pattern": rf"^{values.RFC_3339.pattern}$"}
# Publishers may add objects of their own, whose names begin with an underscore.
OWN = {"additionalProperties": False, "patternProperties": {"^_[a-zA-Z][^.]*$": {"type": "object"}}}
LANGUAGE = {"type": "string", "pattern": rf"^{values.LANGUAGE.pattern}$"}
AUTHOR = {
    "type": "object",
    "minProperties": 1,
    "properties": {"name": WORDS, "url": ADDRESS, "avatar": ADDRESS},
    **OWN,
}
AUTHORS = {"type": "array", "minItems": 1, "items": AUTHOR}
ITEM = {
    "type": "object",
    "required": ["id", "url", "title", "date_published"],
    "anyOf": [{"required": ["content_html"]}, {"required": ["content_text"]}],
    "properties": {
        "id": WORDS,
        "url": ADDRESS,
        "title": WORDS,
        "content_html": WORDS,
        "content_text": WORDS,
        "summary": WORDS,
        "image": ADDRESS,
        "date_published": MOMENT,
        "date_modified": MOMENT,
        "authors": AUTHORS,
        "tags": {"type": "array", "items": WORDS},
        "language": LANGUAGE,
    },
    **OWN,
}
SCHEMA = {
    "type": "object",
    "required": ["version", "title", "home_page_url", "feed_url", "items"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": WORDS,
        "description": WORDS,
        "home_page_url": ADDRESS,
        "feed_url": ADDRESS,
        "next_url": ADDRESS,
        "icon": ADDRESS,
        "favicon": ADDRESS,
        "authors": AUTHORS,
        "language": LANGUAGE,
        "hubs": {
            "type": "array",
            "items": {"type": "object", "required": ["type", "url"], "properties": {"type": WORDS, "url": ADDRESS}},
        },
        "items": {"type": "array", "items": ITEM},
    },
    **OWN,
}


def problems(body: bytes, address: str) -> list[str]:
    """Return what is wrong with the feed at the address."""
    try:
        feed = json.loads(body.decode())
    except ValueError as error:
        return [f"The document is no JSON in UTF-8: {error}"]
    found = Draft202012Validator(SCHEMA).iter_errors(feed)
    return [f"{error.json_path}: {error.message[:200]}" for error in found] or list(_problems(feed, address))


def _problems(feed: dict[str, Any], address: str) -> Iterator[str]:
    if feed["feed_url"] != address:
        yield f"the feed at {address} says that it is at {feed['feed_url']}"
    if feed.get("next_url") == address:
        yield "the next page is the page itself"
    for item in feed["items"]:
        yield from values.html(item["content_html"])
        for name in ("date_published", "date_modified"):
            yield from values.moment(item[name])
    yield from twice([item["id"] for item in feed["items"]], "the id")
