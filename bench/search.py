"""Gives the copies of bench.volume words of their own, and searches them: `python -m bench.search` prints addresses.

A review gets some 700 words, drawn as languages draw them: a few all the time, most hardly ever. They are written into
the search index as its own rebuild writes it, but for the reading of the pages, which are copies of one another.
"""

from __future__ import annotations

import http.client
import json
import random
import statistics
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, product
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import django

from bench.load import UNCACHED, read
from bench.site import HOST, Server

if TYPE_CHECKING:
    from search.models import Document

CONSONANTS, VOWELS = "bdfgklmnprstvz", "aeiou"
SYLLABLES = [first + second for first, second in product(CONSONANTS, VOWELS)]
VOCABULARY = 60_000
WORDS_IN_A_REVIEW = 700
WORDS_IN_A_PASSAGE = 70
STEP = 2_000
WARM = 20
EACH_KIND = 15


class Language:
    """Invented words by how often they are used, and their stems."""

    def __init__(self) -> None:
        from search.text import stem

        self.dice = random.Random(1)  # noqa: S311
        words: dict[str, None] = {}
        while len(words) < VOCABULARY:
            words["".join(self.dice.choices(SYLLABLES, k=self.dice.choice((2, 3, 3, 4))))] = None
        self.words = list(words)
        self.stems = [stem(word) for word in self.words]
        self.odds = list(accumulate(1 / (place + 2.7) for place in range(VOCABULARY)))

    def draw(self, number: int) -> list[int]:
        """Return so many words, by their place in the list."""
        return self.dice.choices(range(VOCABULARY), cum_weights=self.odds, k=number)


@dataclass(frozen=True)
class Facts:
    """What the index narrows reviews down by, of all reviews at once."""

    types: dict[int, str]
    audiences: list[int]

    @classmethod
    def read(cls) -> Facts:
        """Ask the database."""
        from research_reviews.models import Audience, ReviewStudy

        types = dict(ReviewStudy.objects.values_list("review_id", "study__study_type"))
        return cls(types, list(Audience.objects.values_list("pk", flat=True)))

    def of(self, pk: int, topic: int, date: Any) -> list[str]:
        """Return the facets of a review."""
        return [
            f"topic:{topic}",
            f"study_type:{self.types.get(pk, 'other')}",
            f"audience:{self.audiences[pk % len(self.audiences)]}",
            f"lived_experience:{'with' if pk % 3 else 'without'}",
            f"year:{date:%Y}",
            f"month:{date:%Y-%m}",
        ]


def fill(language: Language) -> None:
    """Write words for every review that the index does not hold, and the index of everything."""
    from research_reviews.models import ReviewPage
    from search.models import Document

    facts = Facts.read()
    held = Document.objects.filter(kind="review").values("object_id")
    rows = ReviewPage.objects.listed().exclude(pk__in=held).order_by("published_on", "pk")
    made: list[Document] = []
    for pk, topic, date in list(rows.values_list("pk", "topic_id", "published_on")):
        made.append(document(language, pk, facts.of(pk, topic, date), date))
        if len(made) == STEP:
            Document.objects.bulk_create(made)
            made = []
    Document.objects.bulk_create(made)
    write_index()


def document(language: Language, pk: int, facets: list[str], date: Any) -> Document:
    """Return what the index is to hold of a review: a title, a standfirst, a study, and findings."""
    from search.models import Document
    from search.passages import Passage, Rank

    sizes = [(Rank.TITLE, "title", 7), (Rank.LEAD, "standfirst", 40), (Rank.STUDY, "study", 60)]
    sizes += [(Rank.BODY, "finding", WORDS_IN_A_PASSAGE)] * (WORDS_IN_A_REVIEW // WORDS_IN_A_PASSAGE)
    passages, lines = [], [[] for _rank in Rank]  # type: list[Any], list[list[str]]
    for number, (rank, kind, size) in enumerate(sizes):
        drawn = language.draw(size)
        text = " ".join(language.words[place] for place in drawn)
        passages.append(Passage(rank, kind, text, f"{kind}-{number}").stored())
        lines[rank].append(f" {' '.join(language.stems[place] for place in drawn)} ")
    words = "\n".join("\t".join(line) for line in lines)
    return Document(kind="review", object_id=pk, date=date, facets=facets, passages=passages, words=words)


def write_index() -> None:
    """Write which documents hold which words, block by block, and the vocabulary."""
    from django.db import connection, transaction

    from search import bitmaps, postings, vocabulary
    from search.indexing import words_of
    from search.models import Document

    last = Document.objects.order_by("pk").values_list("pk", flat=True).last() or 0
    counts: Counter[str] = Counter()
    for block in range(bitmaps.split(last)[0] + 1):
        first = block << bitmaps.BLOCK_SHIFT
        documents = list(Document.objects.filter(pk__gte=first, pk__lt=first + bitmaps.BLOCK_SIZE))
        with transaction.atomic():
            postings.replace_block(block, documents)
        for held in documents:
            counts.update(words_of(held))
    vocabulary.replace(counts)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    postings.changed()


def addresses(language: Language) -> dict[str, list[str]]:
    """Return what is searched for, by kind: every address another, so that nothing is answered from memory."""
    kinds: dict[str, list[str]] = {}
    for name, make in QUESTIONS.items():
        kinds[name] = [f"/search/?{urlencode(make(language, number))}" for number in range(EACH_KIND)]
    return kinds


def word(language: Language, rank: int) -> str:
    """Return the word that is used the rank-th most."""
    return language.words[rank]


def phrase(number: int) -> str:
    """Return two words that stand together in a review: frequent ones, as most of what is written is."""
    from search.models import Document

    held = Document.objects.filter(kind="review").order_by("pk")[number * 37 + 50]
    text: str = held.passages[5][2]
    return " ".join(text.split()[number : number + 2])


QUESTIONS: dict[str, Any] = {
    "A word of nearly every review": lambda speech, n: {"q": word(speech, n)},
    "A frequent word": lambda speech, n: {"q": word(speech, 100 + n * 10)},
    "A rare word": lambda speech, n: {"q": word(speech, 20_000 + n * 100)},
    "Two frequent words": lambda speech, n: {"q": f"{word(speech, 20 + n)} {word(speech, 60 + n)}"},
    "A frequent and a rare word": lambda speech, n: {"q": f"{word(speech, 10 + n)} {word(speech, 9_000 + n)}"},
    "Five words": lambda speech, n: {"q": " ".join(word(speech, (place + 1) * 7 + n) for place in range(5))},
    "A phrase": lambda speech, n: {"q": f'"{phrase(n)}"'},
    "A word left out": lambda speech, n: {"q": f"{word(speech, 15 + n)} -{word(speech, 40 + n)}"},
    "Filtered by topic and year": lambda speech, n: {"q": word(speech, 5 + n), "topic": "prison", "year": 2020 + n % 5},
    "Page 5": lambda speech, n: {"q": word(speech, 30 + n), "page": 5},
    "The newest first": lambda speech, n: {"q": word(speech, 45 + n), "sort": "date"},
    "The newest first, page 5": lambda speech, n: {"q": word(speech, 8 + n), "sort": "date", "page": 5},
    "A word typed wrongly": lambda speech, n: {"q": f"{word(speech, 200 + n)}x"},
}


def measured(server: Server, kinds: dict[str, list[str]]) -> dict[str, dict[str, float]]:
    """Return the median and the 95th percentile of the times to first byte by kind, and of all, in milliseconds."""
    connection = http.client.HTTPConnection(HOST, server.port, timeout=60)
    for _warm in range(WARM):
        read(connection, "/search/?q=warm", UNCACHED)
    times = {kind: [read(connection, path, UNCACHED) * 1000 for path in paths] for kind, paths in kinds.items()}
    connection.close()
    everything = [milliseconds for some in times.values() for milliseconds in some]
    return {kind: percentiles(some) for kind, some in {**times, "All of these": everything}.items()}


def percentiles(times: list[float]) -> dict[str, float]:
    """Return the median and the 95th percentile."""
    return {"median": statistics.median(times), "p95": statistics.quantiles(times, n=20, method="inclusive")[18]}


def rows(results: dict[str, dict[str, dict[str, float]]]) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the table in the report: a kind of search, and its figures on each database."""
    for kind in next(iter(results.values())):
        figures = (f"{result[kind][name]:.0f}" for result in results.values() for name in ("median", "p95"))
        yield (kind, *figures)


def main() -> None:
    """Fill, and print the addresses as JSON."""
    django.setup()
    language = Language()
    fill(language)
    print(json.dumps(addresses(language)))


if __name__ == "__main__":
    main()
