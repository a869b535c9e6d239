"""No word of a source is lost and none invented: every one is in the draft, in what was left out, or a mark.

A word is a run of letters and digits, compared without case, ligatures and invisible characters, so that neither a
quote mark set anew nor a handle without its @ counts. What counts is how often each word stands, not where.

Two kinds of words need saying. Marks are words of the source that the draft says by its form (draft.WordCount).
Copies are words that the draft says once more than the source: a name in a sentence that is also a credit, a title
that came from outside the text. The study's own fields (draft.StudyDraft) are copies by definition: the sentence that
they were read from stays in the body. Alternative texts and addresses are no words that a reader sees.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from research_reviews.intake.draft import BlockDraft, ChromeDraft, CreditDraft, Draft, WordCount
from research_reviews.intake.errors import IntakeError
from research_reviews.intake.inline import plain

WORD = re.compile(r"\w+")
INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
MOST_NAMED = 12
PROSE = ("introduction", "body", "text")
PLAIN = (
    "heading",
    "other_body",
    "words",
    "who",
    "source",
    "page",
    "credit",
    "label",
    "own_heading",
    "summary",
    "title",
    "caption",
)


@dataclass
class Ledger:
    """What has to be known beside the draft to account for every word."""

    marks: Counter[str] = field(default_factory=Counter)
    copies: Counter[str] = field(default_factory=Counter)

    def mark(self, *texts: str) -> None:
        """Note words of the source that the draft says by its form."""
        for text in texts:
            self.marks.update(words(text))

    def copy(self, *texts: str) -> None:
        """Note words of the draft that the source's text does not hold a second time."""
        for text in texts:
            self.copies.update(words(text))


def words(text: str) -> list[str]:
    """Return the words of a plain text as they are compared."""
    if not text.isascii():
        text = INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
        text = unicodedata.normalize("NFKC", text.casefold())
    return WORD.findall(text.casefold())


def count(text: str, draft: Draft, chrome: list[ChromeDraft], ledger: Ledger) -> WordCount:
    """Return what became of the words of a source's text."""
    source = Counter(words(text))
    kept = Counter(words("\n".join(texts_of(draft))))
    kept.subtract(ledger.copies)
    left_out = Counter(words("\n".join(piece.text for piece in chrome)))
    accounted = kept + left_out + ledger.marks
    # A copy of a word that the draft does not hold would hide that another went missing.
    invented = accounted - source + Counter({word: -times for word, times in kept.items() if times < 0})
    return WordCount(
        total=source.total(),
        in_draft=max(kept.total(), 0),
        left_out=left_out.total(),
        marks=sorted(ledger.marks.elements()),
        lost=sorted((source - accounted).elements()),
        invented=sorted(invented.elements()),
    )


def check(counted: WordCount) -> None:
    """Raise IntakeError where a word was lost or invented: a draft that cannot be trusted is none."""
    if counted.lost:
        message = _("Words of the document would be lost: %(words)s. Nothing was made of it.")
        raise IntakeError(message % {"words": named(counted.lost)})
    if counted.invented:
        message = _("The draft would hold words that are not in the document: %(words)s. Nothing was made of it.")
        raise IntakeError(message % {"words": named(counted.invented)})


def named(lost: list[str]) -> str:
    """Return the first of some words as a list."""
    shown = ", ".join(lost[:MOST_NAMED])
    return f"{shown}, …" if len(lost) > MOST_NAMED else shown


def texts_of(draft: Draft) -> Iterator[str]:
    """Yield every text of the draft that a reader would see, but for the study's fields."""
    yield draft.title
    yield draft.standfirst
    yield draft.image_credit.text
    for credit in draft.credits:
        yield from texts_of_credit(credit)
    if draft.header_image:
        yield plain(draft.header_image.get("caption", ""))
        yield draft.header_image.get("credit", "")
    for block in draft.body:
        yield from texts_of_block(block)


def texts_of_credit(credit: CreditDraft) -> Iterator[str]:
    """Yield what a credit says."""
    yield from (credit.name, credit.descriptor, credit.orcid, credit.website)
    yield from credit.handles.values()


def texts_of_block(block: BlockDraft) -> Iterator[str]:
    """Yield what a block says. The title of an embed is an attribute of the source's, not of its words."""
    value = {key: said for key, said in block.value.items() if block.type != "embed" or key != "title"}
    yield from texts_of_value(with_plain_caption(value) if block.type == "image" else value)


def with_plain_caption(value: dict[str, Any]) -> dict[str, Any]:
    """Return the value of an image with its caption as plain text, as a table has it."""
    return {**value, "caption": plain(value.get("caption") or "")}


def texts_of_value(value: dict[str, Any]) -> Iterator[str]:
    """Yield what the value of a block, or of a part of one, says."""
    for key, said in value.items():
        if isinstance(said, str):
            yield plain(said) if key in PROSE else said if key in PLAIN else ""
        elif key in {"issues", "items"}:
            for part in said:
                yield from texts_of_value(part)
        elif key == "body":
            yield from texts_of_issue(said)
        elif key in {"rows", "headings"}:
            yield from texts_of_cells(said)


def texts_of_issue(parts: list[dict[str, Any]]) -> Iterator[str]:
    """Yield what the section of an issue says."""
    for part in parts:
        if isinstance(part["value"], str):
            yield plain(part["value"])
        else:
            yield from texts_of_value(with_plain_caption(part["value"]) if part["type"] == "image" else part["value"])


def texts_of_cells(cells: list[Any]) -> Iterator[str]:
    """Yield what the cells of a table say: a row of headings, or rows."""
    for cell in cells:
        if isinstance(cell, str):
            yield plain(cell)
        else:
            yield from texts_of_cells(cell)
