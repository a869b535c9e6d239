"""How alike texts are: by the words that they share, rare ones counting for more. Pure: no database, no model."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from threading import Lock

import snowballstemmer
from django.conf import settings
from django.utils.translation import get_language_info

# How often each word stands in a text.
Words = Mapping[str, int]
LETTERS = re.compile(r"[^\W\d_]{2,}")
# Snowball's stemmers keep the word that they are at in themselves, and threads share them.
_one_at_a_time = Lock()


def words_of(*texts: str) -> Words:
    """Return the words of the texts, in their stems: prisoner and prisoners are one."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(stem(word) for word in LETTERS.findall(unicodedata.normalize("NFKC", text).casefold()))
    return counts


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return the word without its endings, by the rules of the site's language; as it is where there are none."""
    language = _language()
    if not language:
        return word
    with _one_at_a_time:
        stemmed: str = _stemmer(language).stemWord(word)
    return stemmed


@cache
def _stemmer(language: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(language)


@cache
def _language() -> str:
    name: str = get_language_info(settings.LANGUAGE_CODE)["name"]
    return next((word for word in name.lower().split() if word in snowballstemmer.algorithms()), "")


def likenesses(one: Words, others: Sequence[Words]) -> list[float]:
    """Return how alike one text is to each of the others: from 0, no word in common, to 1, the same words.

    It is the cosine of the angle between them. A word weighs more the fewer of all these texts have it: one that they
    all share says nothing.
    """
    texts = [one, *others]
    frequencies = Counter(word for text in texts for word in text)
    rarities = {word: math.log((1 + len(texts)) / number) for word, number in frequencies.items()}
    first = _vector(one, rarities)
    return [_cosine(first, _vector(other, rarities)) for other in others]


def _vector(text: Words, rarities: Mapping[str, float]) -> dict[str, float]:
    return {word: (1 + math.log(count)) * rarities[word] for word, count in text.items()}


def _cosine(one: dict[str, float], other: dict[str, float]) -> float:
    lengths = math.hypot(*one.values()) * math.hypot(*other.values())
    return math.fsum(weight * other[word] for word, weight in one.items() if word in other) / lengths if lengths else 0
