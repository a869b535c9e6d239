"""Paragraphs that are something else: lines of a list, headings in bold or on a short line, people one below the other.

Writers without the right button, and whoever copies from a page, leave them so.
"""

from __future__ import annotations

import re
from dataclasses import replace

from research_reviews.intake import social
from research_reviews.intake.headings import HeadingTable
from research_reviews.intake.inline import is_wholly_bold, lines, marked_up, plain
from research_reviews.intake.marks import BARE_NUMBER, MARK, number_of
from research_reviews.intake.nodes import Heading, ListNode, Node, Paragraph
from research_reviews.intake.numbers import announced
from research_reviews.intake.people import is_list_of_people
from research_reviews.intake.promoting import LONGEST_LINE, OPENING, Shaped, is_long_text, is_sentence, promoted
from research_reviews.intake.words import Ledger

NEW_TAB = re.compile(
    (
        r"\s*[(\[]?\s*\b(?:opens|opens up|öffnet|s'ouvre|se abre|opent) (?:in|dans|en) (?:a |une?? |einem |einer |een "
        r")?(?:new|neuem|neuen|nouvel|nouvelle|nueva|nieuw) (?:tab|window|fenster|onglet|fenêtre|pestaña|"
        r"venster)\b\s*[)\]]?"
    ),
    re.IGNORECASE,
)
LEADING_TAGS = re.compile(r"^\s*((?:<(?:b|strong|i|em)>)*)\s*")


def shape(nodes: list[Node], table: HeadingTable, ledger: Ledger) -> Shaped:
    """Return nodes with what stood as paragraphs but is a list or a heading made into these."""
    nodes = [part for node in nodes for part in broken(without_new_tab(node, ledger), table)]
    nodes = marked_lists(nodes, ledger)
    nodes = plain_lists(nodes, table)
    return promoted(nodes, table)


def without_new_tab(node: Node, ledger: Ledger) -> Node:
    """Return a node without what a page says to screen readers about its links."""
    if isinstance(node, ListNode):
        return replace(node, items=[[without_new_tab(part, ledger) for part in item] for item in node.items])
    if not isinstance(node, Paragraph | Heading) or not any(
        word in node.html for word in ("pens", "ffnet", "ouvre", "abre", "pent")
    ):
        return node
    for said in NEW_TAB.findall(node.html):
        ledger.mark(said)
    return replace(node, html=NEW_TAB.sub(" ", node.html).strip())


def broken(node: Node, table: HeadingTable) -> list[Node]:
    """Return a paragraph's lines as paragraphs where they are lines of a list, of people, or a heading and its text."""
    if not isinstance(node, Paragraph) or "<br>" not in node.html:
        return [node]
    parts = lines(node.html)
    if any(
        part.count("<b>") != part.count("</b>") or part.count("<") - part.count("</") != part.count("</")
        for part in parts
    ):
        return [node]
    heads = is_wholly_bold(parts[0]) or table.role_of(plain(parts[0])) is not None if parts else False
    marked = sum(1 for part in parts if MARK.match(plain(part)))
    people = sum(1 for part in parts if "@" in part and len(part) < LONGEST_LINE)
    if marked >= 2 or people >= 2 or (heads and len(parts) > 1):
        return [Paragraph(part) for part in parts]
    return [node]


def marked_lists(nodes: list[Node], ledger: Ledger) -> list[Node]:
    """Return nodes with paragraphs that follow each other and begin with marks made into lists."""
    made: list[Node] = []
    place = 0
    while place < len(nodes):
        end = end_of_marked(nodes, place)
        if end - place >= 2:
            made.append(list_of_marked(nodes[place:end], ledger))
        else:
            end = place + 1
            made.append(nodes[place])
        place = end
    return made


def end_of_marked(nodes: list[Node], place: int) -> int:
    """Return where the run of paragraphs with one kind of mark ends; numbers have to count on."""
    end, number = place, 0
    while end < len(nodes):
        node = nodes[end]
        text = plain(node.html)[:12] if isinstance(node, Paragraph) else ""
        mark = MARK.match(text) or BARE_NUMBER.match(text)
        if not mark:
            break
        its = number_of(mark["mark"])
        if (end == place and its > 1) or (end > place and its != number + bool(number)):
            break
        number, end = its, end + 1
    return end


def list_of_marked(run: list[Node], ledger: Ledger) -> ListNode:
    """Return paragraphs that begin with marks as a list without them."""
    items: list[list[Node]] = []
    number = 0
    for node in run:
        assert isinstance(node, Paragraph)  # noqa: S101 - end_of_marked lets no other through
        tags = LEADING_TAGS.match(node.html)
        opening, rest = (tags[1], node.html[tags.end() :]) if tags else ("", node.html)
        mark = MARK.match(rest) or BARE_NUMBER.match(rest)
        number = number or (number_of(mark["mark"]) if mark else 0)
        if mark:
            ledger.mark(mark["mark"])
            rest = rest[mark.end() :]
        items.append([Paragraph(f"{opening}{rest}")])
    return ListNode(items, ordered=number > 0, start=max(number, 1))


def plain_lists(nodes: list[Node], table: HeadingTable) -> list[Node]:
    """Return nodes with short lines after one that announces them made into a list: as many as it says."""
    made: list[Node] = []
    place = 0
    while place < len(nodes):
        node = nodes[place]
        made.append(node)
        place += 1
        if not (isinstance(node, Paragraph) and plain(node.html).endswith(":")):
            continue
        taken = announced_lines(nodes, place, announced(plain(node.html)), table)
        if taken >= 2:
            made.append(ListNode([[Paragraph(inline_at(nodes[at]))] for at in range(place, place + taken)]))
            place += taken
    return people_lists(made)


def people_lists(nodes: list[Node]) -> list[Node]:
    """Return nodes with paragraphs that each name somebody with a handle made into a list."""
    made: list[Node] = []
    run: list[Node] = []
    for node in [*nodes, None]:
        if isinstance(node, Paragraph) and len(node.html) < 2 * LONGEST_LINE and is_person(node):
            run.append(node)
            continue
        made.extend([ListNode([[one] for one in run])] if len(run) > 1 else run)
        run = []
        if node is not None:
            made.append(node)
    return made


def is_person(node: Paragraph) -> bool:
    """Whether a paragraph is a line about one person with a handle."""
    text = plain(node.html)
    if not social.ANY.search(text) and "<a " not in node.html:
        return False
    if len(text.split()) > 20 or (text.endswith(".") and len(text.split()) > 12):
        return False
    return is_list_of_people(ListNode([[node]]), "", False)


def inline_at(node: Node) -> str:
    """Return the inline HTML of a paragraph or a heading."""
    return node.html if isinstance(node, Paragraph | Heading) else marked_up("")


def announced_lines(nodes: list[Node], place: int, number: int, table: HeadingTable) -> int:
    """Return how many lines after an announcement are its list; 0 where none are."""
    run = place
    while run < len(nodes) and is_line(nodes[run], table):
        run += 1
    if not number:
        run = place + same_style([plain(inline_at(node)) for node in nodes[place:run]])
    length = run - place
    if number and length >= number:
        return number
    if number and 2 <= length < number and run < len(nodes) and not is_long_text(nodes[run]):
        return length
    # The last short line before a long text is rather its heading.
    if length and run < len(nodes) and (is_long_text(nodes[run]) or (not number and is_text_below(nodes, run))):
        length -= 1
    return length if length >= 2 else 0


def same_style(texts: list[str]) -> int:
    """Return how many lines at the beginning end as the first does, with a full stop or without: those are one list.

    A full stop may also end the last line of a list whose other lines have none, as in a sentence.
    """
    stops = [text.endswith((".", "!", "?")) for text in texts]
    run = next((place for place, stop in enumerate(stops) if stop != stops[0]), len(texts))
    return run + 1 if 0 < run < len(texts) and stops[run] and closes_list(texts[:run], texts[run:]) else run


def closes_list(before: list[str], rest: list[str]) -> bool:
    """Whether the first of some lines ends a list in a full stop, rather than being the text under a heading."""
    if before[-1].endswith((";", ",", " and", " or")):
        return True
    sizes = [len(text.split()) for text in before]
    is_heading_above = len(sizes) > 1 and sizes[-1] <= 3 < min(sizes[:-1])
    is_like_them = len(re.findall(r"[.!?](?:\s|$)", rest[0])) == 1 and len(rest[0].split()) <= 2 * max(sizes)
    return len(rest) == 1 and is_like_them and not is_heading_above


def is_text_below(nodes: list[Node], place: int) -> bool:
    """Whether a node is text under the short line before it, which is its heading then."""
    before = plain(inline_at(nodes[place - 1]))
    return is_sentence(nodes[place]) and not before.endswith((".", "!", ";", ","))


def is_line(node: Node, table: HeadingTable) -> bool:
    """Whether a node could be a line of a list that lost its marks."""
    if not isinstance(node, Paragraph) or len(node.html) > 2 * LONGEST_LINE:
        return False
    text = plain(node.html)
    if len(text) > LONGEST_LINE or text.endswith(":") or text[:1] in OPENING + "([":
        return False
    return table.role_of(text) is None and not (len(text) > 120 and text.endswith("."))
