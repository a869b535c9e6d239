"""Walks through the stored form of a stream and changes its leaves: what blocks choose, and what texts link to.

A number that names a row of this database means nothing elsewhere, so each is exchanged for something that does.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.utils.html import escape
from wagtail.blocks import Block, ChooserBlock, ListBlock, RichTextBlock, StreamBlock, StructBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.rich_text.rewriters import FIND_A_TAG, extract_attrs

# Takes a leaf's block and its stored value, returns the value to store.
Leaf = Callable[[Block, Any], Any]
# Takes the attributes of a link, returns those that it is to have.
Link = Callable[[dict[str, str]], dict[str, str]]
# Takes a block within, its stored value and its name; returns its value with every leaf changed.
Go = Callable[[Block, Any, str], Any]
# Deeper than any body of ours; what is nested deeper was made to exhaust the reader.
DEEPEST = 12


class ShapeError(Exception):
    """The stored form does not fit the blocks. Says where."""


def rewritten(block: Block, raw: Any, leaf: Leaf, place: str = "", depth: int = 0) -> Any:
    """Return the stored form with every leaf as `leaf` returns it. Raises ShapeError where the form does not fit."""
    if raw is None:
        return None
    if depth > DEEPEST:
        raise ShapeError(place)

    def go(child: Block, value: Any, name: str) -> Any:
        return rewritten(child, value, leaf, f"{place}/{name}", depth + 1)

    for kind, rewrite in PARTS.items():
        if isinstance(block, kind):
            return rewrite(block, raw, go)
    if not isinstance(raw, str | int | float | bool):
        raise ShapeError(place)
    return leaf(block, raw)


def _stream(block: StreamBlock, raw: Any, go: Go) -> list[dict[str, Any]]:
    children = []
    for number, child in enumerate(_expect(raw, list)):
        kind = _expect(child, dict).get("type")
        if kind not in block.child_blocks:
            raise ShapeError(str(kind))
        made = {"type": kind, "value": go(block.child_blocks[kind], child.get("value"), f"{number}:{kind}")}
        children.append({**made, "id": str(child["id"])} if child.get("id") else made)
    return children


def _list(block: ListBlock, raw: Any, go: Go) -> list[dict[str, Any]]:
    items = []
    for number, item in enumerate(_expect(raw, list)):
        # Older lists hold their values without ids.
        has_id = isinstance(item, dict) and item.get("type") == "item"
        made = {"type": "item", "value": go(block.child_block, item.get("value") if has_id else item, str(number))}
        items.append({**made, "id": str(item["id"])} if has_id and item.get("id") else made)
    return items


def _table(block: TypedTableBlock, raw: Any, go: Go) -> dict[str, Any]:
    columns = [
        {"type": column.get("type"), "heading": str(column.get("heading") or "")}
        for column in _expect(_expect(raw, dict).get("columns") or [], list)
        if column.get("type") in block.child_blocks
    ]
    if len(columns) != len(raw.get("columns") or []):
        raise ShapeError("columns")
    rows = []
    for number, row in enumerate(_expect(raw.get("rows") or [], list)):
        values = _expect(_expect(row, dict).get("values") or [], list)
        if len(values) != len(columns):
            raise ShapeError(f"row {number}")
        cells = zip(columns, values, strict=True)
        rows.append({"values": [go(block.child_blocks[column["type"]], value, str(number)) for column, value in cells]})
    return {"columns": columns, "rows": rows, "caption": str(raw.get("caption") or "")}


def _struct(block: StructBlock, raw: Any, go: Go) -> Any:
    if isinstance(raw, int) and "image" in block.child_blocks:
        # Before it had a text for its place, an image was stored as its key alone.
        raw = {"image": raw}
    kept = _expect(raw, dict)
    return {name: go(child, kept[name], name) for name, child in block.child_blocks.items() if name in kept}


def _expect(raw: Any, kind: type) -> Any:
    if not isinstance(raw, kind):
        raise ShapeError(kind.__name__)
    return raw


PARTS: dict[type[Block], Callable[..., Any]] = {
    StreamBlock: _stream,
    ListBlock: _list,
    TypedTableBlock: _table,
    StructBlock: _struct,
}


def relinked(html: str, link: Link) -> str:
    """Return rich text with each link's attributes as `link` returns them."""

    def tag(match: re.Match[str]) -> str:
        attributes = link(extract_attrs(match.group(1)))
        return "<a" + "".join(f' {name}="{escape(value)}"' for name, value in attributes.items()) + ">"

    return FIND_A_TAG.sub(tag, html)


def is_choice(block: Block) -> bool:
    """Whether the leaf names something else."""
    return isinstance(block, ChooserBlock)


def is_prose(block: Block) -> bool:
    """Whether the leaf is rich text."""
    return isinstance(block, RichTextBlock)
