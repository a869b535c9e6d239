"""Cuts an export into items and the entries of its head by their bytes, so that damage in one reaches no other.

No XML parser is asked: it would end at the first error. A tag inside CDATA is text and no border, unless the
tags around it show that the end of the CDATA was lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wordpress_import.reading.sources import BrokenPartError

# An item takes up to ten times its size while it is read: in the file, as text, as values, four bytes a character.
LARGEST_ITEM = 16 << 20
LARGEST_ENTRY = 1 << 20
CDATA = b"<![CDATA["
# What stands before the end or the start of an item in truth, even where CDATA seems to be open.
ENDS_ELEMENT = re.compile(rb"(?:</wp:\w+\s*>|<wp:\w+\s*/>)\s*\Z")
GOES_ON = re.compile(rb"\s*(?:<item[\s>]|</channel|</rss|\Z)")
STARTS_EXPORT = re.compile(rb"<rss[^>]*wordpress\.org/export/[^>]*>\s*\Z")
ITEM_BORDERS = re.compile(rb"<(/?)(item|channel)(?=[\s>])[^<>]*(?<!/)>")
MARGIN = 1024


@dataclass(frozen=True)
class Piece:
    """A stretch of the file. `name` is that of the element it holds, or empty for what stands between elements.

    `line` is where it begins; `is_whole` is false where its end tag is missing, `is_last` where the file ended in it.
    """

    name: str
    content: bytes
    line: int
    is_whole: bool = True
    is_last: bool = False
    is_too_large: bool = False


class Splitter:
    """Yields the pieces of one part. `trouble` says afterwards why the part could not be read to its end, if so.

    `prefix` is what the file has before the colon instead of `wp`. Offsets in methods count from `position`, the
    first byte that has not been given out: the buffer moves.
    """

    def __init__(self, chunks: Iterator[bytes], prefix: str = "wp") -> None:
        self.chunks = chunks
        self.buffer = b""
        self.position = 0
        self.line = 1
        self.is_at_end = False
        self.trouble = ""
        names = rb"(item|%s:(?:author|wp_author|category|tag|term))(?=[\s>])[^<>]*(?<!/)>" % re.escape(prefix).encode()
        self.opener = re.compile(rb"<" + names)
        self.entry_borders = re.compile(rb"<(/?)" + names)

    def pieces(self) -> Iterator[Piece]:
        """Yield everything in the file in its order."""
        scanned = 0
        while True:
            if found := self.opener.search(self.buffer, self.position + scanned):
                scanned = 0
                if found.start() > self.position:
                    yield self.taken("", found.start())
                yield self.element(found[1])
                continue
            if self.length() > LARGEST_ENTRY:
                yield self.taken("", len(self.buffer) - MARGIN)
            scanned = max(0, self.length() - MARGIN)
            if not self.grow():
                break
        if self.length():
            yield self.taken("", len(self.buffer), is_last=True)

    def length(self) -> int:
        """Return how many bytes wait to be given out."""
        return len(self.buffer) - self.position

    def grow(self) -> bool:
        """Read on. Returns whether there was more."""
        try:
            chunk = b"" if self.is_at_end else next(self.chunks, b"")
        except BrokenPartError as error:
            chunk, self.trouble = b"", str(error)
        self.is_at_end = not chunk
        if chunk:
            self.buffer = self.buffer[self.position :] + chunk
            self.position = 0
        return bool(chunk)

    def taken(self, name: str, end: int, *, is_whole: bool = True, is_last: bool = False) -> Piece:
        """Return the buffer up to that index as a piece, and go on behind it."""
        content = self.buffer[self.position : end]
        piece = Piece(name, content, self.line, is_whole, is_last)
        self.line += content.count(b"\n")
        self.position = end
        return piece

    def left_out(self, name: str) -> Piece:
        """Return a piece without what is in the buffer, and go on behind it."""
        piece = Piece(name, b"", self.line, is_whole=False, is_too_large=True)
        self.line += self.buffer.count(b"\n", self.position)
        self.position = len(self.buffer)
        return piece

    def element(self, name: bytes) -> Piece:
        """Return the element that begins here, to its end tag, or to where the next begins if it has none."""
        label = name.decode()
        is_item = name == b"item"
        borders = ITEM_BORDERS if is_item else self.entry_borders
        scanned = 1
        while True:
            border = borders.search(self.buffer, self.position + scanned)
            # What follows the tag tells whether it is one: it has to be in the buffer.
            if border is None or len(self.buffer) - border.end() < MARGIN:
                if border is None:
                    if self.length() > (LARGEST_ITEM if is_item else LARGEST_ENTRY):
                        return self.left_out(label)
                    scanned = max(scanned, self.length() - MARGIN)
                if self.grow():
                    continue
            if border is None:
                return self.taken(label, len(self.buffer), is_whole=False, is_last=True)
            if self.is_border(border, name):
                is_end = border[1] == b"/"
                return self.taken(label, border.end() if is_end else border.start(), is_whole=is_end)
            scanned = self.section_end(border) - self.position

    def is_border(self, tag: re.Match[bytes], name: bytes) -> bool:
        """Tell whether the element ends with the tag, or before it: it may be text."""
        if tag[1] == b"/" and tag[2] != name:
            return False
        if tag[2] == b"channel":
            return self.follows(STARTS_EXPORT, tag.start())
        if self.is_outside(tag.start()):
            return True
        # CDATA seems to be open, but an element of WordPress has ended here: the mark for its end is lost.
        is_seam = self.follows(ENDS_ELEMENT, tag.start())
        return is_seam and bool(tag[1] != b"/" or GOES_ON.match(self.buffer, tag.end()))

    def section_end(self, tag: re.Match[bytes]) -> int:
        """Return the index from which to look for another border: behind the CDATA that the tag stands in, if any."""
        if self.is_outside(tag.start()):
            return tag.end()
        end = self.buffer.find(b"]]>", tag.end())
        return len(self.buffer) if end < 0 else end

    def is_outside(self, index: int) -> bool:
        """Tell whether no CDATA is open there."""
        opened = self.buffer.rfind(CDATA, self.position, index)
        return opened < 0 or self.buffer.rfind(b"]]>", opened, index) >= 0

    def follows(self, pattern: re.Pattern[bytes], index: int) -> bool:
        """Tell whether what stands before the index fits the pattern."""
        return bool(pattern.search(self.buffer[max(self.position, index - MARGIN) : index]))
