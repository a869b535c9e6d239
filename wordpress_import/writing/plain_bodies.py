"""The content of a plain page as blocks, in its own order: nothing in it is looked for as in a review."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from core.blocks import LEFTOVER
from research_reviews.intake.draft import BlockDraft
from research_reviews.intake.inline import plain
from research_reviews.intake.leftovers import set_after
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
    Unknown,
)
from research_reviews.intake.parts import code_html, leftover

# Below it a heading begins no section of its own.
SECTION_LEVEL = 2
OF_PICTURES = ("src", "alt", "caption", "credit", "link")
OF_TABLES = ("caption", "headings", "rows", "row_headings")


def blocks_of(nodes: list[Node]) -> list[BlockDraft]:
    """Return the nodes as blocks of a plain page."""
    return list(_blocks(nodes))


def _blocks(nodes: list[Node]) -> Iterator[BlockDraft]:
    heading, html = "", ""
    unseen: list[BlockDraft] = []
    for node in set_after(nodes):
        block = BlockDraft(LEFTOVER, leftover(node).value) if isinstance(node, Unknown) else _own_block(node)
        title = plain(node.html) if isinstance(node, Heading) and node.level <= SECTION_LEVEL else None
        if block and block.type == LEFTOVER and heading and not html:
            # Readers do not see it: it leaves no heading without its text.
            unseen.append(block)
        elif block or title is not None:
            yield from [*_text(heading, html), *unseen, *([block] if block else [])]
            heading, html, unseen = title or "", "", []
        else:
            html += html_of(node)
    yield from [*_text(heading, html), *unseen]


def _text(heading: str, html: str) -> Iterator[BlockDraft]:
    if heading:
        yield BlockDraft("section", {"heading": heading, "body": html})
    elif html:
        yield BlockDraft("prose", html)


def _own_block(node: Node) -> BlockDraft | None:
    if isinstance(node, Picture):
        return BlockDraft("image", {name: getattr(node, name) for name in OF_PICTURES})
    if isinstance(node, TableNode):
        return BlockDraft("table", {name: getattr(node, name) for name in OF_TABLES})
    if isinstance(node, EmbedNode):
        return BlockDraft("embed", {"url": node.url, "title": node.title, "summary": plain(node.caption)})
    if isinstance(node, Download):
        return BlockDraft("download", {"url": node.url, "title": node.title})
    if isinstance(node, CallOut):
        return BlockDraft("callout", {"heading": node.heading, "text": "".join(map(html_of, node.content))})
    return None


def html_of(node: Node) -> str:
    """Return a node as rich text, with every word of it."""
    if isinstance(node, Heading):
        tag = "h3" if node.level <= 3 else "h4"
        return f"<{tag}>{node.html}</{tag}>"
    if isinstance(node, Paragraph):
        return f"<p>{node.html}</p>"
    if isinstance(node, ListNode):
        return _list(node)
    if isinstance(node, Quotation):
        cite = f"<p>— {node.cite}</p>" if node.cite else ""
        return "".join(map(html_of, node.content)) + cite
    return _rare(node)


def _list(node: ListNode) -> str:
    tag = "ol" if node.ordered else "ul"
    return f"<{tag}>{''.join(f'<li>{_item(item)}</li>' for item in node.items)}</{tag}>"


def _item(nodes: list[Node]) -> str:
    # Rich text holds an item's words without a paragraph around them.
    parts = [part.html if isinstance(part, Paragraph) else html_of(part) for part in nodes]
    return "<br>".join(filter(None, parts)).replace("<br><ul>", "<ul>").replace("<br><ol>", "<ol>")


def _rare(node: Node) -> str:
    if isinstance(node, Code):
        return code_html(node.text)
    if isinstance(node, Picture):
        words = escape(node.alt or node.src, quote=False)
        return f'<p><a href="{escape(node.src)}">{words}</a> {node.caption} {escape(node.credit)}</p>'
    if isinstance(node, Download | EmbedNode):
        return f'<p><a href="{escape(node.url)}">{escape(node.title or node.url, quote=False)}</a></p>'
    if isinstance(node, TableNode):
        return "".join(f"<p>{' · '.join(row)}</p>" for row in [node.headings, *node.rows] if row)
    return "".join(map(html_of, node.content)) if isinstance(node, CallOut) else ""
