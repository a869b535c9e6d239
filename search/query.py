"""What a reader typed, taken apart: words, "phrases in quotes" and -exclusions. Any text at all is a query."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from search.text import FUNCTION_WORDS, Word, words

# Nobody types more by hand; a longer text is cut, and the page says so.
LONGEST_QUERY = 200
MOST_CLAUSES = 12
QUOTES = str.maketrans("“”„«»", '"""""')
# What no page may hold: control signs, halves of signs, and what Unicode says is none.
UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
PART = re.compile(r'(?P<minus>-?)(?:"(?P<quoted>[^"]*)"?|(?P<bare>[^\s"]+))')

Stems = tuple[str, ...]


@dataclass(frozen=True)
class Query:
    """Clauses of one stem or, for a phrase, several in a row."""

    text: str = ""
    required: tuple[Stems, ...] = ()
    excluded: tuple[Stems, ...] = ()
    # The required words where they stand in the text, for whoever corrects one.
    words: tuple[Word, ...] = field(default=(), compare=False)
    is_cut: bool = False

    @property
    def stems(self) -> list[str]:
        """Every stem that is looked for, once."""
        return list(dict.fromkeys(stem for clause in self.required for stem in clause))

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for."""
        return not (self.required or self.excluded)


def parse(typed: str) -> Query:
    """Return the query that a text makes. What is no word, such as an operator of another search, is passed over."""
    text = " ".join(UNFIT.sub(" ", typed[: LONGEST_QUERY * 4]).split())
    is_cut = len(typed) > LONGEST_QUERY * 4 or len(text) > LONGEST_QUERY
    text = text[:LONGEST_QUERY].rstrip()
    parts = list(_parts(text))
    if any(not part.is_function_word and not part.is_excluded for part in parts):
        parts = [part for part in parts if not part.is_function_word]
    required = tuple(dict.fromkeys(part.stems for part in parts if not part.is_excluded))
    excluded = tuple(dict.fromkeys(part.stems for part in parts if part.is_excluded))
    return Query(
        text=text,
        required=required[:MOST_CLAUSES],
        excluded=excluded[:MOST_CLAUSES],
        words=tuple(word for part in parts if not part.is_excluded for word in part.words),
        is_cut=is_cut or len(required) > MOST_CLAUSES,
    )


@dataclass(frozen=True)
class Part:
    """A word, or several that belong together: quoted, or written as one, such as co-produced or a DOI."""

    words: tuple[Word, ...]
    is_quoted: bool
    is_excluded: bool

    @property
    def stems(self) -> Stems:
        """What the index is asked for."""
        return tuple(word.stem for word in self.words)

    @property
    def is_function_word(self) -> bool:
        """Whether it says nothing by itself."""
        return not self.is_quoted and len(self.words) == 1 and self.words[0].folded in FUNCTION_WORDS


def _parts(text: str) -> Iterator[Part]:
    for match in PART.finditer(text.translate(QUOTES)):
        name = "bare" if match["quoted"] is None else "quoted"
        offset = match.start(name)
        found = tuple(word._replace(start=word.start + offset, end=word.end + offset) for word in words(match[name]))
        if found:
            yield Part(found, is_quoted=name == "quoted", is_excluded=bool(match["minus"]))
