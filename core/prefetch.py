"""Fetches what the blocks of a page choose and link to: one query a model, however many blocks and levels there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import Model
from wagtail.blocks import Block, ChooserBlock, ListBlock, RichTextBlock, StreamBlock, StreamValue, StructBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.models import Page
from wagtail.rich_text.rewriters import FIND_A_TAG, extract_attrs

from core.querysets import ListedQuerySet
from core.snapshot import ShelfQuerySet, fetch_ahead, shelf

# A block within a block, with its stored form.
Part = tuple[Any, Any]


def choices_in(*streams: StreamValue) -> dict[type[Model], set[Any]]:
    """Return the keys of everything that the blocks choose, and of the pages that their texts link to, by model."""
    chosen: dict[type[Model], set[Any]] = defaultdict(set)
    for stream in streams:
        for block, raw in parts_of(stream):
            if isinstance(block, ChooserBlock):
                chosen[block.model_class].add(raw)
            elif isinstance(block, RichTextBlock):
                chosen[Page].update(linked_pages(raw))
    return chosen


def fetch_choices(chosen: dict[type[Model], set[Any]]) -> None:
    """Fetch what is chosen, so that the blocks find it without a query of their own."""
    for model, pks in chosen.items():
        if model is Page:
            fetch_links(pks)
        elif isinstance(model._default_manager.all(), ShelfQuerySet):
            fetch_ahead(model, pks)


def parts_of(stream: StreamValue) -> Iterator[Part]:
    """Yield every block that holds something, at every level, with its stored form; asks the database nothing."""
    yield from _walk(stream.stream_block, list(stream.raw_data))


def _walk(block: Any, raw: Any) -> Iterator[Part]:
    if not raw:
        return
    yield block, raw
    for kind, parts in PARTS.items():
        if isinstance(block, kind):
            for child, value in parts(block, raw):
                yield from _walk(child, value)
            return


def _stream_parts(block: StreamBlock, raw: list[dict[str, Any]]) -> Iterator[Part]:
    yield from ((block.child_blocks.get(item["type"]), item["value"]) for item in raw)


def _list_parts(block: ListBlock, raw: list[Any]) -> Iterator[Part]:
    yield from ((block.child_block, value) for value in stored_items(raw))


def _table_parts(block: TypedTableBlock, raw: dict[str, Any]) -> Iterator[Part]:
    for row in raw.get("rows", ()):
        for column, value in zip(raw["columns"], row["values"], strict=False):
            yield block.child_blocks.get(column["type"]), value


def _struct_parts(block: StructBlock, raw: Any) -> Iterator[Part]:
    if isinstance(raw, dict):
        yield from ((child, raw.get(name)) for name, child in block.child_blocks.items())


PARTS: dict[type[Block], Callable[[Any, Any], Iterator[Part]]] = {
    StreamBlock: _stream_parts,
    ListBlock: _list_parts,
    TypedTableBlock: _table_parts,
    StructBlock: _struct_parts,
}


def stored_items(raw: Iterable[Any] | None) -> list[Any]:
    """Return the values of a stored list, with ids or, as older ones and templates have it, without."""
    return [item["value"] if isinstance(item, dict) and item.get("type") == "item" else item for item in raw or ()]


def linked_pages(html: str) -> Iterator[int]:
    """Yield the keys of the pages that rich text links to."""
    yield from _linked("page", html)


def linked_documents(*streams: StreamValue) -> set[int]:
    """Return the keys of the documents that texts within the blocks link to."""
    texts = (raw for stream in streams for block, raw in parts_of(stream) if isinstance(block, RichTextBlock))
    return {pk for text in texts for pk in _linked("document", text)}


def _linked(kind: str, html: str) -> Iterator[int]:
    for match in FIND_A_TAG.finditer(html):
        attributes = extract_attrs(match.group(1))
        if attributes.get("linktype") == kind and attributes.get("id", "").isdecimal():
            yield int(attributes["id"])


def fetch_links(pks: Iterable[int]) -> dict[int, str]:
    """Return the addresses of the listed pages among pks, in one query; none where all are known already."""
    return {pk: page.url for pk, page in fetch_pages(pks).items()}


def fetch_pages(pks: Iterable[int]) -> dict[int, Page]:
    """Return the listed pages among pks with title and address, in one query; none where all are known already."""
    wanted = set(pks)
    known = shelf(Page)
    if missing := wanted - known.keys():
        pages = ListedQuerySet(Page).listed().filter(pk__in=missing).only("title", "url_path")
        known.update({**dict.fromkeys(missing), **{page.pk: page for page in pages}})
    return {pk: known[pk] for pk in wanted if known[pk]}
