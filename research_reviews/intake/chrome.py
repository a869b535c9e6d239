"""What a site sets around a post, found by its words: at the top and bottom edges, and by strong signs elsewhere.

Pages saved as HTML have most of it taken out by their mark-up before (page_chrome.py).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from research_reviews.intake.chrome_signs import OPENERS, is_weak, sign_of
from research_reviews.intake.draft import ChromeDraft, ChromeKind
from research_reviews.intake.headings import HeadingTable
from research_reviews.intake.image_credit import is_image_credit
from research_reviews.intake.inline import links, plain
from research_reviews.intake.node_text import links_in, text_in
from research_reviews.intake.nodes import Code, Heading, ListNode, Node, Paragraph, Quotation, walk

LONG = 25
SIGNS_OF_A_PAGE = 3
MOST_BETWEEN = 4
MOST_AFTER = {"sponsor": 4, "share": 2}
LONGEST_BETWEEN = 500
SPONSOR_NAME = re.compile(r"\bby:? (?:the )?([^.,;:(|]{3,60})")
# What is looked for in texts that are no pages, too.
MAY_STAND_ALONE = re.compile(
    r"[Ss]ponsor|SPONSOR|[Ss]upported|[Ff]unded|[Bb]rought to|[Ss]hare|SHARE|[Tt]weet|[Ff]acebook|[Tt]witter"
    r"|[Ll]inked|[Aa]dvert"
)


@dataclass
class Cleared:
    """A document without what stood around its text."""

    nodes: list[Node]
    chrome: list[ChromeDraft] = field(default_factory=list)


def looks_like_page(nodes: list[Node]) -> bool:
    """Whether plain text was copied with what stands around it: several kinds of lines that only sites write."""
    kinds: set[ChromeKind] = set()
    strong = 0
    for line in short_lines(nodes):
        kind = sign_of(line)
        if kind and not is_weak(line):
            kinds.add(kind)
            strong += 1
    return len(kinds) >= 2 and strong >= SIGNS_OF_A_PAGE


def short_lines(nodes: list[Node]) -> Iterator[str]:
    """Yield the text of short paragraphs and headings, also of those in lists."""
    for node in walk(nodes):
        if isinstance(node, Paragraph | Heading) and len(node.html) < 500:
            yield plain(node.html)


def clear(nodes: list[Node], table: HeadingTable, is_page: bool) -> Cleared:
    """Return a document's nodes without the site's own lines. Of what is no page, only what no author writes goes."""
    kinds = [kind_of(node) if is_page or MAY_STAND_ALONE.search(text_of(node)) else None for node in nodes]
    note_sponsors(nodes, kinds)
    if is_page:
        end = tail_start(nodes, kinds, table)
        begin = text_start(nodes, kinds, end)
    else:
        end, begin = len(nodes), 0
    cleared = Cleared([])
    for place, node in enumerate(nodes):
        kind = kinds[place]
        if place >= end and is_credit(node):
            cleared.nodes.append(node)
        elif place >= end or place < begin:
            # The date of a comment or of a related post belongs to it.
            kind = None if kind == "other" and place > end else kind
            leave_out(cleared.chrome, node, kind or running(kinds, place, end, begin), joins=place > 0 and kind is None)
        elif kind and is_strong(node, kind, is_page and near_edge(place, nodes, kinds, end)):
            leave_out(cleared.chrome, node, kind, joins=False)
        else:
            cleared.nodes.append(node)
    return cleared


def is_credit(node: Node) -> bool:
    """Whether a node names who made the header image: it often stands among the site's own lines."""
    return isinstance(node, Paragraph) and is_image_credit(plain(node.html))


def kind_of(node: Node) -> ChromeKind | None:
    """Return what a node is for where it is the site's; a list is where most of its lines are."""
    if isinstance(node, Paragraph | Heading):
        return sign_of(plain(node.html)) if len(node.html) < 1200 else None
    if isinstance(node, ListNode) and len(node.items) <= 60:
        signs = [sign_of(" ".join(text_in(item).split())) for item in node.items]
        found = [kind for kind in signs if kind]
        return Counter(found).most_common(1)[0][0] if len(found) * 2 > len(signs) else None
    return None


def running(kinds: list[ChromeKind | None], place: int, end: int, begin: int) -> ChromeKind:
    """Return what a line without a sign belongs to: below the text to the part above it, above the text to the menu."""
    if place < begin:
        return "menu"
    return next((kind for kind in reversed(kinds[end:place]) if kind and kind != "other"), "other")


def tail_start(nodes: list[Node], kinds: list[ChromeKind | None], table: HeadingTable) -> int:
    """Return where what stands below the text begins: what opens such a part, with nothing of the author's after it."""
    last_role = max((place for place, node in enumerate(nodes) if has_role(node, table)), default=-1)
    first_long = next((place for place, node in enumerate(nodes) if is_long(node) and not kinds[place]), 0)
    for place in range(max(last_role, first_long) + 1, len(nodes)):
        kind = kinds[place]
        if not kind or kind not in OPENERS:
            continue
        others = sum(1 for other in range(place + 1, len(nodes)) if is_strong_sign(nodes[other], kinds[other]))
        if others >= (2 if is_weak(text_of(nodes[place])) else 0):
            return with_lines_before(place, nodes, kinds, max(last_role, first_long) + 1)
    return with_lines_before(len(nodes), nodes, kinds, max(last_role, first_long) + 1)


def with_lines_before(place: int, nodes: list[Node], kinds: list[ChromeKind | None], lowest: int) -> int:
    """Return the place of the first of the site's lines that directly precede a place, with what lies between them.

    A line or two between what asks to share or names a sponsor and the next of the site's lines is the site's, too:
    what the sponsor says of itself, or who the author is.
    """
    while place > 0:
        if kinds[place - 1]:
            place -= 1
            continue
        before = next((at for at in range(place - 2, max(place - 2 - MOST_BETWEEN, lowest - 1), -1) if kinds[at]), None)
        if before is None or place == len(nodes) or place - before - 1 > MOST_AFTER.get(kinds[before] or "other", 0):
            break
        between = nodes[before + 1 : place]
        if not all(isinstance(node, Paragraph) and len(node.html) <= LONGEST_BETWEEN for node in between):
            break
        place = before
    return place


def note_sponsors(nodes: list[Node], kinds: list[ChromeKind | None]) -> None:
    """Note as the sponsor's the lines below one that thanks it, below the text, where they name it."""
    first_long = next((place for place, node in enumerate(nodes) if is_long(node) and not kinds[place]), len(nodes))
    name = ""
    for place, node in enumerate(nodes):
        if kinds[place] == "sponsor" and (named := SPONSOR_NAME.search(text_of(node))):
            name = named[1].casefold() if place > first_long else ""
        elif kinds[place] or not name:
            continue
        elif isinstance(node, Paragraph) and len(node.html) <= LONGEST_BETWEEN and name in text_of(node).casefold():
            kinds[place] = "sponsor"
        else:
            name = ""


def text_start(nodes: list[Node], kinds: list[ChromeKind | None], end: int) -> int:
    """Return where what stands above the text ends: after the last line of a menu or a search box above the title."""
    last = 0
    for place in range(end):
        node = nodes[place]
        if (is_long(node) and not kinds[place]) or (isinstance(node, Heading) and node.level == 1):
            break
        if kinds[place] in {"menu", "search", "cookies", "subscribe"}:
            last = place + 1
    return last


def near_edge(place: int, nodes: list[Node], kinds: list[ChromeKind | None], end: int) -> bool:
    """Whether a place is above the first long paragraph, or nothing but the site's lines part it from the end."""
    if all(kinds[other] for other in range(place, end)):
        return True
    return not any(is_long(node) and not kind for node, kind in zip(nodes[:place], kinds[:place], strict=True))


def is_strong(node: Node, kind: ChromeKind, at_edge: bool) -> bool:
    """Whether a line may go: at the edge any that has a sign, elsewhere only one that no author writes."""
    if isinstance(node, ListNode):
        return at_edge
    return at_edge or (kind in {"sponsor", "share"} and is_strong_sign(node, kind))


def is_strong_sign(node: Node, kind: ChromeKind | None) -> bool:
    """Whether a node has a sign that no author's line has."""
    return kind is not None and not is_weak(text_of(node))


def has_role(node: Node, table: HeadingTable) -> bool:
    """Whether a node is a heading of the table: below it stands the author's text."""
    if not isinstance(node, Heading | Paragraph) or len(node.html) > 120:
        return False
    return table.role_of(plain(node.html)) is not None


def is_long(node: Node) -> bool:
    """Whether a node is text and no line of a page's frame."""
    if isinstance(node, Paragraph):
        return len(node.html) > 120 and len(plain(node.html).split()) >= LONG
    return isinstance(node, Quotation | Code)


def text_of(node: Node) -> str:
    """Return the text of a paragraph or heading; empty for others."""
    return plain(node.html) if isinstance(node, Paragraph | Heading) else ""


def leave_out(chrome: list[ChromeDraft], node: Node, kind: ChromeKind, joins: bool) -> None:
    """Note a node as left out; one that goes on with the part before is joined to it."""
    text = text_in([node])
    found = links(node.html) if isinstance(node, Paragraph | Heading) else links_in([node])
    if chrome and (chrome[-1].kind == kind) and (joins or kind not in {"sponsor", "other"}):
        last = chrome.pop()
        chrome.append(ChromeDraft(kind, f"{last.text}\n{text}", [*last.links, *found]))
    elif text.strip():
        chrome.append(ChromeDraft(kind, text, found))
