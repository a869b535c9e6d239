"""The words and links of nodes, whatever they are."""

from __future__ import annotations

from collections.abc import Iterator

from research_reviews.intake.inline import links, plain
from research_reviews.intake.nodes import (
    CallOut,
    Code,
    Download,
    EmbedNode,
    Heading,
    Node,
    Paragraph,
    Picture,
    Quotation,
    TableNode,
    Unknown,
    walk,
)


def text_in(nodes: list[Node]) -> str:
    """Return every word of nodes as plain text, one line for each that holds words of its own."""
    return "\n".join(said for said in (own_text(node) for node in walk(nodes)) if said)


def own_text(node: Node) -> str:
    """Return what a node says itself, without what it holds. For an embed that is its caption, not its title."""
    if isinstance(node, Heading | Paragraph):
        return plain(node.html)
    if isinstance(node, TableNode):
        cells = [*node.headings, *(cell for row in node.rows for cell in row)]
        return "\n".join([node.caption, *(plain(cell) for cell in cells if cell)])
    if isinstance(node, Picture):
        return " ".join(filter(None, (plain(node.caption), node.credit)))
    if isinstance(node, Quotation):
        return plain(node.cite)
    return own_text_of_rare(node)


def own_text_of_rare(node: Node) -> str:
    """Return what a node of the kinds that most documents do not hold says itself."""
    if isinstance(node, EmbedNode):
        return plain(node.caption)
    if isinstance(node, Code):
        return node.text
    if isinstance(node, Download):
        return node.title
    if isinstance(node, CallOut):
        return node.heading
    return node.source if isinstance(node, Unknown) else ""


def links_in(nodes: list[Node]) -> list[tuple[str, str]]:
    """Return every link of nodes as pairs of text and address."""
    return [link for node in walk(nodes) for html in inline_of(node) for link in links(html)]


def inline_of(node: Node) -> Iterator[str]:
    """Yield the inline HTML that a node itself holds."""
    if isinstance(node, Heading | Paragraph):
        yield node.html
    elif isinstance(node, Picture | EmbedNode):
        yield node.caption
    elif isinstance(node, Quotation):
        yield node.cite
    elif isinstance(node, TableNode):
        for row in [node.headings, *node.rows]:
            yield from row


def level_of(node: Node) -> int:
    """Return the level of a heading; 0 for other nodes."""
    return node.level if isinstance(node, Heading) else 0


def text_at(nodes: list[Node], at: int) -> str:
    """Return the text of a paragraph or heading; empty for other nodes and beyond the last."""
    node = nodes[at] if at < len(nodes) else None
    return plain(node.html) if isinstance(node, Paragraph | Heading) else ""
