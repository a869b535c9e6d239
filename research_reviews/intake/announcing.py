"""Sentences that announce a list: of issues that a study found, or of recommendations; and lists within a sentence."""

from __future__ import annotations

import re

from research_reviews.intake.inline import plain
from research_reviews.intake.marks import number_of
from research_reviews.intake.nodes import ListNode, Node, Paragraph
from research_reviews.intake.numbers import NUMBER, announced
from research_reviews.intake.words import Ledger

SOUGHT = (
    r"issues|findings|themes|sub-?themes|challenges|problems|barriers|factors|points|insights|areas|results|"
    r"lessons|messages|concerns|aspects|dimensions|"
    r"reasons|topics|priorities|things|themen|punkte|ergebnisse|befunde|probleme|erkenntnisse|herausforderungen|"
    r"thèmes|problèmes|résultats|constats|"
    r"enjeux|temas|problemas|resultados|hallazgos|thema['’]s|knelpunten|resultaten|bevindingen|problemen|mater|"
    r"thema|canfyddiad|pwynt"
)
NUMBER_WORD = NUMBER.pattern.replace("(?P<figure>", "(?:").replace("(?P<word>", "(?:")
ANNOUNCED = re.compile(
    rf"(?:{NUMBER_WORD}|\b(?:key|main|major|central|principal|overarching|following|several|important|distinct|"
    rf"common|core|these|zentralen?|wichtig\w*|folgenden?|"
    rf"wesentlich\w*|principaux|principales|suivants?|siguientes|belangrijkste|volgende|prif|allweddol|"
    rf"o)\b)\s+(?:[\w’'-]+,?\s+){{0,4}}?(?:{SOUGHT})\b",
    re.IGNORECASE,
)
FOUND = re.compile(
    r"\b(?:identif\w*|f[io]u?nds?|finding|highlight\w*|reveal\w*|report\w*|discuss\w*|outlin\w*|show\w*|emerg\w*|"
    r"conclud\w*|describ\w*|list\w*|set out|sets out|"
    r"focus\w*|explor\w*|present\w*|rais\w*|point\w*|name\w*|note\w*|uncover\w*|summari\w*|are|were|nenn\w*|"
    r"identifizier\w*|zeig\w*|fand\w*|benenn\w*|ergab\w*|"
    r"beschreib\w*|hebt|heben|identifi\w*|relèv\w*|montr\w*|señal\w*|encontr\w*|noem\w*|benoem\w*|vond\w*|nodi|"
    r"nod\w*|dod o hyd)\b",
    re.IGNORECASE,
)
RECOMMENDS = re.compile(
    r"\b(?:recommend\w*|suggest\w*|call(?:s|ed|ing)? (?:for|on)|propos\w*|urge\w*|advis\w*|what should|need to "
    r"change|empfehl\w*|forder\w*|schlagen vor|"
    r"recommand\w*|préconis\w*|recomiend\w*|recomend\w*|propon\w*|bevel\w*|aanbev\w*|adviser\w*|argymhell\w*)\b",
    re.IGNORECASE,
)
LAST_SENTENCE = re.compile(r"(?:^|(?<=[.!?])\s+)(?=[^.!?]*[.!?:]?\s*$)")
INLINE_MARK = re.compile(
    r"(?:(?<=^)|(?<=[\s:;,(]))[(\[]?(?P<mark>\d{1,2}|[a-h]|i{1,3}|iv|vi{0,3})(?:[.):\]]\s*|\s+)(?=[^\W\d_]|[“\"‘'])",
    re.IGNORECASE,
)


def last_sentence(text: str) -> str:
    """Return the sentence that ends a text, from its last 400 characters."""
    return re.split(r"(?<=[.!?])\s+(?=[A-ZÄÖÜ“])", text[-400:].strip())[-1]


def announces_issues(html: str, is_expected: bool = False) -> bool:
    """Whether a paragraph ends in announcing what was found; under a heading for findings less has to be said."""
    sentence = last_sentence(plain(html))
    if RECOMMENDS.search(sentence) and not re.search(r"\b(?:issues|findings|themes)\b", sentence):
        return False
    if ANNOUNCED.search(sentence) is None:
        return is_expected and sentence.endswith(":")
    return FOUND.search(sentence) is not None or (is_expected or sentence.endswith(":"))


def announces_recommendations(html: str) -> bool:
    """Whether a paragraph ends in announcing recommendations."""
    sentence = last_sentence(plain(html))
    return sentence.endswith(":") and RECOMMENDS.search(sentence) is not None and "finding" not in sentence.casefold()


def within_sentence(node: Node, ledger: Ledger) -> tuple[Paragraph, ListNode] | None:
    """Return a paragraph that lists issues within itself as an introduction and a list; None where it does not.

    The numbers, and the word that joins the last two items, are marks then.
    """
    if (
        not isinstance(node, Paragraph)
        or ":" not in node.html
        or "<a " in node.html
        or not announces_issues_before_colon(node)
    ):
        return None
    html = node.html
    first = INLINE_MARK.search(html, html.find(":"))
    colon = html.rfind(":", 0, first.start() + 1) if first else html.find(":")
    introduction, rest = html[: colon + 1], html[colon + 1 :]
    if "<" in rest or not rest.strip():
        return None
    items = numbered_items(rest, ledger) or counted_items(introduction, rest, ledger)
    if not items:
        return None
    return Paragraph(introduction.strip()), ListNode([[Paragraph(item)] for item in items], ordered=True)


def announces_issues_before_colon(node: Paragraph) -> bool:
    """Whether what stands before a paragraph's colon announces what was found."""
    before = plain(node.html).partition(":")[0]
    return ANNOUNCED.search(last_sentence(before)) is not None and RECOMMENDS.search(last_sentence(before)) is None


def numbered_items(rest: str, ledger: Ledger) -> list[str]:
    """Return the items of a list whose numbers stand in a sentence; none where they do not count from one."""
    marks = [match for match in INLINE_MARK.finditer(rest) if match.start() >= 0]
    kept: list[re.Match[str]] = []
    for match in marks:
        if number_of(match["mark"]) == len(kept) + 1:
            kept.append(match)
    if len(kept) < 2 or rest[: kept[0].start()].strip(" (["):
        return []
    ends = [match.start() for match in kept[1:]] + [len(rest)]
    items = [
        without_joint(rest[match.end() : end], ledger, at < len(kept) - 1)
        for at, (match, end) in enumerate(zip(kept, ends, strict=True))
    ]
    ledger.mark(*(match["mark"] for match in kept))
    return items


def counted_items(introduction: str, rest: str, ledger: Ledger) -> list[str]:
    """Return items parted by commas or semicolons where they are as many as the introduction says."""
    number = announced(plain(introduction))
    for sign in (";", ","):
        parts = [part.strip() for part in rest.strip().rstrip(".").split(sign)]
        if len(parts) == number - 1 and (joint := re.search(r"\s(?:and|und|et|y|en)\s", parts[-1])):
            last = parts.pop()
            parts += [last[: joint.start()], last[joint.start() :]]
        if number > 1 and len(parts) == number and all(0 < len(part.split()) <= 14 for part in parts):
            return [without_joint(part, ledger, False, lead=at == number - 1) for at, part in enumerate(parts)]
    return []


def without_joint(item: str, ledger: Ledger, trail: bool, lead: bool = False) -> str:
    """Return an item without the signs around it and the word that joins it to the next or the one before."""
    bare = item.strip(" \t\n,;.([")
    if trail and (joint := re.search(r"[\s,;]+(and|und|et|y|en|or)$", bare)):
        ledger.mark(joint[1])
        bare = bare[: joint.start()].strip(" ,;.")
    if lead and (joint := re.match(r"\s*(and|und|et|y|en)\s+", bare)):
        ledger.mark(joint[1])
        bare = bare[joint.end() :]
    return bare
