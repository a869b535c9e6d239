"""What Zotero makes of a page, by the rules of its translators “COinS” and “Embedded Metadata”.

Read in zotero/translators and in openurl.js of zotero/utilities; only the rules that our pages meet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import unquote

from bs4 import BeautifulSoup

# Formats of OpenURL and the genres of books, as Zotero's own types.
FORMATS = {"journal": "journalArticle", "book": "book", "dc": "webpage", "dissertation": "thesis", "patent": "patent"}
GENRES = {"bookitem": "bookSection", "report": "report", "document": "document"}
NAMED_IN_PARTS = ("journalArticle", "bookSection", "conferencePaper")
# The namespaces that “Embedded Metadata” hands over to its reader of RDF.
PREFIXES = ("bib", "bibo", "dc", "dcterms", "prism", "foaf", "vcard", "link", "z", "eprint", "eprints", "og", "article")

Name = tuple[str, str]


@dataclass
class ZoteroItem:
    """What Zotero would save: its type, its fields and its authors as family and given name."""

    item_type: str
    fields: dict[str, str] = field(default_factory=dict)
    creators: list[Name] = field(default_factory=list)


def clean_author(name: str) -> Name:
    """Take a name apart as Zotero does: at the comma where it has one, else at the last space."""
    parts_at_comma = "," in name
    name = re.sub(r"^[\s.,/\[\]:]+|[\s.,/\[\]:]+$", "", name)
    if parts_at_comma:
        family, _comma, given = name.partition(",")
        return family.strip(), given.split(",")[0].strip()
    given, _space, family = name.rpartition(" ")
    return family, given


def coins(page: BeautifulSoup) -> list[ZoteroItem]:
    """Return the items of every `span.Z3988` of the page, in their order."""
    items = [parse_context_object(str(span["title"])) for span in page.select("span.Z3988[title]")]
    return [item for item in items if item and item.fields.get("title")]


def parse_context_object(text: str) -> ZoteroItem | None:
    """Return the item of a ContextObject; None where Zotero does not know the format."""
    pairs = [
        (key, unquote(re.sub(r"\+|%2[bB]", " ", value))) for key, value in (p.split("=")[:2] for p in text.split("&"))
    ]
    form = dict(pairs).get("rft_val_fmt", "").rpartition(":")[2]
    if form not in FORMATS:
        return None
    item = ZoteroItem(FORMATS[form])
    if form == "book":
        item.item_type = GENRES.get(dict(pairs).get("rft.genre", ""), "book")
    for key, value in pairs:
        read_key(item, key, value)
    return item


def read_key(item: ZoteroItem, key: str, value: str) -> None:
    """Take a key of a ContextObject into the item."""
    if key == "rft.type":
        item.item_type = value
    elif key == "rft.au":
        item.creators.append(clean_author(value))
    elif key == "rft.aulast":
        item.creators.append((value, ""))
    elif name := field_of(item, key, value):
        item.fields[name] = value.removeprefix("info:doi/")


def field_of(item: ZoteroItem, key: str, value: str) -> str:
    """Return the field that a key means for an item of its type; empty for none."""
    is_report, has_parts = item.item_type == "report", item.item_type in NAMED_IN_PARTS
    meanings = {
        "rft_id": "DOI" if value.startswith("info:doi/") else "url",
        "rft.atitle": "title" if has_parts else "",
        "rft.btitle": "title" if is_report or item.item_type == "book" else "",
        "rft.title": "publicationTitle" if has_parts else "title",
        "rft.jtitle": "publicationTitle",
        "rft.source": "publicationTitle",
        "rft.series": "seriesTitle" if is_report else "series",
        "rft.date": "date",
        "rft.volume": "volume",
        "rft.issue": "issue",
        "rft.pages": "pages",
        "rft.pub": "publisher",
    }
    return meanings.get(key, "")


def embedded(page: BeautifulSoup) -> ZoteroItem:
    """Return the one item that “Embedded Metadata” makes of the tags in the head."""
    statements: dict[str, list[str]] = {}
    for tag in page.select("head meta"):
        name, content = str(tag.get("name") or tag.get("property") or ""), str(tag.get("content", ""))
        prefix, *rest = re.split("[.:_]", name, maxsplit=1)
        term = rest[0] if rest else ""
        if prefix.lower() in PREFIXES and content:
            statements.setdefault(f"{prefix.lower()}:{term[:1].lower()}{term[1:]}", []).append(content)

    def first(*terms: str) -> str:
        return next((statements[term][0] for term in terms if term in statements), "")

    fields = {
        "title": first("dc:title", "og:title"),
        "publicationTitle": first("dc:source", "og:site_name"),
        "date": first("dc:date", "article:published_time"),
        # Where no tag says it, that of the page.
        "language": first("dc:language") or str(page.select("html")[0].get("lang", "")),
        "url": first("og:url"),
        "abstractNote": first("og:description"),
    }
    creators = list(map(clean_author, statements.get("dc:creator", [])))
    return ZoteroItem(first("z:itemType") or "webpage", fields, creators)
