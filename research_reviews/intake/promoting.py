"""Short or bold lines before a text become headings."""

from __future__ import annotations

import re
from dataclasses import dataclass

from research_reviews.intake.chrome_signs import is_weak, sign_of
from research_reviews.intake.headings import HeadingTable
from research_reviews.intake.image_credit import is_image_credit
from research_reviews.intake.inline import BREAK, TAG, is_wholly_bold, plain
from research_reviews.intake.nodes import Heading, ListNode, Node, Paragraph, Quotation
from research_reviews.intake.quotes import is_quoted
from research_reviews.intake.speakers import NAMED_SPEAKER, SPEAKER, is_speaker

OPENING = "\"'“‘„«"
SENTENCE_END = re.compile(r"[.;,:…][\"'”’)\]]*$|[!?][\"”’)\]]+$")
STOPS = re.compile(r"[.!?:…][\"'”’)\]]*$")
FEWEST_SENTENCE_WORDS = 4
LONGEST_HEADING = 110
MOST_HEADING_WORDS = 16
LONGEST_LINE = 220


@dataclass(frozen=True)
class Shaped:
    """Nodes and whether headings among them had to be guessed from short lines."""

    nodes: list[Node]
    has_guessed_headings: bool


def is_long_text(node: Node) -> bool:
    """Whether a node is text that may stand under a heading."""
    if isinstance(node, Paragraph):
        text = plain(node.html)
        return (
            len(text) > LONGEST_LINE
            or (len(text) > 60 and SENTENCE_END.search(text) is not None)
            or text[:1] in OPENING
        )
    return isinstance(node, Quotation | ListNode)


def promoted(nodes: list[Node], table: HeadingTable) -> Shaped:
    """Return nodes with short or bold lines before a text made into headings, and whether there were any."""
    has_headings = sum(1 for node in nodes if isinstance(node, Heading) and node.level > 1) > 0
    made: list[Node] = []
    guessed = False
    for place, node in enumerate(nodes):
        after = nodes[place + 1] if place + 1 < len(nodes) else None
        if isinstance(node, Paragraph) and is_heading(node, after, made[-1] if made else None, table, has_headings):
            guessed = True
            level = 3 if has_headings and table.role_of(plain(node.html)) is None else 2
            made.append(Heading(level, TAG.sub("", BREAK.sub(" ", node.html))))
        else:
            made.append(node)
    return Shaped(made, guessed)


def is_heading(
    node: Paragraph, after: Node | None, before: Node | None, table: HeadingTable, has_headings: bool
) -> bool:
    """Whether a paragraph is a heading: bold, or where the source marks none, short and before a longer text."""
    text = plain(node.html)
    if after is None or len(text) > LONGEST_HEADING or len(text.split()) > MOST_HEADING_WORDS or "<a " in node.html:
        return False
    if table.role_of(text) is not None:
        return not has_headings or is_wholly_bold(node.html)
    if is_wholly_bold(node.html):
        return not text.endswith((".", ",", ";")) and not isinstance(after, Heading)
    if has_headings or not looks_like_heading(text) or is_attribution(text, before):
        return False
    return is_long_text(after) or (is_sentence(after) and ends_text(before, table))


def is_sentence(node: Node) -> bool:
    """Whether a node is a sentence, however short: under a heading that stands between texts that is enough."""
    text = plain(node.html) if isinstance(node, Paragraph) else ""
    return len(text.split()) >= FEWEST_SENTENCE_WORDS and text[:1].isupper() and STOPS.search(text) is not None


def ends_text(node: Node | None, table: HeadingTable) -> bool:
    """Whether a text ends with a node, or a heading of the table stands there, so that the next heading may follow."""
    if isinstance(node, Heading):
        return table.role_of(plain(node.html)) is not None
    return isinstance(node, Quotation | ListNode) or is_sentence_end(node)


def is_sentence_end(node: Node | None) -> bool:
    """Whether a node is a paragraph that ends as sentences do, or says who spoke before it."""
    text = plain(node.html) if isinstance(node, Paragraph) else ""
    return len(text) > 3 and (STOPS.search(text) is not None or is_speaker(text) or is_quoted(text))


def looks_like_heading(text: str) -> bool:
    """Whether a short line is written as headings are."""
    if not (text[:1].isupper() or text[:1].isdigit() or not text[:1].isascii()) or text[:1] in OPENING + "(–—":
        return False
    if SENTENCE_END.search(text) or "@" in text:
        return False
    # A word such as privacy may head a section of the author's.
    return (sign_of(text) is None or is_weak(text)) and not is_image_credit(text)


def is_attribution(text: str, before: Node | None) -> bool:
    """Whether a short line says who spoke the words before it."""
    is_after_quote = isinstance(before, Quotation) or (isinstance(before, Paragraph) and is_quoted(plain(before.html)))
    return is_after_quote and (SPEAKER.match(text) is not None or NAMED_SPEAKER.fullmatch(text) is not None)
