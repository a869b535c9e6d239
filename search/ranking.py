"""The order of results: how telling the places are where the words stand, how often, and how rare the words are."""

from __future__ import annotations

from datetime import date
from math import log

from search.models import Document
from search.passages import Rank
from search.query import Query

# What a word is worth at a place, and how soon saying it again adds little.
WORTH = {Rank.TITLE: (8.0, 0.1), Rank.LEAD: (4.0, 1.0), Rank.STUDY: (2.5, 1.0), Rank.BODY: (2.0, 4.0)}
# The words in a row say more than the same words far apart; a title of nothing else is what was asked for.
IN_A_ROW = {Rank.TITLE: 6.0, Rank.LEAD: 3.0, Rank.STUDY: 2.0, Rank.BODY: 1.5}
WHOLE_TITLE = 12.0


def ranked(numbers: list[int], query: Query, holding: dict[str, int], total: int) -> list[int]:
    """Return the documents in their order. `holding` says how many of the total hold each stem."""
    rarity = {stem: log(1 + total / max(1, count)) for stem, count in holding.items()}
    rows = Document.objects.filter(pk__in=numbers).values_list("pk", "date", "words")
    scored = [(score(words, query, rarity), day or date.min, pk) for pk, day, words in rows]
    return [pk for _score, _date, pk in sorted(scored, reverse=True)]


def score(stem_lines: str, query: Query, rarity: dict[str, float]) -> float:
    """Return how well a document answers."""
    together = " ".join(stem for clause in query.required for stem in clause)
    is_several = " " in together
    points = 0.0
    for rank, line in zip(Rank, stem_lines.split("\n"), strict=False):
        worth, saturation = WORTH[rank]
        for stem, rare in rarity.items():
            if count := line.count(f" {stem} "):
                points += worth * rare * count / (count + saturation)
        if is_several and f" {together} " in line:
            points += IN_A_ROW[rank] * max(rarity.values())
        if rank == Rank.TITLE and line.strip() == together:
            points += WHOLE_TITLE
    return points
