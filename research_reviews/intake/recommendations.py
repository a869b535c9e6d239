"""What is recommended: by whom, and who could act on it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from research_reviews.intake.inline import plain
from research_reviews.intake.lists import short_html
from research_reviews.intake.node_text import text_in
from research_reviews.intake.nodes import ListNode, Node, Paragraph
from research_reviews.intake.parts import parts_of
from research_reviews.intake.sections import Body, Section
from research_reviews.intake.words import Ledger

STUDY_AUTHORS, REVIEWER, OTHER = "study_authors", "reviewer", "other"
OTHER_BODY = re.compile(
    r"(?P<body>(?:[A-Z][\w’'-]*\s+(?:(?:of|for|and|the|on)\s+){0,2}){0,6}"
    r"(?:Inspectorate|Ministry|Committee|Commission|Commissioner|Ombudsman|Council|Inspectors?|Board|Association|Trust|"
    r"Foundation|Agency|Department|Institute)"
    r"(?:\s+(?:of|for)(?:\s+the)?(?:\s+[A-Z][\w’'-]*(?:\s+and(?=\s+[A-Z]))?){1,5})?)"
    r"\s+(?:(?:has|have|also|now|therefore)\s+){0,3}(?:recommend|call|suggest|propos|urge|ask|make)\w*"
)
BY_BODY = re.compile(
    r"(?:recommendations|made|issued) (?:by|of|from) (?P<body>(?:the )?(?:[A-Z][\w’'-]+(?:\s+(?:of|for|and|"
    r"the)(?=\s))?\s*){2,8})"
)
BY_REVIEWER = re.compile(
    (
        r"\b(?:I|we) (?:would |also |therefore |strongly )*(?:recommend|suggest|propose|call|urge)\w*|\b(?:my|our|"
        r"reviewer['’]s) (?:own )?(?:recommendations|suggestions)|\bunsere empfehlungen\b|\bwir empfehlen\b|\bnos "
        r"recommandations\b|\bnuestras recomendaciones\b|\bonze aanbevelingen\b"
    ),
    re.IGNORECASE,
)
BY_AUTHORS = re.compile(
    (
        r"\b(?:authors?|researchers?|research team|academics|study|report|paper|article|they|autor\w*|forsch\w*|studie|"
        r"auteurs?|chercheu\w+|étude|estudio|investigador\w*|onderzoekers?|onderzoek|awduron|ymchwilwyr)\b"
    ),
    re.IGNORECASE,
)
# Words beside an audience's own by which people speak of it, by the beginning of one of its words.
ALSO = {
    "staff": r"\bstaff\b|\bofficers?\b|\bemployees\b",
    "governor": r"\bgovernors?\b|\bprison (?:leaders|managers)\b|\bdirectors\b",
    "commission": r"\bcommission(?:ers?|ing)\b|\bfunders?\b",
    "policy": r"\bpolicy\b|\bpolicymakers?\b|\bgovernments?\b|\bministers?\b|\bministry\b|\blegislat\w+",
    "research": r"\b(?:further|future|more) research\b|\bresearchers?\b",
    "teacher": r"\bteachers?\b|\bschools?\b|\bheadteachers?\b",
    "probation": r"\bprobation\b",
    "health": r"\bhealth ?care\b|\bnurses?\b|\bdoctors?\b|\bclinicians?\b|\bnhs\b",
    "practition": r"\bpractitioners?\b|\bfrontline\b",
    "charit": r"\bcharit\w+|\bvoluntary (?:sector|organisations?)\b|\bthird sector\b",
    "trainer": r"\btrainers?\b|\btraining providers?\b",
    "famil": r"\bfamil(?:y|ies)\b",
    "manager": r"\bmanagers?\b|\bleaders?\b",
}
WEAK = "and of the for in people with other staff who"
WEAK_WORDS = frozenset(WEAK.split())


@dataclass
class Group:
    """Recommendations under one heading: what introduces them, the items, and what else stood there."""

    heading: str
    introduction: list[Node] = field(default_factory=list)
    items: list[list[Node]] = field(default_factory=list)
    rest: list[Node] = field(default_factory=list)
    is_guessed: bool = False


def write(sections: list[Section], audiences: Sequence[str], body: Body, ledger: Ledger) -> None:
    """Write a section of recommendations, and those below it, into the body: a block for each list."""
    said = ". ".join((sections[0].title, *(text_in(section.nodes[:1]) for section in sections[:1])))
    made_by = who(said)
    for section in sections:
        for group in groups_of(section):
            write_group(group, made_by, said, audiences=audiences, body=body, ledger=ledger)


def groups_of(section: Section) -> list[Group]:
    """Return a section's lists with what introduces each; where it holds none, its paragraphs are the items."""
    groups = [Group(section.title)]
    for node in section.nodes:
        group = groups[-1]
        if isinstance(node, ListNode):
            if group.items and (group.rest or group.introduction):
                groups.append(begun(group))
            groups[-1].items.extend(node.items)
        elif group.items:
            group.rest.append(node)
        elif isinstance(node, Paragraph):
            group.introduction.append(node)
        else:
            group.rest.append(node)
    if not groups[-1].items and len(groups) == 1:
        paragraphs_as_items(groups[0])
    return groups


def begun(group: Group) -> Group:
    """Return a new group; the last paragraph before its list introduces it, rather than following the one before."""
    introduction = [group.rest.pop()] if group.rest and isinstance(group.rest[-1], Paragraph) else []
    return Group("", introduction)


def paragraphs_as_items(group: Group) -> None:
    """Make items of the paragraphs of a group without a list; the first introduces them where it ends with a colon."""
    paragraphs = group.introduction
    has_introduction = (
        len(paragraphs) > 1
        and isinstance(paragraphs[0], Paragraph)
        and (
            plain(paragraphs[0].html).endswith(":")
            or (
                len(paragraphs) > 2
                and re.search(
                    r"\brecommend\w* (?:that )?(?:\w+ )?(?:changes|steps|things|actions)|recommendations\b",
                    plain(paragraphs[0].html),
                )
                is not None
            )
        )
    )
    group.introduction = paragraphs[:1] if has_introduction else []
    group.items = [[node] for node in paragraphs[1 if has_introduction else 0 :]]
    group.is_guessed = bool(group.items)


def write_group(
    group: Group, made_by: tuple[str, str, bool], said: str, *, audiences: Sequence[str], body: Body, ledger: Ledger
) -> None:
    """Write one list of recommendations, then what stood with it."""
    by, other_body, is_unsure = made_by
    if not group.items:
        body.add_section("section", group.heading, parts_of([*group.introduction, *group.rest]))
        return
    path = body.path
    introduction, _none = short_html(group.introduction)
    own = who(plain(introduction)) if introduction else made_by
    if own[0] and not own[2]:
        by, other_body, is_unsure = own
    context = f"{group.heading} {plain(introduction)}" if group.heading and group.heading not in said else ""
    items: list[dict[str, Any]] = []
    rest: list[Node] = []
    for item in group.items:
        html, others = short_html(item)
        rest.extend(others)
        items.append({"text": html, "audiences": audiences_of(f"{plain(html)} {context}", audiences)})
    if other_body:
        ledger.copy(other_body)
    why = (
        _("Nothing says who recommends this: the study's authors, most likely.")
        if is_unsure
        else _("Who recommends this was read from the words around it.")
    )
    body.guess(f"{path}.made_by", why, is_unsure)
    for number, made in enumerate(items):
        if made["audiences"]:
            body.guess(f"{path}.items.{number}.audiences", _("Guessed from the words of the recommendation."))
    value = {
        "heading": group.heading,
        "made_by": by,
        "other_body": other_body,
        "introduction": introduction,
        "items": items,
    }
    body.add(
        "recommendations", value, _("Each paragraph was taken for a recommendation.") if group.is_guessed else "", True
    )
    body.add_parts(parts_of([*group.rest, *rest]))


def who(said: str) -> tuple[str, str, bool]:
    """Return who recommends by what is said before: the value of `made_by`, another body's name, and whether unsure."""
    said = said[:1000]
    if BY_REVIEWER.search(said):
        return REVIEWER, "", False
    other = BY_BODY.search(said) or OTHER_BODY.search(said)
    if other and not BY_AUTHORS.search(said[: other.start()] + other["body"]):
        return OTHER, re.sub(r"^[Tt]he ", "", other["body"].strip()), " " not in other["body"].strip()
    return STUDY_AUTHORS, "", BY_AUTHORS.search(said) is None


def audiences_of(text: str, audiences: Sequence[str]) -> list[str]:
    """Return those of some audiences whom a recommendation speaks of."""
    return [name for name in audiences if any(sign.search(text) for sign in signs_of(name))]


@lru_cache(maxsize=512)
def signs_of(audience: str) -> tuple[re.Pattern[str], ...]:
    """Return what speaks of an audience: its name, in the singular too, and other words for it."""
    words = re.findall(r"[^\W\d_]+", audience.casefold())
    singular = [re.escape(re.sub(r"(?:ies|s)$", "", word)) + r"\w{0,3}" for word in words]
    together = r"[\s-]+".join(singular)
    signs = [rf"\b{together}\b"] if words else []
    telling = [word for word in words if word not in WEAK_WORDS]
    signs += [sign for begin, sign in ALSO.items() if any(word.startswith(begin) for word in (telling or words))]
    if "staff" in words and "prison" in words:
        signs.append(
            r"(?<!probation )(?<!police )\b(?:prison |wing )?(?:officers?|staff)\b"
            r"(?! (?:of|in) (?:the )?(?:probation|hospital|school))"
        )
    return tuple(re.compile(sign, re.IGNORECASE) for sign in signs)
