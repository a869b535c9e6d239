"""RSS 2.0 and the profile of the RSS Advisory Board, with the namespaces that our feeds use."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tests.syndication.feed_rules import media, values
from tests.syndication.feed_rules.atom import relation
from tests.syndication.feed_rules.elements import MANY, Child, faults, parsed, twice

ATOM_LINK = "{http://www.w3.org/2005/Atom}link"
DC = "{http://purl.org/dc/elements/1.1/}"
PICTURES = (".gif", ".jpeg", ".jpg", ".png")


def permanence(value: str) -> Iterator[str]:
    """Find fault with what says neither yes nor no."""
    if value not in ("true", "false"):
        yield f"{value!r} is neither true nor false"


def mailbox(value: str) -> Iterator[str]:
    """Find fault with an author who is no e-mail address: names belong into dc:creator."""
    if "@" not in value:
        yield f"{value!r} is no e-mail address"


CHANNEL = {
    "title": Child(1, 1, values.text),
    "link": Child(1, 1, values.address),
    "description": Child(1, 1, values.text),
    "language": Child(text=values.language),
    "copyright": Child(text=values.text),
    "lastBuildDate": Child(text=values.old_moment),
    "pubDate": Child(text=values.old_moment),
    "generator": Child(text=values.text),
    "docs": Child(text=values.address),
    "image": Child(),
    "item": Child(0, MANY),
    ATOM_LINK: Child(1, MANY, None, {"href!": values.address, "rel!": relation, "type": values.media_type}),
}
IMAGE = {
    "url": Child(1, 1, values.address),
    "title": Child(1, 1, values.text),
    "link": Child(1, 1, values.address),
}
ITEM = {
    # Either would do for the specification; readers show both.
    "title": Child(1, 1, values.text),
    "description": Child(1, 1, values.text),
    "link": Child(1, 1, values.address),
    "guid": Child(1, 1, values.text, {"isPermaLink!": permanence}),
    "pubDate": Child(1, 1, values.old_moment),
    "author": Child(text=mailbox),
    "category": Child(0, MANY, values.text, {"domain": values.address}),
    "comments": Child(text=values.address),
    f"{DC}creator": Child(0, MANY, values.text),
    f"{DC}contributor": Child(0, MANY, values.text),
    "{http://purl.org/dc/terms/}modified": Child(text=values.moment),
    "{http://purl.org/rss/1.0/modules/content/}encoded": Child(text=values.html),
    "{http://wellformedweb.org/CommentAPI/}commentRss": Child(text=values.address),
    media.CONTENT: media.RULE,
}


def problems(body: bytes, address: str) -> list[str]:
    """Return what is wrong with the feed at the address."""
    feed = parsed(body)
    if isinstance(feed, str):
        return [feed]
    return list(_problems(feed, address))


def _problems(feed: Element, address: str) -> Iterator[str]:
    if (feed.tag, feed.attrib) != ("rss", {"version": "2.0"}):
        yield f"{feed.tag} {feed.attrib} is no RSS 2.0"
    yield from faults(feed, "rss", {"channel": Child(1, 1)})
    for channel in feed.findall("channel"):
        yield from channel_faults(channel, address)


def channel_faults(channel: Element, address: str) -> Iterator[str]:
    """Find fault with the channel and its items."""
    yield from faults(channel, "channel", CHANNEL)
    own = [link.get("href") for link in channel.findall(ATOM_LINK) if link.get("rel") == "self"]
    if own != [address]:
        yield f"the feed at {address} says that it is at {own}"
    for image in channel.findall("image"):
        yield from image_faults(image, channel)
    items = channel.findall("item")
    for item in items:
        yield from item_faults(item)
    yield from twice([item.findtext("guid", "") for item in items], "the guid")


def image_faults(image: Element, channel: Element) -> Iterator[str]:
    """Find fault with the picture of the channel, which stands for the channel."""
    yield from faults(image, "image", IMAGE)
    for name in ("title", "link"):
        if image.findtext(name) != channel.findtext(name):
            yield f"the picture has another {name} than its channel"
    if not image.findtext("url", "").lower().endswith(PICTURES):
        yield "the picture is in no format that the specification knows"


def item_faults(item: Element) -> Iterator[str]:
    """Find fault with an item."""
    yield from faults(item, "item", ITEM)
    yield from media.faults_in(item)
    guid = item.find("guid")
    if guid is not None and guid.get("isPermaLink") == "true":
        yield from (f"item/guid {problem}" for problem in values.address(guid.text or ""))
    if item.find("author") is not None and item.find(f"{DC}creator") is not None:
        yield "the item names its author twice"
