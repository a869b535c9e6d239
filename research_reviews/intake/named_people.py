"""People whom a sentence names: with their handles, beside others who have some, or as a study's authors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from research_reviews.intake import social
from research_reviews.intake.draft import CreditDraft
from research_reviews.intake.inline import links, plain
from research_reviews.intake.people import IS_NAME, NAME, NAMES_PEOPLE, ORGANISATION
from research_reviews.intake.words import Ledger, texts_of_credit

AND = r"(?:and|with|&|und|et|y|en|ac?)"
ENTRY = re.compile(
    rf"(?P<name>{NAME})(?P<handle>\s*[,–—-]?\s*[(\[]?\s*@\s?[A-Za-z0-9_.@-]*[A-Za-z0-9_](?:[)\]])?)?"
    r"(?:,?\s*\((?P<aside>[^()@]{3,90})\))?"
)
BETWEEN = re.compile(rf"(?:\s*[–—-])?,?\s+{AND}\s+|,\s+", re.IGNORECASE)
BY = re.compile(rf"\b(?:by|from|von|par|por|door|gan)\s+(?P<names>{NAME}(?:(?:,\s+|,?\s+{AND}\s+){NAME})*)")
JOIN = re.compile(rf",\s+(?:and\s+)?|\s+{AND}\s+")
# A sentence may begin with a capital right before a person's title, and end before it with a small word.
TITLE_WITHIN = re.compile(r"\s(?=(?:Dr|Prof|Professor|Sir|Dame|Mr|Mrs|Ms|Dra)\.?\s)")
SMALL_WORD = re.compile(r"^(?:von|de|par|por|door|di|da|al|le|la)\s+(?=\S+\s+\S)")
SAYS_STUDY = re.compile(
    r"\b(?:stud(?:y|ies|ie)|research\w*|report|paper|article|book|inquiry|evaluation|review)\b", re.IGNORECASE
)


@dataclass
class Entry:
    """Somebody named in a text: where, and with which handles and what in brackets."""

    name: str
    start: int
    end: int
    handles: dict[str, str]
    aside: str


def named_in(html: str, contribution: str, ledger: Ledger) -> list[CreditDraft]:
    """Return whom a paragraph names with a handle, and those in one row with them.

    They stay in the paragraph: the credits are copies.
    """
    text = plain(html)
    entries = list(entries_of(text, profiles(html, text)))
    counted = [bool(entry.handles) for entry in entries]
    # The row goes on in both directions from whoever has a handle.
    for order in (range(1, len(entries)), range(len(entries) - 2, -1, -1)):
        step = 1 if order.step < 0 else -1
        for place in order:
            neighbour = place + step
            first, second = sorted((place, neighbour))
            joins = BETWEEN.fullmatch(text[entries[first].end : entries[second].start]) is not None
            counted[place] |= counted[neighbour] and joins and not is_organisation(entries[place].name)
    found = [
        CreditDraft(entry.name, entry.aside, contribution, entry.handles)
        for entry, counts in zip(entries, counted, strict=True)
        if counts
    ]
    copy(found, ledger)
    return found


def entries_of(text: str, profiles_by_name: dict[str, dict[str, str]]) -> Iterator[Entry]:
    """Yield the names of a text, in their order, each with what follows it."""
    for match in ENTRY.finditer(text):
        name = TITLE_WITHIN.split(match["name"])[-1]
        start = match.end("name") - len(name)
        bare = SMALL_WORD.sub("", name)
        start, name = start + len(name) - len(bare), without_stop(bare)
        handles = dict(social.find(match["handle"], []).handles) if match["handle"] else {}
        handles = {**profiles_by_name.get(name, {}), **handles}
        yield Entry(name, start, match.end(), handles, (match["aside"] or "").strip())


def without_stop(name: str) -> str:
    """Return a name without the full stop of the sentence that it ends; the one after an initial belongs to it."""
    return name[:-1] if name.endswith(".") and len(name.rsplit(maxsplit=1)[-1]) > 3 else name


def profiles(html: str, text: str) -> dict[str, dict[str, str]]:
    """Return the handles to which the names in a paragraph link, where it speaks of a study or of who made it."""
    if not (SAYS_STUDY.search(text) or NAMES_PEOPLE.search(text)):
        return {}
    found: dict[str, dict[str, str]] = {}
    for words, address in links(html):
        name = words.partition("(")[0].partition("@")[0].strip(" ,")
        if IS_NAME.fullmatch(name) and (handles := social.find("", [address]).handles):
            found[name] = handles
    return found


def authors_in(sentence: str, ledger: Ledger) -> list[CreditDraft]:
    """Return whom the sentence about the study names as its authors. They stay in the sentence: these are copies."""
    match = BY.search(sentence)
    names = [without_stop(name.strip(" ,")) for name in JOIN.split(match["names"])] if match else []
    found = [CreditDraft(name, is_organisation=is_organisation(name)) for name in names if IS_NAME.fullmatch(name)]
    copy(found, ledger)
    return found


def is_organisation(name: str) -> bool:
    """Whether a name is rather an organisation's."""
    return ORGANISATION.search(name) is not None or any(len(word) > 2 and word.isupper() for word in name.split())


def copy(credits_made: list[CreditDraft], ledger: Ledger) -> None:
    """Note credits as copies of words that stay where they stand."""
    for credit in credits_made:
        ledger.copy(*texts_of_credit(credit))
