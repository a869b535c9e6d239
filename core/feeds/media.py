"""A picture with its credit, in the namespace that RSS and Atom feeds share for that (Media RSS)."""

from __future__ import annotations

from core.feeds.feed import FeedImage
from core.feeds.xml import Document, one_line

NAMESPACE = {"xmlns:media": "http://search.yahoo.com/mrss/"}


def write_image(xml: Document, image: FeedImage) -> None:
    """Write the picture of an entry."""
    size = {"width": str(image.width), "height": str(image.height)}
    xml.open("media:content", {"url": image.url, "type": image.type, "medium": "image", **size})
    if image.alt:
        xml.leaf("media:description", one_line(image.alt), type="plain")
    if image.credit:
        xml.leaf("media:credit", one_line(image.credit))
    if image.licence_url:
        xml.leaf("media:license", image.licence_url, href=image.licence_url)
    xml.close("media:content")
