"""JSON Feed 1.1. What the format has no word for stands in objects whose names begin with an underscore."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from core.feeds.feed import Author, Entry, Feed, FeedImage
from core.feeds.xml import allowed, one_line

VERSION = "https://jsonfeed.org/version/1.1"


def write(feed: Feed) -> bytes:
    """Return the feed as JSON."""
    links = dict(feed.links("json"))
    written = filled(
        version=VERSION,
        title=one_line(feed.title),
        description=one_line(feed.subtitle),
        home_page_url=feed.url,
        feed_url=links["self"],
        next_url=links.get("next", ""),
        icon=feed.logo_url,
        favicon=feed.icon_url,
        authors=people([feed.site]),
        language=feed.language,
        hubs=[{"type": "WebSub", "url": feed.hub}] if feed.hub else [],
        _licence={"url": feed.licence_url} if feed.licence_url else {},
    )
    written["items"] = [item(entry) for entry in feed.entries]
    # A half of a pair of characters has no form in UTF-8.
    return allowed(json.dumps(written, ensure_ascii=False)).encode()


def item(entry: Entry) -> dict[str, Any]:
    """Return one entry."""
    contributors = people(entry.contributors)
    return filled(
        id=entry.id,
        url=entry.url,
        title=one_line(entry.title),
        content_html=entry.html,
        summary=one_line(entry.summary),
        date_published=entry.published.isoformat(),
        date_modified=entry.updated.isoformat(),
        authors=people(entry.authors),
        tags=[one_line(category.name) for category in entry.categories],
        image=entry.image.url if entry.image else "",
        _image=credits_of(entry.image) if entry.image else {},
        _contributors={"people": contributors} if contributors else {},
    )


def credits_of(image: FeedImage) -> dict[str, str]:
    """Return what has to be said of a picture."""
    return filled(credit=one_line(image.credit), description=one_line(image.alt), licence=image.licence_url)


def people(authors: Iterable[Author]) -> list[dict[str, str]]:
    """Return people with the page that tells of them."""
    return [filled(name=one_line(author.name), url=author.url) for author in authors]


def filled(**members: Any) -> dict[str, Any]:
    """Return the members that there is something to say about."""
    return {name: value for name, value in members.items() if value}
