"""Feeds as their readers get them."""

from __future__ import annotations

from typing import Any

import feedparser
from django.test import Client

SUFFIXES = {"rss": "", "atom": "atom/", "json": "json/"}
TYPES = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
}
EVERYTHING = "/reviews/feed/"


def fetch(address: str = EVERYTHING, kind: str = "rss", **headers: str) -> Any:
    """Return the answer to a feed reader; the address is that of the RSS feed."""
    path, _mark, query = address.partition("?")
    return Client().get(f"{path}{SUFFIXES[kind]}{'?' if query else ''}{query}", headers=headers)


def parse(address: str = EVERYTHING, kind: str = "atom") -> Any:
    """Return an RSS or Atom feed as feedparser reads it. It has to be well formed."""
    feed = feedparser.parse(fetch(address, kind).content)
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def json_feed(address: str = EVERYTHING) -> dict[str, Any]:
    """Return a JSON Feed."""
    feed: dict[str, Any] = fetch(address, "json").json()
    return feed


def html_of(address: str = EVERYTHING) -> str:
    """Return the text of the only entry."""
    (item,) = json_feed(address)["items"]
    return str(item["content_html"])
