"""Atom (RFC 4287), with its pages (RFC 5005) and threads (RFC 4685)."""

from __future__ import annotations

from core.feeds import media
from core.feeds.feed import SUFFIXES, Author, Entry, Feed
from core.feeds.xml import Document, one_line

NAMESPACES = {"xmlns": "http://www.w3.org/2005/Atom", **media.NAMESPACE}
TYPE = "application/atom+xml"


def write(feed: Feed) -> bytes:
    """Return the feed as Atom."""
    xml = Document()
    xml.open("feed", {"xml:lang": feed.language, **NAMESPACES})
    xml.leaf("id", feed.address("atom"))
    xml.leaf("title", one_line(feed.title))
    if feed.subtitle:
        xml.leaf("subtitle", one_line(feed.subtitle))
    xml.leaf("updated", feed.updated.isoformat())
    write_person(xml, "author", feed.site)
    xml.leaf("link", rel="alternate", href=feed.url, type="text/html")
    for relation, address in feed.links("atom"):
        xml.leaf("link", rel=relation, href=address, type=TYPE if relation == "self" else "")
    xml.leaf("generator", one_line(feed.site.name))
    if feed.licence_url:
        xml.leaf("rights", feed.licence_url)
    if feed.icon_url:
        xml.leaf("icon", feed.icon_url)
    if feed.logo_url:
        xml.leaf("logo", feed.logo_url)
    for entry in feed.entries:
        write_entry(xml, entry)
    xml.close("feed")
    return xml.written()


def write_person(xml: Document, role: str, person: Author) -> None:
    """Write somebody's name, and where to find them."""
    xml.open(role)
    xml.leaf("name", one_line(person.name))
    if person.url:
        xml.leaf("uri", person.url)
    xml.close(role)


def write_entry(xml: Document, entry: Entry) -> None:
    """Write one entry."""
    xml.open("entry")
    xml.leaf("id", entry.id)
    xml.leaf("title", one_line(entry.title))
    xml.leaf("link", rel="alternate", href=entry.url, type="text/html")
    xml.leaf("published", entry.published.isoformat())
    xml.leaf("updated", entry.updated.isoformat())
    for author in entry.authors:
        write_person(xml, "author", author)
    for author in entry.contributors:
        write_person(xml, "contributor", author)
    for category in entry.categories:
        xml.leaf("category", term=one_line(category.name), scheme=category.url)
    if entry.summary:
        xml.leaf("summary", one_line(entry.summary))
    xml.leaf("content", entry.html, type="html")
    if entry.replies_feed:
        xml.leaf("link", rel="replies", href=f"{entry.replies_feed}{SUFFIXES['atom']}", type=TYPE)
    if entry.image:
        xml.leaf("link", rel="enclosure", href=entry.image.url, type=entry.image.type)
        media.write_image(xml, entry.image)
    xml.close("entry")
