"""Whether the quote marks in a text belong together, typographic and straight ones, and nested ones."""

from __future__ import annotations

import re

# Words that begin with an apostrophe, which looks like an opening mark.
CLIPPED = re.compile(r"(?<!\w)['’‘](?=(?:tis|twas|em|cause|bout|round|til|n|\d0s)\b)", re.IGNORECASE)
APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w)")
OPENING_STRAIGHT = re.compile(r"""(?<![\w'.,!?…)])'(?=[\w"“])""")
CLOSING_STRAIGHT = re.compile(r"""(?<=[\w.,!?…"”)])'(?!\w)""")
MARKS = re.compile("[“”„‘’«»]")
OPENING = "“„‘«"
# What each mark closes. Where no single mark is open, ’ is an apostrophe: “the prisoners’ own words”.
PAIRS = {"”": "“„", "“": "„", "’": "‘", "»": "«", "«": "»"}


def are_balanced(text: str) -> bool:
    """Whether every quote mark that opens is closed. Apostrophes are no quote marks.

    A quote of several paragraphs may open each of them and close only the last.
    """
    text = APOSTROPHE.sub("", CLIPPED.sub("", text))
    if text.count('"') % 2:
        return False
    if len(OPENING_STRAIGHT.findall(text)) > len(CLOSING_STRAIGHT.findall(text)):
        return False
    return typographic_are_balanced(text)


def typographic_are_balanced(text: str) -> bool:
    """Whether “double”, ‘single’, „low“ and «angle» marks are closed in the order in which they open."""
    still_open: list[str] = []
    for paragraph in re.split(r"\n\s*\n", text):
        words = paragraph.lstrip()
        if words and words[0] in still_open:
            words = words[1:]
        for mark in MARKS.findall(words):
            if closes(mark, still_open):
                still_open.pop()
            elif mark in OPENING or (mark == "»" and not still_open):
                still_open.append(mark)
            elif mark != "’":
                return False
    return not still_open


def closes(mark: str, still_open: list[str]) -> bool:
    """Whether the mark closes the one that was opened last."""
    return bool(still_open) and still_open[-1] in PAIRS.get(mark, "")
