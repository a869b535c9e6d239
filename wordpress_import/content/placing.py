"""Puts the nodes that waited into their places among those that were read from HTML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import nh3

from research_reviews.intake.inline import plain, trimmed
from research_reviews.intake.nodes import (
    CallOut,
    Code,
    Download,
    EmbedNode,
    Heading,
    ListNode,
    Node,
    Paragraph,
    Picture,
    Quotation,
    TableNode,
)
from wordpress_import.content.work import MARK, Work

# To close and open again what is open where a paragraph is cut in two.
INLINE = nh3.Cleaner(
    tags={"a", "b", "i", "em", "strong", "sub", "sup", "br"},
    attributes={"a": {"href"}},
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)


class Placing:
    """Walks nodes and replaces marks by what they stand for."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.waiting = dict(enumerate(work.slots))

    def place(self, nodes: list[Node]) -> list[Node]:
        """Return the nodes with those that waited. What lost its mark on the way stands at the end."""
        if not self.waiting:
            return nodes
        return [*self.within(nodes), *(node for slot in self.waiting.values() for node in slot.nodes)]

    def within(self, nodes: list[Node]) -> list[Node]:
        """Return the nodes of one level."""
        return [placed for node in nodes for placed in self.of(node)]

    def of(self, node: Node) -> Iterator[Node]:
        """Yield what becomes of one node."""
        if isinstance(node, Paragraph):
            yield from self.of_paragraph(node)
        elif isinstance(node, ListNode):
            items = [self.within(item) for item in node.items]
            yield replace(node, items=[item for item in items if item])
        elif isinstance(node, Quotation | CallOut):
            yield from self.of_container(node)
        else:
            yield from self.of_text(node)

    def of_paragraph(self, node: Paragraph) -> Iterator[Node]:
        """Yield a paragraph, cut where a mark breaks it; what breaks nothing comes after it."""
        if "\uf8f0" not in node.html:
            yield node
            return
        pieces: list[str] = []
        after: list[Node] = []
        position, has_words = 0, False
        for match in MARK.finditer(node.html):
            piece = node.html[position : match.start()]
            pieces.append(piece)
            has_words = has_words or bool(plain(piece))
            position = match.end()
            slot = self.waiting.pop(int(match[1]), None)
            after += slot.nodes if slot else []
            if slot and (slot.breaks or not has_words):
                yield from [*paragraph("".join(pieces)), *after]
                pieces, after, has_words = [], [], False
        yield from [*paragraph("".join(pieces) + node.html[position:]), *after]

    def of_container(self, node: Quotation | CallOut) -> Iterator[Node]:
        """Yield what holds other nodes. Its citation or heading is text, in which no node can stand."""
        after: list[Node] = []
        content = self.within(node.content)
        if isinstance(node, Quotation):
            made: Quotation | CallOut = replace(node, content=content, cite=self.taken(node.cite, after))
        else:
            made = replace(node, content=content, heading=self.taken(node.heading, after))
        if made.content or (isinstance(made, CallOut) and made.heading):
            yield made
        yield from after

    def of_text(self, node: Node) -> Iterator[Node]:
        """Yield a node of texts, and after it what waited in them."""
        after: list[Node] = []
        made = self.bare(node, after)
        if not isinstance(made, Heading) or plain(made.html):
            yield made
        yield from after

    def bare(self, node: Node, after: list[Node]) -> Node:
        """Return a node of texts without marks."""
        if isinstance(node, Heading):
            return replace(node, html=self.taken(node.html, after))
        if isinstance(node, Picture | EmbedNode):
            return replace(node, caption=self.taken(node.caption, after))
        if isinstance(node, Code):
            return replace(node, text=self.taken(node.text, after))
        if isinstance(node, Download):
            return replace(node, title=self.taken(node.title, after))
        if isinstance(node, TableNode):
            return self.bare_table(node, after)
        return node

    def bare_table(self, node: TableNode, after: list[Node]) -> TableNode:
        """Return a table without marks."""
        rows = [[self.taken(cell, after) for cell in row] for row in node.rows]
        headings = [self.taken(cell, after) for cell in node.headings]
        return replace(node, rows=rows, headings=headings, caption=self.taken(node.caption, after))

    def taken(self, text: str, after: list[Node]) -> str:
        """Return a text without marks, and note what they stand for."""
        if "\uf8f0" not in text:
            return text
        for match in MARK.finditer(text):
            slot = self.waiting.pop(int(match[1]), None)
            after += slot.nodes if slot else []
        return MARK.sub("", text)


def paragraph(html: str) -> list[Node]:
    """Return a part of a paragraph as one; nothing where no words are left in it."""
    html = trimmed(INLINE.clean(html)) if plain(html) else ""
    return [Paragraph(html)] if html else []
