"""The passages of a document: what was written where, and the anchor that leads there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from search.text import stems, words


class Rank(IntEnum):
    """How much it tells of a document that a word stands here."""

    BODY = 0
    STUDY = 1
    LEAD = 2
    TITLE = 3


# A stem that stands so often in a document is what the document is about, wherever it stands.
OFTEN = 4


@dataclass(frozen=True)
class Passage:
    """Words that belong together. `kind` says what they are: finding, quote, section …"""

    rank: Rank
    kind: str
    text: str
    anchor: str = ""
    heading: str = ""

    @property
    def all_text(self) -> str:
        """What is looked through."""
        return f"{self.heading}\n{self.text}" if self.heading else self.text

    def stored(self) -> list[Any]:
        """Return it as the index keeps it."""
        return [int(self.rank), self.kind, self.text, self.anchor, self.heading]

    @classmethod
    def read(cls, stored: list[Any]) -> Passage:
        """Return a passage that the index kept."""
        rank, kind, text, anchor, heading = stored
        return cls(Rank(rank), kind, text, anchor, heading)


def stem_lines(passages: Iterable[Passage]) -> str:
    """Return the stems of passages: a line a rank, a tab between passages, a space around each stem."""
    lines: list[list[str]] = [[] for _rank in Rank]
    for passage in passages:
        lines[passage.rank].append(f" {' '.join(stems(passage.all_text))} ")
    return "\n".join("\t".join(line) for line in lines)


def ranked_stems(stem_lines: str) -> dict[str, set[int]]:
    """Return the ranks at which an index lists each stem of a document.

    Every stem is listed at the lowest; beyond that at 1 where it stands often, at 2 where it stands in the lead, among
    the credits or in the study, at 3 where it stands in the title.
    """
    lines = [line.split() for line in stem_lines.split("\n")]
    listed: dict[str, set[int]] = {}
    counts: dict[str, int] = {}
    for rank, line in zip(Rank, lines, strict=False):
        place = {Rank.TITLE: 3, Rank.BODY: 0}.get(rank, 2)
        for stem in line:
            listed.setdefault(stem, {0}).add(place)
            counts[stem] = counts.get(stem, 0) + 1
    for stem, count in counts.items():
        if count >= OFTEN:
            listed[stem].add(1)
    return listed


def written_words(passages: Iterable[Passage]) -> set[str]:
    """Return the words of passages as they are written, for whoever types one of them."""
    return {word.folded for passage in passages for word in words(passage.all_text)}
