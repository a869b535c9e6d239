"""Accounts for everything: what was made, left out or failed, and why."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from tempfile import SpooledTemporaryFile
from typing import Any

from wordpress_import.models import ImportedItem, Outcome

LONGEST_TITLE = 120
# What is kept word for word of what editors should know; the numbers are of all.
MOST_NOTES = 20_000
# Bytes of entries that are kept in memory before they go to a file.
MOST_IN_MEMORY = 500_000


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of an item."""

    site: str
    kind: str
    key: str
    title: str
    outcome: str
    reason: str
    address: str

    def as_row(self) -> dict[str, str]:
        """Return the entry as files hold it."""
        return {name: getattr(self, name) for name in ("kind", "key", "title", "outcome", "reason", "address", "site")}


class Entries:
    """What became of each item, in a temporary file: with every word of their reasons they would fill the memory."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(MOST_IN_MEMORY, "w+", encoding="ascii", newline="\n")  # noqa: SIM115

    def add(self, entry: Entry) -> None:
        """Keep an entry."""
        self._file.write(json.dumps(astuple(entry)) + "\n")

    def __iter__(self) -> Iterator[Entry]:
        """Yield the entries as they were added. None may be added before all are read."""
        self._file.seek(0)
        yield from (Entry(*json.loads(line)) for line in self._file)


class Ledger:
    """What became of the items of a run."""

    def __init__(self) -> None:
        self.entries = Entries()
        self.counts: Counter[tuple[str, str]] = Counter()
        self.unknown: Counter[str] = Counter()
        self.dead_links: Counter[str] = Counter()
        self.notes: list[str] = []
        self.unnamed_notes = 0
        self.is_cut = False

    def enter(self, item: ImportedItem, outcome: Outcome, reason: str = "") -> None:
        """Note what became of an item, which need not have a row of its own."""
        self.counts[item.kind, outcome.value] += 1
        title = item.title[:LONGEST_TITLE]
        self.entries.add(Entry(item.site, item.kind, item.key, title, outcome.value, str(reason), item.link))

    def count(self, kind: str, outcome: Outcome, number: int = 1) -> None:
        """Count what is not entered one by one, such as responses."""
        if number:
            self.counts[kind, outcome.value] += number

    def note(self, text: str) -> None:
        """Keep a sentence that somebody should read."""
        if len(self.notes) < MOST_NOTES:
            self.notes.append(str(text))
        else:
            self.unnamed_notes += 1

    def number(self, outcome: Outcome, kind: str = "") -> int:
        """Return how many items have become so."""
        return sum(n for (of, what), n in self.counts.items() if what == outcome and kind in ("", of))

    def has_changes(self) -> bool:
        """Whether anything was written."""
        return bool(self.number(Outcome.MADE) or self.number(Outcome.UPDATED))

    def by_kind(self) -> dict[str, dict[str, int]]:
        """Return the numbers by kind, then by outcome."""
        table: dict[str, dict[str, int]] = {}
        for (kind, outcome), number in sorted(self.counts.items()):
            table.setdefault(kind, {})[outcome] = number
        return table

    def summary(self) -> dict[str, Any]:
        """Return everything but the entries as JSON can hold it."""
        return {
            "is_cut": self.is_cut,
            "counts": self.by_kind(),
            "unknown": dict(self.unknown.most_common()),
            "links_to_nothing": dict(self.dead_links.most_common()),
            "notes": self.notes,
        }
