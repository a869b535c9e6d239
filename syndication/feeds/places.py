"""Which feeds there are and where: that of a list, a topic or a person hangs on its own address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from core.feeds.feed import SUFFIXES
from core.page_cache import until_change
from research_reviews.models import Person, ReviewIndexPage, ReviewPage, TopicPage

FEED = "feed/"
TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}
WITH_FEEDS = (Person, ReviewIndexPage, TopicPage)


@dataclass(frozen=True)
class FeedLink:
    """A feed as the head of a page names it."""

    type: str
    title: str
    url: str


def path_of(thing: Page | Person) -> str:
    """Return the path of a page or of a person's page; empty for a page of no site."""
    if isinstance(thing, Person):
        return thing.get_absolute_url()
    parts = thing.get_url_parts()
    return parts[2] if parts else ""


def feed_of(thing: Any) -> str:
    """Return the path of the feed that readers of a page want: its own, else that of all reviews; empty without one."""
    if isinstance(thing, WITH_FEEDS):
        path = path_of(thing)
    elif isinstance(thing, ReviewPage):
        # Every review lies below the list of all: no need to ask for that.
        path = path_of(thing).rstrip("/").rpartition("/")[0] + "/"
    else:
        path = until_change("list of reviews", list_of_reviews)
    return f"{path}{FEED}" if path else ""


def list_of_reviews() -> str:
    """Return the path of the list of all reviews; empty where there is none."""
    index = ReviewIndexPage.objects.listed().order_by("path").first()
    return path_of(index) if index else ""


def feeds_of(thing: Any, site_name: str) -> Iterator[FeedLink]:
    """Yield the feeds that the head of a page names: in every format, but on a review, where every byte counts, RSS."""
    path = feed_of(thing)
    if not path:
        return
    title = title_of(thing, site_name)
    kinds = ("rss",) if isinstance(thing, ReviewPage) else SUFFIXES
    yield from (FeedLink(TYPES[kind], title, f"{path}{SUFFIXES[kind]}") for kind in kinds)


def title_of(thing: Any, site_name: str) -> str:
    """Return what a page's feed is called."""
    if isinstance(thing, Person):
        return f"{thing.name} – {site_name}"
    return f"{thing.title} – {site_name}" if isinstance(thing, TopicPage) else site_name
