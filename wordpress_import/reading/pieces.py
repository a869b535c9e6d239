"""Cuts an export into items and the entries of its head by their bytes, so that damage in one reaches no other.

No XML parser is asked: it would end at the first error. A tag inside CDATA is text and no border, unless the
tags around it show that the end of the CDATA was lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from wordpress_import.reading.sources import BrokenPartError

LARGEST_ITEM = 16 << 20
LARGEST_ENTRY = 1 << 20
CDATA = b"<![CDATA["
# What stands before the end or the start of an item in truth, even where CDATA seems to be open.
ENDS_ELEMENT = re.compile(rb"(?:</wp:\w+\s*>|<wp:\w+\s*/>)\s*\Z")
GOES_ON = re.compile(rb"\s*(?:<item[\s>]|</channel|</rss|\Z)")
STARTS_EXPORT = re.compile(rb"<rss[^>]*wordpress\.org/export/[^>]*>\s*\Z")
ITEM_OR_CHANNEL = re.compile(rb"<(item|channel)(?=[\s>])[^<>]*(?<!/)>")
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
        own = re.escape(prefix).encode()
        self.opener = re.compile(rb"<(item|%s:(?:author|wp_author|category|tag|term))(?=[\s>])[^<>]*(?<!/)>" % own)
        self.scanned = self.judged = 0

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

    def element(self, name: bytes) -> Piece:
        """Return the element that begins here, to its end tag, or to where the next begins if it has none."""
        closer = re.compile(rb"</%s\s*>" % re.escape(name))
        label = name.decode()
        limit = LARGEST_ITEM if name == b"item" else LARGEST_ENTRY
        self.scanned = self.judged = 1
        while True:
            close = self.border(closer)
            stop = self.next_start(name, close.start() if close else len(self.buffer))
            if stop is not None:
                return self.taken(label, stop, is_whole=False)
            if close:
                return self.taken(label, close.end())
            if self.length() > limit:
                return replace(self.taken(label, len(self.buffer)), is_too_large=True, is_whole=False)
            if not self.grow() and not self.border(closer):
                return self.taken(label, len(self.buffer), is_whole=False, is_last=True)

    def border(self, closer: re.Pattern[bytes]) -> re.Match[bytes] | None:
        """Return the first end tag that is no text, if it is in the buffer already."""
        while close := closer.search(self.buffer, self.position + self.scanned):
            # What follows the tag tells whether it is one: it has to be in the buffer.
            if len(self.buffer) - close.end() < MARGIN and self.grow():
                continue
            if self.is_outside(close.start()):
                return close
            if self.follows(ENDS_ELEMENT, close.start()) and GOES_ON.match(self.buffer, close.end()):
                return close
            # The next end of CDATA is the end of the section that this tag stands in.
            end = self.buffer.find(b"]]>", close.end())
            if end < 0:
                return None
            self.scanned = end - self.position
        self.scanned = max(self.scanned, self.length() - MARGIN)
        return None

    def next_start(self, name: bytes, end: int) -> int | None:
        """Return the index before `end` at which another element begins although this one has not ended."""
        opener = ITEM_OR_CHANNEL if name == b"item" else self.opener
        while found := opener.search(self.buffer, self.position + self.judged, end):
            start = found.start()
            if found[1] == b"channel":
                if self.follows(STARTS_EXPORT, start):
                    return start
            elif self.is_outside(start) or self.follows(ENDS_ELEMENT, start):
                return start
            section = self.buffer.find(b"]]>", start, end)
            if section < 0:
                return None
            self.judged = section - self.position
        self.judged = max(self.judged, end - self.position - MARGIN)
        return None

    def is_outside(self, index: int) -> bool:
        """Tell whether no CDATA is open there."""
        opened = self.buffer.rfind(CDATA, self.position, index)
        return opened < 0 or self.buffer.rfind(b"]]>", opened, index) >= 0

    def follows(self, pattern: re.Pattern[bytes], index: int) -> bool:
        """Tell whether what stands before the index fits the pattern."""
        return bool(pattern.search(self.buffer[max(self.position, index - MARGIN) : index]))
