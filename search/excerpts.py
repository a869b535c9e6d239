"""The passage of a document that answers a query best, and its words with those that were looked for marked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from search.passages import Passage, Rank
from search.query import Query, Stems
from search.text import Word, words

# What is read in two or three lines.
EXCERPT_WORDS = 40
# The words before the first one that matched.
LEAD_IN = 8
# Between passages that answer equally well, the one that can be cited by itself, then the one that can be linked to.
PREFERRED = {"finding": 3, "recommendation": 3, "quote": 3, "section": 2, "material": 2, "key-message": 1, "study": 1}


class Part(NamedTuple):
    """A stretch of text, and whether it is a word that was looked for."""

    text: str
    is_match: bool


def best_passage(passages: list[Passage], stem_lines: str, query: Query) -> tuple[Passage, list[str]] | None:
    """Return the passage that says most of what was asked for, and its stems; None where only the title does."""
    lines = [iter(line.split("\t")) for line in stem_lines.split("\n")]
    found: list[tuple[tuple[int, ...], int, str]] = []
    for place, passage in enumerate(passages):
        stems = next(lines[passage.rank], "")
        if passage.rank != Rank.TITLE and (fit := _fit(stems, query)) > (0, 0, 0):
            found.append(((*fit[:2], PREFERRED.get(passage.kind, 0), int(passage.rank), fit[2]), -place, stems))
    if not found:
        return None
    _fits, place, stems = max(found)
    return passages[-place], stems.split()


def _fit(stems: str, query: Query) -> tuple[int, int, int]:
    """Return how many phrases, different words and words in all of the query stand among the stems."""
    phrases = sum(f" {' '.join(clause)} " in stems for clause in query.required if len(clause) > 1)
    counts = [stems.count(f" {stem} ") for stem in query.stems]
    return phrases, sum(count > 0 for count in counts), sum(counts)


def marked(text: str, query: Query) -> list[Part]:
    """Return the whole text with the words that were looked for marked."""
    there = list(words(text))
    return _parts(text, matches(there, [word.stem for word in there], query.required), 0, len(text))


def excerpt(text: str, query: Query, known: list[str]) -> list[Part]:
    """Return the stretch of the text that holds most of what was looked for.

    Of a passage the stems are known, which end with those of its text: to stem hundreds of words takes a while.
    """
    there = list(words(text))
    stems = known[-len(there) :] if len(known) >= len(there) else [word.stem for word in there]
    matching = matches(there, stems, query.required)
    first = _densest(there, matching)
    stretch = there[first : first + EXCERPT_WORDS]
    start = stretch[0].start if first else 0
    is_whole = first + EXCERPT_WORDS >= len(there)
    parts = _parts(text, matching, start, len(text) if is_whole else stretch[-1].end)
    before = [Part("… ", False)] if first else []
    return [*before, *parts, *([] if is_whole else [Part(" …", False)])]


def matches(there: list[Word], stems: list[str], clauses: Iterable[Stems]) -> set[Word]:
    """Return the words that were looked for; those of a phrase only where the whole phrase stands."""
    matching: set[Word] = set()
    for clause in clauses:
        for place in range(len(stems) - len(clause) + 1):
            if tuple(stems[place : place + len(clause)]) == clause:
                matching.update(there[place : place + len(clause)])
    return matching


def _densest(there: list[Word], matching: set[Word]) -> int:
    """Return where the stretch with the most matches begins."""
    places = [place for place, word in enumerate(there) if word in matching]
    if not places or len(there) <= EXCERPT_WORDS:
        return 0
    span = EXCERPT_WORDS - LEAD_IN
    best = max(places, key=lambda first: (len({there[p].stem for p in places if first <= p < first + span}), -first))
    return max(0, min(best - LEAD_IN, len(there) - EXCERPT_WORDS))


def _parts(text: str, matching: set[Word], start: int, end: int) -> list[Part]:
    parts = []
    for first, last in _runs(sorted(word for word in matching if start <= word.start < end)):
        parts += [Part(text[start:first], False), Part(text[first:last], True)]
        start = last
    return [part for part in (*parts, Part(text[start:end], False)) if part.text]


def _runs(matching: list[Word]) -> list[tuple[int, int]]:
    """Return where words begin and end; those of a script without spaces that follow one another are one."""
    runs: list[tuple[int, int]] = []
    for word in matching:
        if runs and runs[-1][1] == word.start:
            runs[-1] = (runs[-1][0], word.end)
        else:
            runs.append((word.start, word.end))
    return runs
