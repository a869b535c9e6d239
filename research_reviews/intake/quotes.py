"""Block quotes: marked as such, or a paragraph in quote marks, even if one of the two is missing; and who speaks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from research_reviews.intake.inline import lines, plain
from research_reviews.intake.node_text import text_in
from research_reviews.intake.nodes import Heading, ListNode, Node, Paragraph, Quotation
from research_reviews.intake.speakers import (
    DASH,
    LONGEST_ATTRIBUTION,
    NAMED_SPEAKER,
    SPEAKER,
    attribution_of,
    bare_attribution,
    is_speaker,
)

# Each family with what opens and what closes it; an apostrophe closes nothing within a word.
FAMILIES = [('“„"', '”"“'), ("«»", "»«"), ("‘'\u201a", "’'")]
AFTER_MARK = re.compile(
    (
        rf"(?:\s*{DASH}\s*(?P<dashed>\S.{{1,180}})|\s*[\(\[](?P<bracketed>[^()\[\]]{{2,180}})[\)\]]\.?|"
        rf"\s+(?P<bare>{SPEAKER.pattern}))"
    ),
    re.IGNORECASE,
)
TRAILING = re.compile(rf"\s(?:{DASH}\s+(?P<dashed>[^.!?]{{3,120}}))$")
PAGE = re.compile(r"[,;:]?\s*(?P<page>(?:pp?\.\s?|pages?\s|paras?\.?\s|paragraphs?\s|S\.\s)\d[\d.,–-]*)", re.IGNORECASE)
WORK = re.compile(
    r"\b(?:19|20)\d\d[a-z]?\b|\b(?:report|study|paper|article|book|journal|bericht|rapport|informe)\b", re.IGNORECASE
)
FEWEST_WORDS = 4


@dataclass(frozen=True)
class Quote:
    """Words of somebody, who it is as the source says it, and whether a mark was missing or something else doubtful."""

    words: str
    attribution: str = ""
    is_unsure: bool = False
    opens_only: bool = False


def value_of(quote: Quote) -> dict[str, Any]:
    """Return a quote as its block stores it."""
    attribution = bare_attribution(quote.attribution)
    page = ""
    if found := PAGE.search(attribution):
        page = found["page"].strip()
        attribution = f"{attribution[: found.start()]} {attribution[found.end() :]}".strip(" ,;:.")
        attribution = " ".join(attribution.split())
    is_work = WORK.search(attribution) is not None and SPEAKER.match(attribution) is None
    who, source = ("", attribution) if is_work else (attribution, "")
    return {"words": quote.words, "person": None, "who": who, "source": source, "page": page}


def is_quoted(text: str) -> bool:
    """Whether a paragraph consists of a quote, with or without who speaks."""
    return quote_in(text) is not None


def quote_in(text: str) -> Quote | None:
    """Return the quote that a paragraph consists of; None where it is prose, though it may quote within."""
    text = text.strip()
    if len(text) < 12:
        return None
    for openers, closers in FAMILIES:
        starts = text[0] in openers
        if starts or any(mark in text[-LONGEST_ATTRIBUTION:] for mark in closers):
            found = both_marks(text, openers, closers) if starts else closing_only(text, openers, closers)
            if found:
                return found
            if starts:
                return opening_only(text, openers, closers)
    return None


def both_marks(text: str, openers: str, closers: str) -> Quote | None:
    """Return a quote in both its marks, with who speaks after them."""
    ends = closing_places(text, closers)
    inner_openers = [mark for mark in openers if mark not in closers]
    for end in ends[:3]:
        words, rest = text[1:end].strip(), text[end + 1 :].strip(" .,;")
        if any(mark in words for mark in inner_openers):
            continue
        if not rest and len(ends) == 1:
            # A whole sentence is a quote even if it is short; two words in marks are rather a term.
            fewest = 2 if words.endswith((".", "!", "?", "…")) else FEWEST_WORDS
            return Quote(words) if len(words.split()) >= fewest else None
        if not rest or any(mark in rest for mark in '“"„'):
            continue
        if after := AFTER_MARK.fullmatch(text[end + 1 :].rstrip()):
            return Quote(words, text[end + 1 :].strip() if after["dashed"] or after["bracketed"] else rest)
        if NAMED_SPEAKER.fullmatch(rest):
            return Quote(words, rest)
    if ends and not text[ends[-1] + 1 :].strip(" .") and nested_only(text[1 : ends[-1]], openers, closers):
        return Quote(text[1 : ends[-1]].strip())
    return None


def nested_only(within: str, openers: str, closers: str) -> bool:
    """Whether marks within a quote are quotes in the quote: each opens before it closes."""
    opening, closing = openers[0], closers[0]
    depth = 0
    for mark in within:
        depth += (mark == opening) - (mark == closing)
        if depth < 0 or mark == '"':
            return False
    return depth == 0 and opening in within


def opening_only(text: str, openers: str, closers: str) -> Quote | None:
    """Return a quote whose closing mark is missing."""
    body = text[1:]
    if (
        closing_places(text, closers)
        or any(mark in body for mark in '“”"„')
        or (text[0] in "'’" and text[1:2].islower())
    ):
        return None
    if len(body.split()) < FEWEST_WORDS:
        return None
    if (after := TRAILING.search(body)) and after["dashed"][:1].isupper():
        return Quote(body[: after.start()].strip(), after["dashed"], True, True)
    if (bracket := re.search(r"\s\(([^()]{3,120})\)\.?$", body)) and is_speaker(bracket[1]):
        return Quote(body[: bracket.start()].strip(), bracket[1], True, True)
    return Quote(body.strip(), "", True, True)


def closing_only(text: str, openers: str, closers: str) -> Quote | None:
    """Return a quote whose opening mark is missing."""
    ends = closing_places(text, closers)
    if len(ends) != 1 or any(mark in text[: ends[0]] for mark in '“„"«‘'):
        return None
    end = ends[0]
    rest = text[end + 1 :].strip(" .")
    words = text[:end].strip()
    # A single mark after a word is an apostrophe; after the end of a sentence it closes a quote.
    if text[end] in "'’" and not words.endswith((".", "!", "?", "…")):
        return None
    if rest and not AFTER_MARK.fullmatch(text[end + 1 :].rstrip()):
        return None
    return Quote(words, rest, True) if len(words.split()) >= FEWEST_WORDS else None


def closing_places(text: str, closers: str) -> list[int]:
    """Return where marks close a quote: not within a word, and not directly before one."""
    return [
        place
        for place, letter in enumerate(text)
        if place
        and letter in closers
        and not text[place + 1 : place + 2].isalnum()
        and not (letter in "'’" and apostrophe(text, place))
    ]


def apostrophe(text: str, place: int) -> bool:
    """Whether a single mark belongs to the word before it: the prisoners’ own words."""
    before = text[place - 1]
    return before == "s" and text[place + 1 : place + 2] == " " and text[place + 2 : place + 3].islower()


def of_quotation(node: Quotation) -> tuple[Quote, list[Node]]:
    """Return a quotation's words and speaker, and what in it is no text, such as a picture."""
    texts: list[str] = []
    others: list[Node] = []
    attribution = plain(node.cite)
    content = split_lines(list(node.content))
    if not attribution and len(content) > 1 and (said := attribution_of(content[-1])):
        attribution, content = said, content[:-1]
    for part in content:
        if isinstance(part, Paragraph | Heading | ListNode | Quotation):
            texts.append(text_in([part]))
        else:
            others.append(part)
    words = "\n\n".join(texts)
    inner = quote_in(words) if "\n\n" not in words else None
    if inner:
        return Quote(inner.words, " ".join(filter(None, (inner.attribution, attribution))), inner.is_unsure), others
    return Quote(stripped(words), attribution), others


def split_lines(content: list[Node]) -> list[Node]:
    """Return the content of a quotation with the last line of its last paragraph apart, where that says who speaks."""
    last = content[-1] if content else None
    if isinstance(last, Paragraph) and "<br>" in last.html:
        parts = lines(last.html)
        if len(parts) > 1 and attribution_of(Paragraph(parts[-1])):
            return [*content[:-1], Paragraph("<br>".join(parts[:-1])), Paragraph(parts[-1])]
    return content


def stripped(words: str) -> str:
    """Return words without a mark at their beginning and one at their end that have no others between them."""
    bare = words.strip()
    marks = sum(bare.count(mark) for mark in '“”„"«»')
    if bare[:1] in '“„"«' and marks <= 2:
        bare = bare[1:]
    if bare[-1:] in '”“"»' and marks <= 2:
        bare = bare[:-1]
    return bare.strip()
