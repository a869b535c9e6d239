"""Pictures, recordings and files of an HTML source."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from research_reviews.intake.elements import inlines, safe_address
from research_reviews.intake.inline import links, plain, trimmed
from research_reviews.intake.nodes import Download, EmbedNode, Node, Picture

FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|od[tsp]|csv|zip|rtf|epub)(?:[?#].*)?$", re.IGNORECASE)
INLINE_DATA = re.compile(r"data:image/(?:png|jpeg|gif|webp|svg\+xml)[;,]", re.IGNORECASE)
# Plug-ins that load pictures late keep the address here and a grey pixel in src.
LATE_SOURCES = ("data-src", "data-lazy-src", "data-original", "data-orig-file")


def picture_of(image: LexborNode, caption: str = "", link: str = "") -> list[Node]:
    """Return an image, or nothing for one of a pixel and for one without an address."""
    attributes = image.attributes
    if attributes.get("width") == "1" and attributes.get("height") == "1":
        return []
    src = next((found for name in LATE_SOURCES if (found := (attributes.get(name) or "").strip())), "")
    src = src or (attributes.get("src") or "").strip()
    if not (INLINE_DATA.match(src) or safe_address(src)):
        return [Picture("", attributes.get("alt") or "", caption, link)] if plain(caption) else []
    return [Picture(src, " ".join((attributes.get("alt") or "").split()), caption, link)]


def linked(element: LexborNode) -> list[Node]:
    """Return the picture that a link consists of; none where the link holds words or several things."""
    images = element.css("img")
    if len(images) != 1 or element.text().strip():
        return []
    return picture_of(images[0], link=safe_address(element.attributes.get("href") or ""))


def picture(element: LexborNode, depth: int) -> list[Node]:
    """Return an image."""
    return picture_of(element)


def recording_of(element: LexborNode) -> list[Node]:
    """Return a frame, a video or a recording by its address; nothing for one without."""
    address = ""
    for name in ("src", "data-src", "data", "href"):
        address = address or safe_address(element.attributes.get(name) or "")
    source = element.css_first("source")
    if not address and source is not None:
        address = safe_address(source.attributes.get("src") or "")
    if address.startswith("//"):
        address = f"https:{address}"
    if not address or address.startswith("about:"):
        return []
    return [EmbedNode(address, " ".join((element.attributes.get("title") or "").split()))]


def file_of(element: LexborNode) -> Download | None:
    """Return the file that a paragraph links to, where it holds nothing but that link."""
    if element.css_first("a") is None:
        return None
    html = trimmed(inlines(element))
    found = links(html)
    if len(found) != 1 or not FILE.search(found[0][1]) or found[0][0] != plain(html) or len(found[0][0]) > 200:
        return None
    return Download(found[0][1], found[0][0])
