"""The words that documents are written in: what was meant by a word typed wrongly, and how one begun goes on.

A word is found by keys that it shares with what is typed by mistake: the first letters, whole and with one of them
left out (the deletion keys of SymSpell). So both databases look a handful of keys up instead of comparing every word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from zlib import crc32

from django.db import transaction
from django.db.models import F
from rapidfuzz.distance import OSA

from search.models import Spelling, Word

SHORTEST = 3
# Of shorter words one wrong letter makes another word as often as not.
SHORTEST_CORRECTED = 4
KEY_LETTERS = 7
MOST_CANDIDATES = 300
STEP = 500


def is_kept(word: str) -> bool:
    """Whether a word is one that is suggested: no number, no initial."""
    return len(word) >= SHORTEST and word.replace("'", "").isalpha()


def keys(word: str) -> set[int]:
    """Return the keys that a word is found by when it is typed wrongly."""
    first = word[:KEY_LETTERS]
    shortened = {first[:place] + first[place + 1 :] for place in range(len(first))}
    # As whole numbers that fit every database: an index of them is small.
    return {crc32(text.encode()) - (1 << 31) for text in {first, *shortened}}


def count(before: Iterable[set[str]], after: Iterable[set[str]]) -> None:
    """Bring the number of documents of each word from what it was to what it is."""
    change = Counter(word for words in after for word in words if is_kept(word))
    change.subtract(Counter(word for words in before for word in words if is_kept(word)))
    by_difference: dict[int, list[str]] = {}
    for word, difference in change.items():
        if difference:
            by_difference.setdefault(difference, []).append(word)
    for difference, words in by_difference.items():
        _add(difference, words)


def _add(difference: int, words: list[str]) -> None:
    for some in _steps(sorted(words)):
        known = Word.objects.filter(text__in=some)
        if difference < 0:
            known.filter(documents__lte=-difference).delete()
            known.update(documents=F("documents") + difference)
            continue
        missing = set(some) - set(known.values_list("text", flat=True))
        known.update(documents=F("documents") + difference)
        _create(Word(text=word, documents=difference) for word in sorted(missing))


def _create(words: Iterable[Word]) -> None:
    created = Word.objects.bulk_create(words)
    Spelling.objects.bulk_create(
        Spelling(key=key, word=word)
        for word in created
        if len(word.text) >= SHORTEST_CORRECTED
        for key in keys(word.text)
    )


def replace(counts: Counter[str]) -> None:
    """Make the vocabulary anew from how many documents each word is in."""
    with transaction.atomic():
        Spelling.objects.all().delete()
        Word.objects.all().delete()
        for some in _steps(word for word in counts if is_kept(word)):
            _create(Word(text=word, documents=counts[word]) for word in some)


def correction(typed: str) -> str:
    """Return the word that was probably meant; empty where none is near enough."""
    if len(typed) < SHORTEST_CORRECTED or not is_kept(typed):
        return ""
    candidates = Word.objects.filter(spellings__key__in=keys(typed)).order_by("-documents", "text").distinct()
    most = 1 if len(typed) <= SHORTEST_CORRECTED + 1 else 2
    near = [
        # A first letter is seldom wrong.
        (distance + (word[0] != typed[0]), -documents, word)
        for word, documents in candidates.values_list("text", "documents")[:MOST_CANDIDATES]
        if (distance := OSA.distance(typed, word, score_cutoff=most)) <= most
    ]
    return min(near)[2] if near else ""


def completions(begun: str, most: int) -> list[str]:
    """Return the words that begin so, the most used first."""
    if len(begun) < 2:
        return []
    words = Word.objects.filter(text__startswith=begun).order_by("-documents", "text")
    return list(words.values_list("text", flat=True)[:most])


def _steps(words: Iterable[str]) -> Iterator[list[str]]:
    iterator = iter(words)
    while some := list(islice(iterator, STEP)):
        yield some
