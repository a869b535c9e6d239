"""Lists as rich text, and as the paragraphs of short prose."""

from __future__ import annotations

from html import escape

from research_reviews.intake.node_text import text_in
from research_reviews.intake.nodes import Heading, ListNode, Node, Paragraph

DEEPEST_LIST = 6


def list_html(node: ListNode, depth: int = 0) -> tuple[str, list[Node]]:
    """Return a list as rich text, and what in it is no text, which follows it."""
    tag = "ol" if node.ordered else "ul"
    items: list[str] = []
    rest: list[Node] = []
    for item in node.items:
        html, others = item_html(item, depth)
        items.append(f"<li>{html}</li>" if html else "")
        rest.extend(others)
    within = "".join(items)
    return (f"<{tag}>{within}</{tag}>" if within else ""), rest


def item_html(item: list[Node], depth: int) -> tuple[str, list[Node]]:
    """Return an item of a list as rich text, and what in it is no text."""
    said: list[str] = []
    nested: list[str] = []
    rest: list[Node] = []
    for node in item:
        if isinstance(node, Paragraph):
            said.append(node.html)
        elif isinstance(node, Heading):
            said.append(f"<b>{node.html}</b>")
        elif isinstance(node, ListNode) and depth < DEEPEST_LIST:
            html, others = list_html(node, depth + 1)
            nested.append(html)
            rest.extend(others)
        elif isinstance(node, ListNode):
            said.append(escape(text_in([node]), quote=False).replace("\n", "<br>"))
        else:
            rest.append(node)
    return "<br>".join(said) + "".join(nested), rest


def short_html(nodes: list[Node]) -> tuple[str, list[Node]]:
    """Return nodes as paragraphs alone, as short prose holds them, and what in them is no text."""
    said: list[str] = []
    rest: list[Node] = []
    for node in nodes:
        if isinstance(node, Paragraph | Heading):
            said.append(f"<p>{node.html}</p>")
        elif isinstance(node, ListNode):
            for item in node.items:
                html, others = short_html(item)
                said.append(html)
                rest.extend(others)
        else:
            rest.append(node)
    return "".join(said), rest
