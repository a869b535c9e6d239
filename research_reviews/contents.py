"""The table of contents of a review's body."""

from __future__ import annotations

from dataclasses import dataclass

from wagtail.blocks import StreamValue


@dataclass(frozen=True)
class ContentsEntry:
    """A heading of the second level and the anchor that leads to it."""

    anchor: str
    heading: str


def contents_of(body: StreamValue) -> list[ContentsEntry]:
    """Return an entry for every block of the body that begins with a heading."""
    return [
        ContentsEntry(f"section-{block.id}", block.value["heading"])
        for block in body
        if hasattr(block.value, "get") and block.block_type != "callout" and block.value.get("heading")
    ]
