"""Small exports written by hand, for one oddity each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from wordpress_import.reading import Export, open_exports
from wordpress_import.records import AuthorRecord, ItemRecord, Record, SiteRecord, TermRecord

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0"
	xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
	xmlns:content="http://purl.org/rss/1.0/modules/content/"
	xmlns:wfw="http://wellformedweb.org/CommentAPI/"
	xmlns:dc="http://purl.org/dc/elements/1.1/"
	xmlns:wp="http://wordpress.org/export/1.2/"
>
<channel>
	<title>Evidence Desk</title>
	<link>https://www.old.example.org/</link>
	<description>Research &amp; reviews</description>
	<language>en-GB</language>
	<wp:wxr_version>1.2</wp:wxr_version>
	<wp:base_site_url>https://www.old.example.org</wp:base_site_url>
	<wp:base_blog_url>https://www.old.example.org</wp:base_blog_url>
"""
END = "</channel>\n</rss>\n"
FIELDS = {
    "title": "<title>A review</title>",
    "link": "<link>https://old.example.org/a-review/</link>",
    "pubDate": "<pubDate>Sat, 04 Jul 2020 08:00:00 +0000</pubDate>",
    "creator": "<dc:creator><![CDATA[amina]]></dc:creator>",
    "guid": '<guid isPermaLink="false">https://old.example.org/?p=7</guid>',
    "content": "<content:encoded><![CDATA[<p>What was found.</p>]]></content:encoded>",
    "excerpt": "<excerpt:encoded><![CDATA[]]></excerpt:encoded>",
    "id": "<wp:post_id>7</wp:post_id>",
    "date": "<wp:post_date><![CDATA[2020-07-04 10:00:00]]></wp:post_date>",
    "date_gmt": "<wp:post_date_gmt><![CDATA[2020-07-04 08:00:00]]></wp:post_date_gmt>",
    "name": "<wp:post_name><![CDATA[a-review]]></wp:post_name>",
    "status": "<wp:status><![CDATA[publish]]></wp:status>",
    "type": "<wp:post_type><![CDATA[post]]></wp:post_type>",
    "more": "",
}


def item(**fields: str) -> str:
    """Return an item with these elements instead of the usual ones, or without them where they are empty."""
    return "<item>\n" + "\n".join(filter(None, {**FIELDS, **fields}.values())) + "\n</item>\n"


def numbered(number: int, **fields: str) -> str:
    """Return an item with that id and an address of its own."""
    return item(
        id=f"<wp:post_id>{number}</wp:post_id>",
        guid=f"<guid>https://old.example.org/?p={number}</guid>",
        name=f"<wp:post_name>review-{number}</wp:post_name>",
        **fields,
    )


def write(folder: Path, *items: str, head: str = HEAD, end: str = END, name: str = "export.xml") -> Path:
    """Write an export of these items."""
    path = folder / name
    path.write_text(head + "".join(items) + end, encoding="utf-8", newline="")
    return path


def read(*paths: Path) -> tuple[list[Record], Export]:
    """Return everything in the export, and the export as it is after that."""
    export = open_exports(paths)
    return list(export.records()), export


def items(*paths: Path) -> list[ItemRecord]:
    """Return the items of the export."""
    return items_of(read(*paths)[0])


def items_of(records: Sequence[Record]) -> list[ItemRecord]:
    """Return the items among the records."""
    return [record for record in records if isinstance(record, ItemRecord)]


def only_item(folder: Path, **fields: str) -> ItemRecord:
    """Return what an export of one such item gives."""
    (record,) = items(write(folder, item(**fields)))
    return record


def sites(records: Sequence[Record]) -> list[SiteRecord]:
    """Return the sites among the records."""
    return [record for record in records if isinstance(record, SiteRecord)]


def authors(records: Sequence[Record]) -> list[AuthorRecord]:
    """Return the authors among the records."""
    return [record for record in records if isinstance(record, AuthorRecord)]


def terms(records: Sequence[Record]) -> list[TermRecord]:
    """Return the terms among the records."""
    return [record for record in records if isinstance(record, TermRecord)]
