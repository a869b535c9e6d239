"""What the words of a response give away: links, and words that a moderator wants to see first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from comments.folding import folded

# An address in markup counts once, whether it stands in the mark, in what the mark encloses, or in both.
LINK = re.compile(
    r"""
    \[(?:url|link)\s*=[^\]]{0,300}\](?:\s*(?:https?://|www\.)[^\s\[]*)?
    | \[(?:url|link)\]\s*[^\s\[]*
    | <a\b[^>]{0,300}>(?:\s*(?:https?://|www\.)[^\s<]*)?
    | \b(?:https?|ftp)://[^\s\[<>]+
    | \bwww\.[^\s\[<>]+
    | (?P<domain> (?<![\w.@/-]) (?:\w[\w-]{0,62}\.){1,4} (?P<ending>[^\W\d_]{2,24}) (?![\w@-]) )
      (?::\d+)?(?:/[^\s\[<>]*)?
    """,
    re.IGNORECASE | re.VERBOSE,
)
# What looks like a domain and is the name of a file.
FILES = {
    "csv",
    "doc",
    "docx",
    "gif",
    "htm",
    "html",
    "jpeg",
    "jpg",
    "js",
    "json",
    "md",
    "pdf",
    "png",
    "txt",
    "xls",
    "xlsx",
}
# Scripts that write words without spaces between them.
WITHOUT_SPACES = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN")


def count_links(text: str) -> int:
    """Return how many addresses stand in the text: whole, as a bare domain, in BBCode or in HTML."""
    return sum(1 for match in LINK.finditer(text) if not match["domain"] or is_domain(match["domain"], match["ending"]))


def is_domain(domain: str, ending: str) -> bool:
    """Whether it is meant as an address: no file, no "p.value", nor two sentences with the space between left out."""
    is_short_enough = len(ending) <= 3 or domain[1] != "."
    return is_short_enough and ending.lower() not in FILES and (ending == ending.lower() or domain == domain.upper())


def held_words(texts: Iterable[str], words: str) -> list[str]:
    """Return which of the words (one a line) stand in one of the texts as whole words, whatever case and accents."""
    haystacks = [folded(text) for text in texts]
    listed = dict.fromkeys(filter(None, map(str.strip, words.splitlines())))
    return [word for word in listed if any(stands_in(folded(word), haystack) for haystack in haystacks)]


def stands_in(word: str, text: str) -> bool:
    """Whether the word stands in the text, and is not a part of another word."""
    start = text.find(word) if word else -1
    while start >= 0:
        end = start + len(word)
        if not (goes_on(text[:start][-1:], word[0]) or goes_on(word[-1], text[end : end + 1])):
            return True
        start = text.find(word, start + 1)
    return False


def goes_on(before: str, after: str) -> bool:
    """Whether two characters that stand together belong to the same word."""
    return is_of_word(before) and is_of_word(after) and not (has_no_spaces(before) or has_no_spaces(after))


def is_of_word(character: str) -> bool:
    """Whether words are made of the character: a letter, a digit, or a vowel sign."""
    return character.isalnum() or (character != "" and unicodedata.category(character).startswith("M"))


def has_no_spaces(character: str) -> bool:
    """Whether the character is of a script in which words stand side by side."""
    return unicodedata.name(character, "").startswith(WITHOUT_SPACES)
