"""An element and what is in it, as an XML parser reads it where it is sound."""

from __future__ import annotations

from typing import NamedTuple
from xml.parsers import expat

CONTAINERS = {
    "item",
    "wp:postmeta",
    "wp:comment",
    "wp:commentmeta",
    "wp:termmeta",
    "wp:author",
    "wp:wp_author",
    "wp:category",
    "wp:tag",
    "wp:term",
    "image",
}
TEXT_ONLY = {"title", "link", "guid", "description", "category", "pubDate"}
PREFIXES = ("wp:", "dc:", "content:", "excerpt:")
MOST_NODES = 300_000
DEEPEST = 40


class Node(NamedTuple):
    """An element: its text where it has one, and otherwise the elements in it."""

    name: str
    attributes: dict[str, str]
    text: str
    children: list[Node]


class UnsoundError(ValueError):
    """The text is no sound XML, has mark-up in a place for text, or is made to exhaust the reader."""


def parse(piece: bytes) -> Node:
    """Return the element that the piece holds, in UTF-8. Raises UnsoundError.

    Prefixes need not be declared. Without a document type there are no entities but those of XML.
    """
    root: list[Node] = []
    stack: list[tuple[dict[str, str], list[Node]]] = [({}, root)]
    text: list[str] = []
    count = 0

    def start(_name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if len(stack) > DEEPEST or count > MOST_NODES:
            raise UnsoundError
        text.clear()
        stack.append((attributes, []))

    def end(name: str) -> None:
        attributes, children = stack.pop()
        if children and name not in CONTAINERS and (name in TEXT_ONLY or name.startswith(PREFIXES)):
            raise UnsoundError
        stack[-1][1].append(Node(name, attributes, "" if children else "".join(text), children))
        text.clear()

    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.buffer_size = 1 << 14
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text.append
    # Titles outside CDATA have comments that mean something: where another language begins.
    parser.CommentHandler = lambda comment: text.append(f"<!--{comment}-->")
    try:
        parser.Parse(piece, True)
    except expat.ExpatError as error:
        raise UnsoundError from error
    return root[0]
