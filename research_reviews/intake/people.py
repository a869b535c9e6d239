"""Who made the study: a list of people with their handles. Names in a sentence are found in named_people.py."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from research_reviews.intake import social
from research_reviews.intake.draft import CreditDraft
from research_reviews.intake.inline import links
from research_reviews.intake.node_text import inline_of, text_in
from research_reviews.intake.nodes import ListNode, Node, Paragraph, walk
from research_reviews.intake.words import Ledger, texts_of_credit, words

TITLE = (
    r"(?:(?:Dr|Prof|Professor|Professors|Sir|Dame|Rev|Revd|Mr|Mrs|Ms|Mx|Lord|Lady|Baroness|Dra|Mag|Dipl-Ing|PD|"
    r"Univ-Prof)\.?\s+)*"
)
PART = (
    r"(?:[^\W\d_a-zà-öø-ÿ][\w’'`-]*\.?|(?:van|von|de|der|den|del|della|di|da|dos|du|la|le|al|el|bin|ibn|ap|ten|ter|"
    r"zu)(?=\s)|[a-z]{1,3}[’'-][^\W\d_a-z][\w-]*)"
)
NAME = rf"{TITLE}{PART}(?:\s+{PART}){{1,5}}"
IS_NAME = re.compile(NAME)
NAME_AT_START = re.compile(
    rf"\s*(?P<name>{NAME})(?=\s*(?:$|[,;:(\[–—|/{social.GAP}@]|\s-\s|\sis\s|\swas\s|\sat\s|\sfrom\s|\sof\s))"
)
NAME_AT_END = re.compile(rf"(?P<before>.*?[a-z,:;]\s+)(?P<name>{NAME})\s*$", re.DOTALL)
ROLE_BEFORE = re.compile(
    r"(?:(?:Academics?|Researchers?|Authors?|Lead author|Lead researcher|Psychologist|Criminologist|Governor|"
    r"Former prisoner|Peer supporter)\s+)(?=[^\W\d_a-z])"
)
ORGANISATION = re.compile(
    r"\b(?:universit\w+|institut\w*|cent(?:re|er)|trust|foundation|stiftung|council|charity|network|ltd|group|"
    r"inspectorate|ministry|department|"
    r"college|school|society|association|alliance|commission|agency|service|hochschule|voice|project|partnership|"
    r"prisons?|nhs)\b",
    re.IGNORECASE,
)
NAMES_PEOPLE = re.compile(
    r"\b(?:research team|researchers?|authors?|team|academics?|people|contributors?|colleagues|co-?authors?|"
    r"experts?|written by|conducted by|carried out by|"
    r"led by|undertaken by|done by|work of|interviewees?|involved|members|thanks to|follow|autor\w*|forsch\w*|"
    r"équipe|chercheu\w+|investigador\w*|equipo|"
    r"onderzoekers?|auteurs?|awduron|ymchwilwyr|wissenschaftler\w*)\b",
    re.IGNORECASE,
)
CONTRIBUTIONS = [
    (
        "review_author",
        re.compile(
            r"\b(?:guest (?:post|blog)|this (?:post|review|blog)|reviewers?|reviewed by|review authors?)\b",
            re.IGNORECASE,
        ),
    ),
    ("interviewee", re.compile(r"\b(?:interviewees?|interviewed|spoke to|talked to)\b", re.IGNORECASE)),
    ("contributor", re.compile(r"\b(?:contributors?|thanks to|with help from|advisory|supported by)\b", re.IGNORECASE)),
]
# Words that only say where a handle belongs, or join two names.
LABEL_WORDS = (
    "and on at bsky see follow und et y en twitter x tweets mastodon bluesky linkedin orcid id https http www com org "
    "app profile in social website email"
)
LABELS = frozenset(LABEL_WORDS.split())
EDGES = " \t,;:–—-|/()[]•·" + social.GAP
NETWORK_ALONE = re.compile(
    r"(?<=\s)[(\[]?(?:Twitter|Bluesky|Mastodon|LinkedIn|ORCID|Website)[)\]]?(?=\s*(?:[,;|/–—-]|$))"
)
LONGEST_ITEM = 60
MOST = 80


def contribution_of(introduction: str) -> str:
    """Return what the people of a list did, by the line that introduces it: the study, unless it says otherwise."""
    return next((name for name, sign in CONTRIBUTIONS if sign.search(introduction)), "study_author")


def lines_joined(nodes: list[Node]) -> list[Node]:
    """Return what stands under a heading for people with lines that each name one made into a list."""
    listed = ListNode([[node] for node in nodes])
    if len(nodes) > 1 and all(isinstance(node, Paragraph) for node in nodes):
        return [listed] if is_list_of_people(listed, "researchers", True) else nodes
    return nodes


def is_list_of_people(node: ListNode, introduction: str, is_announced: bool) -> bool:
    """Whether a list names people: most with a handle, or all by name where the line before says so."""
    if len(node.items) > MOST:
        return False
    is_named = is_announced and NAMES_PEOPLE.search(introduction) is not None
    texts = [" ".join(text_in(item).split()) for item in node.items]
    if not is_named and not any(
        social.ANY.search(text) or addresses_in(item) for text, item in zip(texts, node.items, strict=True)
    ):
        return False
    if not texts or any(len(text.split()) > LONGEST_ITEM for text in texts):
        return False
    found = [social.find(text, addresses_in(item)) for text, item in zip(texts, node.items, strict=True)]
    named = [bool(name_of(one)) for one in found]
    reachable = sum(1 for one, name in zip(found, named, strict=True) if name and (one.handles or one.orcid))
    if reachable * 2 >= len(texts):
        return True
    return is_named and len(texts) > 1 and all(named)


def credits_in(node: ListNode, contribution: str, ledger: Ledger) -> tuple[list[CreditDraft], list[Node]]:
    """Return the people of a list in their order, and the items that name nobody."""
    made: list[CreditDraft] = []
    left: list[Node] = []
    for item in node.items:
        text = " ".join(text_in(item).split())
        credit = credit_of(text, addresses_in(item), contribution)
        if credit:
            made.append(accounted(text, credit, ledger))
        else:
            left.extend(item)
    return made, left


def addresses_in(item: list[Node]) -> list[str]:
    """Return where the links of an item lead."""
    return [address for node in walk(item) for html in inline_of(node) for _text, address in links(html)]


def credit_of(text: str, addresses: list[str], contribution: str) -> CreditDraft | None:
    """Return the person or organisation of a line; None where it names nobody."""
    presence = social.find(text, addresses)
    if addresses:
        # The words of a link to a profile say nothing but which network it is of.
        presence.rest = NETWORK_ALONE.sub(social.GAP, presence.rest)
        presence.first = presence.rest.find(social.GAP)
    name = name_of(presence)
    if not name:
        return None
    before, _name, after = presence.rest.partition(name)
    parts = [part.strip(EDGES) for part in re.split(rf"[{social.GAP}]", f"{before}{social.GAP}{after}")]
    descriptor = tidy(", ".join(part for part in [*parts, *presence.emails] if part))
    is_organisation = not name.startswith(("Dr", "Prof")) and ORGANISATION.search(name) is not None
    return CreditDraft(
        name, descriptor, contribution, presence.handles, presence.orcid, presence.website, is_organisation
    )


def name_of(presence: social.Presence) -> str:
    """Return the name in what is left of a line; empty where there is none."""
    rest = presence.rest
    before = rest[: presence.first] if presence.first >= 0 else rest
    for part in (before, rest[presence.first + 1 :] if presence.first >= 0 else ""):
        bare = part.strip(EDGES)
        if role := ROLE_BEFORE.match(bare):
            bare = bare[role.end() :]
        bare = re.split(r"\s*(?:[,;:(\[–—|@]|\s-\s)", bare)[0].strip(EDGES)
        if IS_NAME.fullmatch(bare):
            return bare
        if (end := NAME_AT_END.match(bare)) and presence.first >= 0:
            return end["name"]
        if start := NAME_AT_START.match(part):
            return start["name"]
        if presence.first >= 0 and bare and len(bare.split()) <= 4 and bare[:1].isupper():
            return bare
    return ""


def tidy(descriptor: str) -> str:
    """Return a descriptor without the words and brackets that only joined it to a handle."""
    kept = re.sub(r"\(\s*\)|\[\s*\]", " ", descriptor)
    kept = re.sub(
        r"(?:^|\s)(?:on )?(?:twitter|x|mastodon|bluesky|linkedin|orcid(?: id)?)\s*:?\s*(?=,|$)",
        " ",
        kept,
        flags=re.IGNORECASE,
    )
    kept = re.sub(r"\s+([,;)])", r"\1", re.sub(r"(?:\s*,)+", ",", " ".join(kept.split())))
    kept = kept.strip(" ,;:–—-|/•·")
    if kept.count("(") < kept.count(")"):
        kept = kept.replace(")", "", 1)
    elif kept.count("(") > kept.count(")"):
        kept = kept.replace("(", "", 1)
    kept = re.sub(r"^(?:is|was)\s+(?=an?\b|the\b)", "", kept)
    return " ".join(kept.split()).strip(" ,;")


def accounted(text: str, credit: CreditDraft, ledger: Ledger) -> CreditDraft:
    """Return a credit that holds all words of its line: what only labels a handle is a mark, other words stay in it."""
    said = Counter(words(text))
    held = Counter(word for piece in texts_of_credit(credit) for word in words(piece))
    missing = said - held
    marks = Counter({word: times for word, times in missing.items() if word in LABELS})
    lost = list((missing - marks).elements())
    if lost:
        credit = replace(credit, descriptor=" ".join([credit.descriptor, *lost]).strip())
    ledger.marks.update(marks)
    ledger.copies.update(held - said)
    return credit
