"""RSS 2.0, by the profile of the RSS Advisory Board."""

from __future__ import annotations

from django.utils.feedgenerator import rfc2822_date

from core.feeds import media
from core.feeds.feed import Entry, Feed
from core.feeds.xml import Document, one_line

NAMESPACES = {
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:dcterms": "http://purl.org/dc/terms/",
    "xmlns:wfw": "http://wellformedweb.org/CommentAPI/",
    **media.NAMESPACE,
}
# What the format itself takes for the picture of a feed.
PICTURES = (".gif", ".jpeg", ".jpg", ".png")


def write(feed: Feed) -> bytes:
    """Return the feed as RSS."""
    xml = Document()
    xml.open("rss", {"version": "2.0", **NAMESPACES})
    xml.open("channel")
    xml.leaf("title", one_line(feed.title))
    xml.leaf("link", feed.url)
    xml.leaf("description", one_line(feed.description))
    xml.leaf("language", feed.language)
    if feed.licence_url:
        xml.leaf("copyright", feed.licence_url)
    xml.leaf("lastBuildDate", rfc2822_date(feed.updated))
    xml.leaf("generator", one_line(feed.site.name))
    xml.leaf("docs", "https://www.rssboard.org/rss-specification")
    for relation, address in feed.links("rss"):
        xml.leaf("atom:link", rel=relation, href=address, type="application/rss+xml" if relation == "self" else "")
    if feed.logo_url.lower().endswith(PICTURES):
        write_logo(xml, feed)
    for entry in feed.entries:
        write_entry(xml, entry)
    xml.close("channel")
    xml.close("rss")
    return xml.written()


def write_logo(xml: Document, feed: Feed) -> None:
    """Write the picture of the feed, which carries the feed's own title and link."""
    xml.open("image")
    xml.leaf("url", feed.logo_url)
    xml.leaf("title", one_line(feed.title))
    xml.leaf("link", feed.url)
    xml.close("image")


def write_entry(xml: Document, entry: Entry) -> None:
    """Write one item. Its address may change, so that its id is none."""
    xml.open("item")
    xml.leaf("title", one_line(entry.title))
    xml.leaf("link", entry.url)
    xml.leaf("guid", entry.id, isPermaLink="true" if entry.id == entry.url else "false")
    xml.leaf("pubDate", rfc2822_date(entry.published))
    xml.leaf("dcterms:modified", entry.updated.isoformat())
    for author in entry.authors:
        xml.leaf("dc:creator", one_line(author.name))
    for author in entry.contributors:
        xml.leaf("dc:contributor", one_line(author.name))
    for category in entry.categories:
        xml.leaf("category", one_line(category.name), domain=category.url)
    xml.leaf("description", one_line(entry.summary))
    xml.leaf("content:encoded", entry.html)
    if entry.replies_url:
        xml.leaf("comments", entry.replies_url)
    if entry.replies_feed:
        xml.leaf("wfw:commentRss", entry.replies_feed)
    if entry.image:
        media.write_image(xml, entry.image)
    xml.close("item")
