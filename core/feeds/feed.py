"""What a feed holds, whatever it is written as."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

# What follows the address of the RSS feed.
SUFFIXES = {"rss": "", "atom": "atom/", "json": "json/"}


@dataclass(frozen=True)
class Author:
    """Somebody who wrote, or had a part in it."""

    name: str
    url: str = ""


@dataclass(frozen=True)
class Category:
    """A subject, and where it is described."""

    name: str
    url: str = ""


@dataclass(frozen=True)
class FeedImage:
    """A picture with what has to be said of it."""

    url: str
    type: str
    width: int
    height: int
    alt: str = ""
    credit: str = ""
    licence_url: str = ""


@dataclass(frozen=True)
class Entry:
    """One text. Its id stays the same whatever becomes of its address."""

    id: str
    url: str
    title: str
    html: str
    published: datetime
    updated: datetime
    summary: str = ""
    authors: Sequence[Author] = ()
    contributors: Sequence[Author] = ()
    categories: Sequence[Category] = ()
    image: FeedImage | None = None
    # Where it is discussed, and the feed of that.
    replies_url: str = ""
    replies_feed: str = ""


@dataclass(frozen=True)
class Feed:
    """A page of a feed. All addresses are whole; `base` is that of its first page as RSS, and ends with a slash."""

    title: str
    url: str
    base: str
    site: Author
    language: str
    # When the page that the feed belongs to last changed, for as long as there is no entry.
    began: datetime
    entries: Sequence[Entry] = ()
    subtitle: str = ""
    licence_url: str = ""
    logo_url: str = ""
    icon_url: str = ""
    hub: str = ""
    # What chooses among the entries, as it stands in an address.
    query: str = ""
    number: int = 1
    last_number: int = 1

    @property
    def updated(self) -> datetime:
        """When the newest change of an entry was made."""
        return max((entry.updated for entry in self.entries), default=self.began)

    @property
    def description(self) -> str:
        """What it is a feed of: RSS wants a word in any case."""
        return self.subtitle or self.title

    def address(self, kind: str, number: int = 1) -> str:
        """Return the address of a page of the feed, in one of the formats."""
        query = "&".join(filter(None, (self.query, f"page={number}" if number > 1 else "")))
        return f"{self.base}{SUFFIXES[kind]}{f'?{query}' if query else ''}"

    def links(self, kind: str) -> Iterator[tuple[str, str]]:
        """Yield what a page of the feed is linked with, by the name of the relation (RFC 5005)."""
        yield "self", self.address(kind, self.number)
        if self.hub:
            yield "hub", self.hub
        if self.licence_url:
            yield "license", self.licence_url
        if self.last_number > 1:
            yield "first", self.address(kind)
            yield "last", self.address(kind, self.last_number)
        if self.number > 1:
            yield "previous", self.address(kind, self.number - 1)
        if self.number < self.last_number:
            yield "next", self.address(kind, self.number + 1)
