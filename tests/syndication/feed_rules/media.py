"""Media RSS, as far as a picture with its credit goes."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tests.syndication.feed_rules import values
from tests.syndication.feed_rules.elements import Child, faults

MEDIA = "{http://search.yahoo.com/mrss/}"
CONTENT = f"{MEDIA}content"


def number(value: str) -> Iterator[str]:
    """Find fault with a size."""
    if not value.isdecimal() or not int(value):
        yield f"{value!r} is no size"


def medium(value: str) -> Iterator[str]:
    """Find fault with what is said to be another medium."""
    if value != "image":
        yield f"{value!r} is no picture"


RULE = Child(
    attributes={
        "url!": values.address,
        "type!": values.media_type,
        "medium!": medium,
        "width!": number,
        "height!": number,
    }
)
PARTS = {
    f"{MEDIA}description": Child(text=values.text, attributes={"type": None}),
    f"{MEDIA}credit": Child(text=values.text),
    f"{MEDIA}license": Child(text=values.text, attributes={"href!": values.address}),
}


def faults_in(entry: Element) -> Iterator[str]:
    """Find fault with the picture of an entry."""
    for content in entry.findall(CONTENT):
        yield from faults(content, "media:content", PARTS)
