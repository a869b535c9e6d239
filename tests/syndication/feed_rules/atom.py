"""Atom: RFC 4287, with the pages of RFC 5005 and the replies of RFC 4685."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tests.syndication.feed_rules import media, values
from tests.syndication.feed_rules.elements import MANY, Child, faults, parsed, twice

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# Those of the registry of link relations that feeds have a use for.
RELATIONS = {"alternate", "enclosure", "first", "hub", "last", "license", "next", "previous", "replies", "self"}


def relation(value: str) -> Iterator[str]:
    """Find fault with a relation that nobody has registered."""
    if value not in RELATIONS:
        yield f"{value!r} is no registered relation"


def kind(value: str) -> Iterator[str]:
    """Find fault with the type of a text."""
    if value not in ("text", "html"):
        yield f"{value!r} is no type of text"


TEXT = Child(text=values.text, attributes={"type": kind})
ONE_TEXT = Child(1, 1, values.text, {"type": kind})
PERSON = {f"{ATOM}name": Child(1, 1, values.text), f"{ATOM}uri": Child(text=values.address), f"{ATOM}email": Child()}
PEOPLE = Child(0, MANY)
LINK = Child(0, MANY, None, {"href!": values.address, "rel": relation, "type": values.media_type, "title": values.text})
CATEGORY = Child(0, MANY, None, {"term!": values.text, "scheme": values.address, "label": values.text})
SHARED = {
    f"{ATOM}id": Child(1, 1, values.address),
    f"{ATOM}title": ONE_TEXT,
    f"{ATOM}updated": Child(1, 1, values.moment),
    f"{ATOM}author": PEOPLE,
    f"{ATOM}contributor": PEOPLE,
    f"{ATOM}category": CATEGORY,
    f"{ATOM}link": LINK,
    f"{ATOM}rights": TEXT,
}
FEED = {
    **SHARED,
    f"{ATOM}subtitle": TEXT,
    f"{ATOM}generator": Child(text=values.text, attributes={"uri": values.address, "version": None}),
    f"{ATOM}icon": Child(text=values.address),
    f"{ATOM}logo": Child(text=values.address),
    f"{ATOM}entry": Child(0, MANY),
}
ENTRY = {
    **SHARED,
    f"{ATOM}published": Child(text=values.moment),
    f"{ATOM}summary": TEXT,
    f"{ATOM}content": Child(text=values.html, attributes={"type!": kind}),
    media.CONTENT: media.RULE,
}


def problems(body: bytes, address: str) -> list[str]:
    """Return what is wrong with the feed at the address."""
    feed = parsed(body)
    if isinstance(feed, str):
        return [feed]
    return list(_problems(feed, address))


def _problems(feed: Element, address: str) -> Iterator[str]:
    if feed.tag != f"{ATOM}feed":
        yield f"{feed.tag} is no feed"
    yield from values.language(feed.get(LANG, ""))
    yield from faults(feed, "feed", FEED)
    yield from link_faults(feed, "feed")
    own = [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    if own != [address]:
        yield f"the feed at {address} says that it is at {own}"
    entries = feed.findall(f"{ATOM}entry")
    for entry in entries:
        yield from entry_faults(entry, has_author=feed.find(f"{ATOM}author") is not None)
    yield from twice([entry.findtext(f"{ATOM}id", "") for entry in entries], "the id")
    yield from twice([entry.findtext(f"{ATOM}updated", "") for entry in entries], "the time of change")
    for person in (*feed.iter(f"{ATOM}author"), *feed.iter(f"{ATOM}contributor")):
        yield from faults(person, "person", PERSON)


def entry_faults(entry: Element, has_author: bool) -> Iterator[str]:
    """Find fault with an entry."""
    yield from faults(entry, "entry", ENTRY)
    yield from link_faults(entry, "entry")
    yield from media.faults_in(entry)
    if not has_author and entry.find(f"{ATOM}author") is None:
        yield "neither the feed nor the entry has an author"
    links = [link for link in entry.findall(f"{ATOM}link") if link.get("rel", "alternate") == "alternate"]
    if not links:
        yield "the entry leads nowhere"


def link_faults(element: Element, name: str) -> Iterator[str]:
    """Find fault with links that say the same."""
    links = [(link.get("rel", "alternate"), link.get("type", "")) for link in element.findall(f"{ATOM}link")]
    yield from twice([" ".join(link) for link in links if link[0] in ("alternate", "self")], f"{name}: the link")
