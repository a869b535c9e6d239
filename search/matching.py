"""Finds documents in the site's own index: which match, in what order, and how many by each facet.

Counts are exact, however many match: they are sets of bits. Two things are bounded. The order by relevance is computed
for the MOST_RANKED likeliest, which are those that hold the words in better places; the others follow in the order of
those places, the newest of each first. And a phrase is looked up in the MOST_CHECKED likeliest of the documents that
hold all its words; where there are more, the number of results is a lower bound, and is called one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from search import bitmaps, postings
from search.facets import FACETS
from search.models import Document
from search.postings import ALL, Sets
from search.query import Query, Stems
from search.ranking import ranked

MOST_RANKED = 200
MOST_CHECKED = 1_000
# Of those that were dated in one month, as after a move from another system.
MOST_DATED = 5_000
MONTH = "month:"


@dataclass(frozen=True)
class Question:
    """What is asked of an index. `terms` are the chosen facets; `matches_any`: one of the words is enough."""

    query: Query
    terms: dict[str, str] = field(default_factory=dict)
    sort: str = "relevance"
    start: int = 0
    size: int = 10
    matches_any: bool = False


@dataclass(frozen=True)
class Found:
    """The documents of a page of results, how many there are in all, and by facet."""

    total: int
    numbers: list[int]
    counts: dict[str, int]
    is_exact: bool = True
    # The stems that were asked for and that nothing holds.
    unknown: frozenset[str] = frozenset()


def find(question: Question) -> Found:
    """Answer from the site's own index."""
    return Search(question).found()


class Search:
    """One question on its way through the index."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.facets: Sets = postings.facets()
        query = question.query
        stems = {stem for clause in (*query.required, *query.excluded) for stem in clause}
        self.sets: Sets = postings.load(stems) if stems else {}
        self.all = self.facets.get((ALL, 0), 0)
        self.is_exact = True

    def found(self) -> Found:
        """Return the answer."""
        matching = self._matching()
        chosen = {name: self.facets.get((term, 0), 0) for name, term in self.question.terms.items()}
        narrowed = bitmaps.intersection(chosen.values(), matching)
        by_date = self.question.sort == "date" or not self.question.query.required
        order = self._by_date(narrowed) if by_date else self._by_relevance(narrowed)
        unknown = frozenset(stem for stem in self.question.query.stems if not self._holding((stem,)))
        return Found(narrowed.bit_count(), order, self._counts(matching, chosen), self.is_exact, unknown)

    def _matching(self) -> int:
        query = self.question.query
        sets = [self._holding(clause) for clause in query.required]
        if self.question.matches_any:
            matching = self.all & bitmaps.union(sets)
        else:
            matching = bitmaps.intersection(sets, self.all)
            for clause in query.required:
                if len(clause) > 1:
                    matching = self._with_phrase(clause, matching)
        for clause in query.excluded:
            unwanted = matching & self._holding(clause)
            matching &= ~(self._with_phrase(clause, unwanted) if len(clause) > 1 else unwanted)
        return matching

    def _holding(self, stems: Stems, rank: int = 0) -> int:
        """Return what holds all of the stems, each at a place of the rank."""
        return bitmaps.intersection((self.sets.get((stem, rank), 0) for stem in stems), self.all)

    def _with_phrase(self, phrase: Stems, within: int) -> int:
        """Return what holds the stems in a row."""
        likeliest = list(islice(self._likeliest_first(within), MOST_CHECKED + 1))
        self.is_exact &= len(likeliest) <= MOST_CHECKED
        words = f" {' '.join(phrase)} "
        checked = Document.objects.filter(pk__in=likeliest[:MOST_CHECKED], words__contains=words)
        return bitmaps.bits_of(checked.values_list("pk", flat=True))

    def _counts(self, matching: int, chosen: dict[str, int]) -> dict[str, int]:
        """Return how many there are of each answer to a question, given the answers to the others."""
        counts: dict[str, int] = {}
        for name in FACETS:
            others = bitmaps.intersection((bits for other, bits in chosen.items() if other != name), matching)
            answers = (entry for entry in self.facets if entry[0].startswith(f"{name}:"))
            counts |= {entry[0]: (self.facets[entry] & others).bit_count() for entry in answers}
        return counts

    def _by_relevance(self, matching: int) -> list[int]:
        start, size = self.question.start, self.question.size
        candidates = list(islice(self._likeliest_first(matching), MOST_RANKED))
        holding = {stem: self.sets.get((stem, 0), 0).bit_count() for stem in self.question.query.stems}
        best = ranked(candidates, self.question.query, holding, self.all.bit_count())
        page = best[start : start + size]
        if len(page) < size and start + size > MOST_RANKED:
            known = bitmaps.bits_of(candidates)
            skipped = max(0, start - len(best))
            page += islice(self._likeliest_first(matching & ~known), skipped, skipped + size - len(page))
        return page

    def _likeliest_first(self, matching: int) -> Iterator[int]:
        """Yield the numbers by where the words stand, the newest first among equals."""
        for tier in (*self._tiers(), matching):
            if both := tier & matching:
                matching &= ~both
                yield from bitmaps.newest_first(both)

    def _tiers(self) -> Iterator[int]:
        stems = self.question.query.stems
        title = [self.sets.get((stem, 3), 0) for stem in stems]
        lead = [title[place] | self.sets.get((stem, 2), 0) for place, stem in enumerate(stems)]
        often = [lead[place] | self.sets.get((stem, 1), 0) for place, stem in enumerate(stems)]
        any_title = bitmaps.union(title)
        all_lead = bitmaps.intersection(lead, self.all)
        yield bitmaps.intersection(title, self.all)
        yield all_lead & any_title
        yield all_lead
        yield any_title & bitmaps.intersection(often, self.all)
        yield any_title
        yield bitmaps.intersection(often, self.all)
        yield bitmaps.union(lead)
        yield bitmaps.union(often)

    def _by_date(self, matching: int) -> list[int]:
        """Return the page by walking through the months: only those on the page are looked at document by document."""
        start, size = self.question.start, self.question.size
        page: list[int] = []
        for month in sorted((term for term, _rank in self.facets if term.startswith(MONTH)), reverse=True):
            dated = matching & self.facets[month, 0]
            matching &= ~dated
            if (number := dated.bit_count()) <= start:
                start -= number
                continue
            page += dated_first(dated)[start : start + size - len(page)]
            start = 0
            if len(page) >= size:
                return page
        return page + list(islice(bitmaps.newest_first(matching), start, start + size - len(page)))


def dated_first(bits: int) -> list[int]:
    """Return the documents of a set by date, the newest first."""
    numbers = list(islice(bitmaps.newest_first(bits), MOST_DATED))
    return list(Document.objects.filter(pk__in=numbers).order_by("-date", "-pk").values_list("pk", flat=True))
