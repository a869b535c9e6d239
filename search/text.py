"""From text to the words that are compared: folded (case, accents, ligatures) and reduced to their stem.

Index and query pass through here, in Python, so that both databases see the same words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from threading import local
from typing import NamedTuple

import snowballstemmer
from django.conf import settings

LONGEST_WORD = 40
# Scripts that put no space between words: each sign is a word of its own, and several make a phrase.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
# Python's \w leaves them out, and so would cut words of many scripts into pieces.
MARKS = "".join(chr(point) for point in range(0x300, 0x1E95A) if unicodedata.category(chr(point)).startswith("M"))
LETTER = rf"[^\W_{UNSPACED}]"
WORD = re.compile(rf"[{UNSPACED}][{MARKS}]*|{LETTER}(?:{LETTER}|[{MARKS}]|['’](?={LETTER}))*")
# Letters that Unicode does not take apart, although readers without them on their keyboard do.
LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "\u0131": "i", "þ": "th", "’": "'"}
)
STEMMERS = {
    "ar": "arabic",
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hu": "hungarian",
    "it": "italian",
    "nb": "norwegian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "tr": "turkish",
}
# What a question is made of but not about. Left out beside other words, looked for where it stands alone or quoted.
FUNCTION_WORDS_IN_A_LINE = (
    "a about an and are as at be been but by can could did do does for from had has have how i if in into is it its"
    " may my not of on or our should so than that the their them there these they this those to was we were what when"
    " where which who whom why will with would you your"
)
FUNCTION_WORDS = frozenset(FUNCTION_WORDS_IN_A_LINE.split())

# A stemmer keeps the word that it works on, so no two threads may share one.
_own = local()


class Word(NamedTuple):
    """A word where it stands in a text."""

    start: int
    end: int
    folded: str

    @property
    def stem(self) -> str:
        """What it is compared by."""
        return stem(self.folded)


def words(text: str) -> Iterator[Word]:
    """Yield the words of a text."""
    for match in WORD.finditer(text):
        if folded := fold(match[0]):
            yield Word(match.start(), match.end(), folded)


def stems(text: str) -> list[str]:
    """Return the stems of a text's words, in their order."""
    return [word.stem for word in words(text)]


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """Return the word without case, accents and ligatures; empty where nothing of it can be compared."""
    plain = unicodedata.normalize("NFKD", word).casefold().translate(LETTERS)
    parts = unicodedata.normalize("NFKD", plain)
    kept = (
        sign for sign in parts if not unicodedata.combining(sign) and (sign.isalnum() or sign == "'" or is_mark(sign))
    )
    return "".join(kept).strip("'")[:LONGEST_WORD]


def is_mark(sign: str) -> bool:
    """Whether the sign belongs to the letter before it, as vowels do in the scripts of India."""
    return unicodedata.category(sign).startswith("M")


@lru_cache(maxsize=1 << 17)
def stem(folded: str) -> str:
    """Return the stem by the rules of the site's language; the word itself where there are none for it."""
    if not hasattr(_own, "stemmer"):
        name = STEMMERS.get(settings.LANGUAGE_CODE.partition("-")[0].lower())
        _own.stemmer = snowballstemmer.stemmer(name) if name else None
    return _own.stemmer.stemWord(folded) if _own.stemmer else folded
