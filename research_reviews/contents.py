"""The table of contents of a review's body."""

from __future__ import annotations

from dataclasses import dataclass

from wagtail.blocks import StreamValue

# Fewer headings than this fit on a screen or two: nobody needs a map of them.
LONG = 4


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


def table_of_contents(body: StreamValue) -> list[ContentsEntry]:
    """Return the entries of a long body; none for a short one."""
    entries = contents_of(body)
    return entries if len(entries) >= LONG else []
