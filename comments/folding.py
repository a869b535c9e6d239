"""Texts as they are compared: in any script, without what only looks different."""

from __future__ import annotations

import hashlib
import unicodedata


def folded(text: str) -> str:
    """Return the text without case, accents, invisible characters and differences of width and space."""
    # Twice, because what is folded can have accents of its own, and other way round.
    for _time in range(2):
        text = unicodedata.normalize("NFKD", text).casefold()
    # Among ASCII there is nothing to leave out, and to ask for each character takes longest.
    if not text.isascii():
        text = "".join(character for character in text if not is_left_out(character))
    return " ".join(text.split())


def is_left_out(character: str) -> bool:
    """Whether it is an accent, or cannot be seen at all. Vowel signs of Indic scripts are neither."""
    return bool(unicodedata.combining(character)) or unicodedata.category(character) == "Cf"


def digest(text: str) -> str:
    """Return what texts that say the same have in common."""
    return hashlib.sha256(folded(text).encode()).hexdigest()[:32]
