"""A reader's search from what was typed to the page of results: also where a word was typed wrongly or nothing fits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil

from search import engines, vocabulary
from search.facets import Narrowing, Options
from search.matching import Found, Question
from search.query import LONGEST_QUERY, Query, parse
from search.results import Result, results

RESULTS_A_PAGE = 10
# Each of them is looked up by itself.
MOST_CORRECTED = 2
# What is found where nothing was asked for.
NOTHING = Found(0, [], {})


@dataclass(frozen=True)
class Answer:
    """What the page shows. `query` is the one that was answered, which may be a corrected one."""

    typed: Query
    query: Query
    found: Found
    results: list[Result]
    number: int
    # What was probably meant: offered where what was typed finds something too, answered where it does not.
    suggestion: str = ""
    is_corrected: bool = False
    matches_any: bool = False

    longest = LONGEST_QUERY

    @property
    def was_asked(self) -> bool:
        """Whether the reader asked for anything, by words or by narrowing down."""
        return self.found is not NOTHING

    @property
    def pages(self) -> int:
        """How many pages of results there are."""
        return max(1, ceil(self.found.total / RESULTS_A_PAGE))

    @property
    def previous(self) -> int:
        """The number of the page before; 0 where there is none."""
        return self.number - 1

    @property
    def next(self) -> int:
        """The number of the page after; 0 where there is none."""
        return self.number + 1 if self.number < self.pages else 0


def search(typed: str, narrowing: Narrowing, options: Options, number: int) -> Answer:
    """Return the page of results with this number."""
    query = parse(typed)
    if query.is_empty and not narrowing.values:
        return Answer(query, query, NOTHING, [], number)
    question = Question(
        query, narrowing.terms(options), narrowing.sort, start=(number - 1) * RESULTS_A_PAGE, size=RESULTS_A_PAGE
    )
    found = engines.find(question)
    suggestion, is_corrected, matches_any = "", False, False
    if found.unknown:
        suggestion = corrected(query, found.unknown)
    if not found.total and suggestion:
        question = replace(question, query=parse(suggestion))
        found, is_corrected = engines.find(question), True
    if not found.total and len(question.query.required) > 1:
        # Rather something of what was asked for than nothing.
        found, matches_any = engines.find(replace(question, matches_any=True)), True
    return Answer(
        typed=query,
        query=question.query,
        found=found,
        results=results(found.numbers, question.query),
        number=number,
        suggestion=suggestion,
        is_corrected=is_corrected,
        matches_any=matches_any and bool(found.total),
    )


def corrected(query: Query, unknown: frozenset[str]) -> str:
    """Return the query with each word that nothing holds in the spelling that was probably meant; empty without one."""
    text, changed = query.text, False
    wrong = [word for word in query.words if word.stem in unknown][:MOST_CORRECTED]
    for word in reversed(wrong):
        if better := vocabulary.correction(word.folded):
            text = text[: word.start] + better + text[word.end :]
            changed = True
    return text if changed else ""
