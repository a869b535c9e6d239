"""A document as an editor reads it beside its draft: every word, in a few elements of our own making."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from typing import Any

import nh3

from research_reviews.intake.nodes import (
    CallOut,
    Code,
    Document,
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

# Whatever a reader of documents let through: no element but these, no address but of the web, nothing that loads.
INLINE = nh3.Cleaner(
    tags={"a", "b", "br", "em", "i", "strong", "sub", "sup"},
    attributes={"a": {"href"}},
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener noreferrer",
    # A click must not take the editor away from a form that is not saved.
    set_tag_attribute_values={"a": {"target": "_blank"}},
)


def readable(document: Document) -> str:
    """Return the document as HTML that is safe to show: it runs nothing, loads nothing and brings no style."""
    title = f"<p><strong>{escape(document.title)}</strong></p>" if document.title else ""
    return title + written(document.nodes)


def written(nodes: Iterable[Node]) -> str:
    """Return nodes as HTML."""
    return "".join(WRITERS[type(node)](node) for node in nodes)


def _inline(html: str) -> str:
    return INLINE.clean(html)


def _line(text: str) -> str:
    return f"<p>{escape(text)}</p>" if text else ""


def _heading(node: Heading) -> str:
    return f'<h3 data-level="{min(node.level, 6)}">{_inline(node.html)}</h3>'


def _paragraph(node: Paragraph) -> str:
    return f"<p>{_inline(node.html)}</p>"


def _list(node: ListNode) -> str:
    items = "".join(f"<li>{written(item)}</li>" for item in node.items)
    return f'<ol start="{int(node.start)}">{items}</ol>' if node.ordered else f"<ul>{items}</ul>"


def _quotation(node: Quotation) -> str:
    return f"<blockquote>{written(node.content)}{_line(node.cite)}</blockquote>"


def _picture(node: Picture) -> str:
    words = _line(node.alt or node.src) + f"<p>{_inline(node.caption)}</p>" + _line(node.credit)
    return f'<div class="source-picture">{words}</div>'


def _table(node: TableNode) -> str:
    head = "".join(f"<th>{_inline(cell)}</th>" for cell in node.headings)
    rows = "".join(f"<tr>{''.join(f'<td>{_inline(cell)}</td>' for cell in row)}</tr>" for row in node.rows)
    caption = f"<caption>{_inline(node.caption)}</caption>" if node.caption else ""
    return f"<table>{caption}{f'<tr>{head}</tr>' if head else ''}{rows}</table>"


def _linked(node: EmbedNode | Download) -> str:
    caption = node.caption if isinstance(node, EmbedNode) else ""
    return _line(node.title) + _line(node.url) + _line(caption)


def _preformatted(node: Code | Unknown) -> str:
    return f"<pre>{escape(node.text if isinstance(node, Code) else node.source)}</pre>"


def _call_out(node: CallOut) -> str:
    return f'<div class="source-callout">{_line(node.heading)}{written(node.content)}</div>'


WRITERS: dict[type[Any], Callable[[Any], str]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    ListNode: _list,
    Quotation: _quotation,
    Picture: _picture,
    TableNode: _table,
    EmbedNode: _linked,
    Download: _linked,
    Code: _preformatted,
    Unknown: _preformatted,
    CallOut: _call_out,
}
