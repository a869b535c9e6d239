"""Where a block of a draft goes: into which StreamField, with which id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from research_reviews.drafting.things import Things

Raw = dict[str, Any]
Value = Mapping[str, Any]


@dataclass(frozen=True)
class Shelf:
    """A StreamField to fill: the kinds of blocks that it takes, and the kind that holds text without a heading."""

    kinds: frozenset[str]
    loose: str


@dataclass(frozen=True)
class Place:
    """Where a block stands, and what it is made with."""

    path: str
    things: Things
    shelf: Shelf

    def block(self, kind: str, value: Any) -> Raw:
        """Return the block that has the place's own id."""
        return {"type": kind, "id": self.things.block_id(self.path), "value": value}

    def loose(self, html: str, part: str = "") -> list[Raw]:
        """Return a text without a heading, which is no block at all where it holds no word."""
        if not html:
            return []
        place = Place(f"{self.path}.{part}", self.things, self.shelf) if part else self
        value: Any = html if self.shelf.loose == "prose" else {"heading": "", "body": html}
        return [place.block(self.shelf.loose, value)]

    def items(self, name: str, values: list[Any]) -> list[Raw]:
        """Return the stored list below the name."""
        ids = (self.things.block_id(f"{self.path}.{name}.{number}") for number in range(len(values)))
        return [{"type": "item", "id": made, "value": value} for made, value in zip(ids, values, strict=True)]
