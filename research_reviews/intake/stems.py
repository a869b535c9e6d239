"""Words cut to what their forms have in common, without those that say nothing by themselves."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

import snowballstemmer

WORD = re.compile(r"[^\W\d_]+")
STOP_WORDS = (
    "a an the of in on at to for from by with and or but not no as is are was were be been it its this that these "
    "those their they them he she we you i how what why who when where which there than then more most very can could "
    "may might will would should do does did have has had der die das und oder ein eine einer in im von zu mit für "
    "auf den dem des ist sind nicht le la les un une des de du et ou en pour par sur el los las y o con por para een "
    "het van en of op met voor niet y yr yn ar i o a"
)
STOP = frozenset(STOP_WORDS.split())
STEMMERS = {"de": "german", "fr": "french", "es": "spanish", "nl": "dutch"}


@lru_cache(maxsize=8)
def stemmer(language: str) -> Callable[[str], str]:
    """Return what cuts a word of a language to its stem; English for those that are not known."""
    algorithm = snowballstemmer.stemmer(STEMMERS.get(language, "english"))
    return lru_cache(maxsize=20_000)(algorithm.stemWord)


def stems(text: str, language: str) -> list[str]:
    """Return the stems of a text's words, without those that say nothing by themselves."""
    cut = stemmer(language)
    return [cut(word) for word in WORD.findall(text.casefold()) if word not in STOP]
