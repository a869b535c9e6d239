"""Whether two names are of one organisation, and whether a text names it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# What companies and charities carry behind their names, and may leave out.
LEGAL_FORM = re.compile(
    r"[\s,]+(?:ltd|limited|plc|llp|llc|inc|incorporated|corp|corporation|gmbh|ag|bv|cic|cio|scio)\.?$", re.IGNORECASE
)
ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)
# Behind a name, most often its initials.
BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")
SENTENCE_END = re.compile(r"(?:^|[.:?!\u2013\u2014])[^\w.:?!\u2013\u2014]*$")


def is_same_name(name: str, other: str) -> bool:
    """Whether both name one organisation: case, accents, punctuation, article and legal form tell nothing."""
    return plain(name) in spellings(other) or plain(other) in spellings(name)


def spellings(name: str) -> set[str]:
    """Return the plain name with and without what stands in brackets behind it."""
    return {plain(name), plain(BRACKETS.sub("", LEGAL_FORM.sub("", name.strip())))} - {""}


def plain(name: str) -> str:
    """Return the words of a name without case, accents, punctuation, article and legal form."""
    return " ".join(own_words(name)).casefold()


def mentions(name: str, text: str) -> Iterator[bool]:
    """Yield for each place where the text has the name, in whole words and with its capitals, whether it must be it.

    Where any word would have its capital, a name of one word, such as Mind, may be the common word.
    """
    text, words = without_accents(text), own_words(name)
    pattern = r"\W{1,3}".join(re.escape(word) for word in words)
    is_distinct = len(words) > 1 or is_unlike_a_word(words[0])
    for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", text):
        before, after = text[: match.start()], text[match.end() :]
        yield is_distinct or not (SENTENCE_END.search(before) or has_title_capitals(f"{before} {after}"))


def own_words(name: str) -> list[str]:
    """Return the words of a name without accents, punctuation, article and legal form; all of it where it has none."""
    short = ARTICLE.sub("", LEGAL_FORM.sub("", name.strip()))
    return re.findall(r"\w+", without_accents(short)) or name.split()


def without_accents(text: str) -> str:
    """Return the text with plain letters, and with every ampersand written out."""
    letters = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).replace("&", " and ")


def is_unlike_a_word(word: str) -> bool:
    """Whether its capitals, or a script without them, keep it from being taken for a common word."""
    return word[1:] != word[1:].lower() or word.lower() == word.upper()


def has_title_capitals(text: str) -> bool:
    """Whether most words begin with a capital, short ones aside, so that a capital tells nothing."""
    longer = re.findall(r"\w{4,}", text)
    return sum(word[0].isupper() for word in longer) * 2 > len(longer)
