"""Reads one part of an export from its start to its end: pieces in, records out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from wordpress_import.reading import encoding
from wordpress_import.reading.heads import site
from wordpress_import.reading.items import item
from wordpress_import.reading.ledger import Ledger
from wordpress_import.reading.pieces import CDATA, Piece, Splitter
from wordpress_import.reading.problems import Problem
from wordpress_import.reading.repair import elements, loose_elements
from wordpress_import.reading.sniffing import KNOWN_VERSIONS, Format
from wordpress_import.reading.sources import Part, chunks
from wordpress_import.reading.trees import Node
from wordpress_import.reading.values import site_key
from wordpress_import.records import ItemRecord, Record, SiteRecord

HEAD = re.compile(rb"<channel[\s>]|<wp:(?:base_blog_url|base_site_url|wxr_version)[\s>]")
NOTICE = re.compile(
    rb"<b>\s*(?:Warning|Notice|Deprecated|Fatal error|Parse error|Strict Standards)\s*</b>", re.IGNORECASE
)
ADDRESS = re.compile(rb"<(?:guid|link|wp:attachment_url)[^>]{0,100}>\s*(?:<!\[CDATA\[)?\s*https?://([\w.-]{1,250})")


class PartReader:
    """Yields the records of a part and notes what was wrong with it. `number` counts its items."""

    def __init__(self, part: Part, form: Format, ledger: Ledger) -> None:
        self.part = part
        self.form = form
        self.ledger = ledger
        self.number = 0
        self.last_title = ""
        self.is_in_site = self.is_closed = self.is_beyond_large_item = False

    def records(self, report: Callable[[int], None]) -> Iterator[Record]:
        """Yield what the part holds. `report` gets the packed bytes read so far."""
        self.note_format()
        splitter = Splitter(encoding.in_utf8(chunks(self.part, report), self.form.encoding), self.form.prefix)
        for piece in splitter.pieces():
            if piece.is_too_large:
                self.is_beyond_large_item = True
                self.number += piece.name == "item"
                self.note(piece, _("It is larger than anything that is read in one piece, and was left out."))
            elif piece.name == "item":
                self.is_beyond_large_item = False
                yield from self.item(piece)
            elif piece.name:
                yield from self.entry(piece)
            elif not piece.content.isspace():
                # Behind an item that is left out comes the rest of its text.
                yield from () if self.is_beyond_large_item else self.gap(piece)
                self.is_closed = b"</channel" in piece.content or b"</rss" in piece.content or self.is_closed
        has_frame = re.search(rb"<(?:rss|channel)[\s>]", self.form.sample)
        if splitter.trouble or (has_frame and not self.is_closed):
            self.note_cut(splitter.trouble or _("The file ends early."))

    def note_format(self) -> None:
        """Note what is unusual about the file as a whole."""
        if self.form.has_document_type:
            self.note(None, _("The file declares entities of its own; they are left as they stand."))
        if self.form.version and self.form.version not in KNOWN_VERSIONS:
            sentence = _("The export is of version %(version)s, which is not known; it is read like 1.2.")
            self.note(None, sentence % {"version": self.form.version})

    def item(self, piece: Piece) -> Iterator[Record]:
        """Yield the item, after the site and the author that have not been told of yet; or note why it is left out."""
        self.number += 1
        self.is_closed = False
        if not piece.is_whole and is_cut(piece):
            if not piece.is_last:
                self.note(piece, _("It breaks off, and was left out."))
            # The last one is missing in what is said of the end of the file.
            self.number -= piece.is_last
            return
        problems = [] if piece.is_whole else [_("Its start or end is missing; what is there was read.")]
        nodes, repairs = elements(piece.content, self.form, is_whole=piece.is_whole)
        problems += repairs
        if not any(node.name.startswith("wp:") for node in nodes):
            self.note(piece, _("It is nothing that WordPress exports, and was left out."))
            return
        yield from self.enter_site(None)
        read = item(nodes, self.ledger.clock, problems)
        self.last_title = read.title
        record = self.ledger.new_item(read)
        if record is None:
            sentence = _("%(kind)s %(id)s is there twice; the first is taken.")
            self.note(piece, sentence % {"kind": read.kind, "id": read.wp_id})
            return
        for sentence in record.problems:
            self.note(piece, sentence, record)
        yield from self.ledger.new_author(record.author)
        yield record

    def entry(self, piece: Piece) -> Iterator[Record]:
        """Yield the author or term of the head."""
        yield from self.enter_site(None)
        nodes, problems = elements(piece.content, self.form, is_whole=piece.is_whole)
        entry = Node(f"wp:{piece.name.rpartition(':')[2]}", {}, "", nodes)
        for sentence in problems:
            self.note(piece, sentence)
        yield from self.ledger.new_entries(entry)

    def gap(self, piece: Piece) -> Iterator[Record]:
        """Take what there is outside of any element: the site's own data, or an item that lost its start tag."""
        content = piece.content
        if has_head := HEAD.search(content):
            self.is_closed = False
            yield from self.enter_site(site(loose_elements(content, self.form)))
        if b"<wp:post_id" in content and b"</item" in content:
            start = max(0, content.rfind(b"<title", 0, content.find(b"<wp:post_id"))) if has_head else 0
            yield from self.item(replace(piece, name="item", content=content[start:], is_whole=False))
        elif NOTICE.search(content):
            self.note(piece, _("A message of the server stands between the elements, and was left out."))

    def enter_site(self, found: SiteRecord | None) -> Iterator[SiteRecord]:
        """Yield the site if what follows belongs to another than what went before, or to the first."""
        if self.is_in_site and not (found and found.key):
            return
        found = found or self.ledger.site or SiteRecord(key="")
        if not found.key and (address := ADDRESS.search(self.form.sample)):
            found = replace(found, key=site_key(address[1].decode("utf-8", "replace")))
        self.is_in_site = True
        yield from self.ledger.enter(found, self.form.sample)

    def place(self, piece: Piece | None, record: ItemRecord | None = None) -> str:
        """Return where in the file that is, in words."""
        if piece is None:
            return ""
        if not piece.name or piece.name != "item":
            return _("line %(line)s") % {"line": piece.line}
        words = {"number": self.number, "line": piece.line, "id": record.wp_id if record else 0}
        if record:
            return _("item %(number)s (id %(id)s), line %(line)s") % words
        return _("item %(number)s, line %(line)s") % words

    def note(self, piece: Piece | None, sentence: str, record: ItemRecord | None = None) -> None:
        """Note a problem of the piece, or of the whole file."""
        if self.ledger.problems.has_room():
            self.ledger.problems.note(Problem(self.part.name, self.place(piece, record), sentence))

    def note_cut(self, reason: str) -> None:
        """Note that the end of the file is missing, and after which item."""
        words = {"reason": reason, "number": self.number, "title": self.last_title}
        sentence = _(
            "%(reason)s The last whole item is number %(number)s, “%(title)s”; what stood after it is missing. "
            "Export again, by year or by author if the export never ends."
        )
        place = _("after item %(number)s") % {"number": self.number}
        self.ledger.cut(Problem(self.part.name, place, sentence % words))


def is_cut(piece: Piece) -> bool:
    """Tell whether an element without an end tag lacks more than that."""
    content = piece.content
    is_open = content.rfind(CDATA) > content.rfind(b"]]>")
    return is_open or (piece.is_last and b"</channel" not in content) or b":post_type>" not in content
