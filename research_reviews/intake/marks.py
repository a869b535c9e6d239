"""The marks that make a line of a list: bullets, numbers, letters."""

from __future__ import annotations

import re

BULLETS = "•◦▪▫‣●○■□∙·\u2043➢➤✓✔-–—*"
MARK = re.compile(
    rf"(?P<mark>[{re.escape(BULLETS)}](?=\s)|\(?\d{{1,2}}[.):](?=\s|[^\W\d])|\(?[a-hA-H][.)](?=\s)|\(?[ivxIVX]{{1,4}}[.)](?=\s))\s*(?=\S)"
)
# Copied from a list whose numbers stood without a point.
BARE_NUMBER = re.compile(r"(?P<mark>\d{1,2})[\s.):–-]+(?=[^\W\d]|[\"“‘'])")
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}


def mark_of(text: str) -> tuple[str, str]:
    """Return the mark that a line begins with and what follows; an empty mark where there is none."""
    found = MARK.match(text)
    return (found["mark"], text[found.end() :]) if found else ("", text)


def number_of(mark: str) -> int:
    """Return which number a mark says, counting letters and Roman numerals; 0 for a bullet."""
    bare = mark.strip("().: ").casefold()
    if bare.isascii() and bare.isdigit():
        return int(bare)
    if len(bare) == 1 and "a" <= bare <= "h":
        return ord(bare) - ord("a") + 1
    return ROMAN.get(bare, 0)
