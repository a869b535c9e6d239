"""Plain text becomes nodes, above all text copied from a web page.

Browsers copy a page in three ways: Firefox indents lists by four spaces and writes `•` and `1.`; Safari puts tabs
around them; Chrome writes nothing, but sets the lines of a list close together where paragraphs stand apart. Mail
programs and editors break lines at some seventy characters. What a short line means is decided in shaping.py.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from research_reviews.intake.chrome import looks_like_page
from research_reviews.intake.inline import marked_up
from research_reviews.intake.marks import MARK, mark_of
from research_reviews.intake.nodes import Document, ListNode, Node, Paragraph, Quotation
from research_reviews.intake.quotes import is_quoted
from research_reviews.intake.speakers import is_speaker

WRAPPED_FROM, WRAPPED_TO = 50, 100
SHORT = 120
TAB = 8
# Further lists within lists are read as lines of the last.
DEEPEST = 8
RULE = re.compile(r"\s*(?:[-_=*~–—]\s*){3,}")
SENTENCE_END = re.compile(r"[.!?:;…][\"'”’)\]]*$")
ANNOUNCES = re.compile(r":\s*$")


@dataclass(frozen=True)
class Line:
    """A line with how far it is indented, what marks it as part of a list, and whether it is quoted as in mail."""

    indent: int
    mark: str
    text: str
    quoted: bool = False


def read(source: str) -> Document:
    """Return plain text as a document."""
    if is_wrapped(source):
        source = unwrapped(source)
    groups = grouped(source)
    nodes: list[Node] = []
    marks: list[str] = []
    for group in groups:
        nodes.extend(of_group(group, nodes, marks))
    return Document(nodes, source, is_page=looks_like_page(nodes), marks=tuple(marks))


def is_wrapped(source: str) -> bool:
    """Whether lines were broken at a width: within groups of lines, most but the last are of nearly one length."""
    inner: list[int] = []
    ended = 0
    for group in re.split(r"\n\s*\n", source):
        rows = group.strip("\n").split("\n")
        inner.extend(len(row.rstrip()) for row in rows[:-1])
        ended += sum(1 for row in rows[:-1] if SENTENCE_END.search(row.rstrip()))
    fitting = sum(1 for length in inner if WRAPPED_FROM <= length <= WRAPPED_TO)
    return len(inner) >= 2 and fitting >= len(inner) * 0.6 and ended <= len(inner) * 0.5


def unwrapped(source: str) -> str:
    """Return a text with the lines of each paragraph joined; a mark or a short line before it begins a new one."""
    joined: list[str] = []
    last = ""
    for row in source.split("\n"):
        goes_on = (
            len(last.rstrip()) >= WRAPPED_FROM - 5
            and row.strip()
            and not MARK.match(row.lstrip())
            and not row.lstrip().startswith(">")
        )
        if goes_on:
            joined[-1] = f"{joined[-1].rstrip()} {row.strip()}"
        else:
            joined.append(row)
        last = row
    return "\n".join(joined)


def grouped(source: str) -> list[list[Line]]:
    """Return lines in the groups that empty lines set apart. How far most lines are indented is no indent."""
    groups: list[list[Line]] = [[]]
    rows = [line_of(row) if row.strip() and not RULE.fullmatch(row) else None for row in source.split("\n")]
    usual = Counter(row.indent for row in rows if row and not row.mark).most_common(1)
    for row in rows:
        if row:
            groups[-1].append(replace(row, indent=max(row.indent - usual[0][0], 0) if usual else row.indent))
        elif groups[-1]:
            groups.append([])
    return groups if groups[-1] else groups[:-1]


def line_of(row: str) -> Line:
    """Return a line's parts. A no-break space is a space."""
    row = row.replace("\xa0", " ").replace("\u202f", " ").replace("\u3000", " ")
    bare = row.lstrip()
    # A stop every eight columns, as browsers and editors have it.
    indent = len(row[: len(row) - len(bare)].expandtabs(TAB))
    quoted = bare.startswith(">")
    if quoted:
        bare = bare.lstrip("> ")
    mark, text = mark_of(bare)
    return Line(indent, mark, " ".join(text.split()), quoted)


def with_broken_items(group: list[Line]) -> list[Line]:
    """Return the lines of a group with a marked line that was broken at the width of a page joined again."""
    made: list[Line] = []
    for line in group:
        last = made[-1] if made else None
        begins = line.text[:1].islower() or (line.text[:1].isdigit() and not line.mark)
        if last and last.mark and not line.mark and begins and not SENTENCE_END.search(last.text):
            made[-1] = replace(last, text=f"{last.text} {line.text}")
        else:
            made.append(line)
    return made


def of_group(group: list[Line], before: list[Node], marks: list[str]) -> list[Node]:
    """Return the lines of a group as nodes, given what stands before it."""
    group = with_broken_items(group)
    if all(line.quoted for line in group):
        return [Quotation([Paragraph(marked_up(f"{line.mark} {line.text}".strip())) for line in group if line.text])]
    if is_close_list(group, before):
        return [ListNode([[Paragraph(marked_up(line.text))] for line in group])]
    nodes: list[Node] = []
    place = 0
    while place < len(group):
        end = end_of_list(group, place)
        if end - place > 1 or (end > place and is_bullet(group[place])):
            nodes.append(nested(group[place:end], marks))
        else:
            end = place + 1
            nodes.append(single(group[place]))
        place = end
    return merged(nodes, before)


def is_bullet(line: Line) -> bool:
    """Whether a line stands in a list even by itself: a sign before it, or a number that is also indented."""
    if line.mark in {"-", "–", "—"} and not line.indent:
        return False
    return bool(line.mark) and (line.indent > 0 or not line.mark.strip("().:").isalnum())


def end_of_list(group: list[Line], place: int) -> int:
    """Return where the list that begins at a line ends: at the first line that is neither marked nor indented."""
    end = place
    while end < len(group) and (group[end].mark or (end > place and group[end].indent > group[place].indent)):
        end += 1
    return end


def is_close_list(group: list[Line], before: list[Node]) -> bool:
    """Whether lines without marks are a list: short ones close together after a line that announces them."""
    if len(group) < 2 or any(line.mark for line in group) or not before:
        return False
    last = before[-1]
    announced = isinstance(last, Paragraph) and ANNOUNCES.search(last.html) is not None
    longest = max(len(line.text) for line in group)
    if any(is_quoted(line.text) or is_speaker(line.text) for line in group):
        return False
    return announced and longest <= SHORT * 3 and not any(ANNOUNCES.search(line.text) for line in group)


def nested(rows: list[Line], marks: list[str], depth: int = 0) -> ListNode:
    """Return marked lines as a list, what is indented further within the item before."""
    edge = min(row.indent for row in rows if row.mark)
    items: list[list[Node]] = []
    place = 0
    while place < len(rows):
        row = rows[place]
        marks.append(row.mark)
        items.append([Paragraph(marked_up(row.text))] if row.text else [])
        place += 1
        deeper = place
        while (
            depth < DEEPEST and deeper < len(rows) and rows[deeper].indent > max(edge, row.indent if row.mark else edge)
        ):
            deeper += 1
        if deeper > place:
            items[-1].extend(within(rows[place:deeper], marks, depth + 1))
            place = deeper
    first = rows[0].mark.strip("().:")
    return ListNode(items, ordered=first.isalnum(), start=int(first) if first.isascii() and first.isdigit() else 1)


def within(rows: list[Line], marks: list[str], depth: int) -> list[Node]:
    """Return what is indented below an item: further paragraphs, then a list of its own."""
    first = next((place for place, row in enumerate(rows) if row.mark), len(rows))
    nodes: list[Node] = [Paragraph(marked_up(row.text)) for row in rows[:first]]
    if first < len(rows):
        nodes.append(nested(rows[first:], marks, depth))
    return nodes


def single(line: Line) -> Node:
    """Return a line as a paragraph, its mark with it; as a quotation where it is indented and long."""
    text = f"{line.mark} {line.text}".strip()
    paragraph = Paragraph(marked_up(text))
    if line.quoted or (line.indent >= 2 and not line.mark and len(text) > SHORT // 2):
        return Quotation([paragraph])
    return paragraph


def merged(nodes: list[Node], before: list[Node]) -> list[Node]:
    """Return nodes with a list that goes on after an empty line joined to what came before it."""
    if nodes and before and isinstance(nodes[0], ListNode) and isinstance(before[-1], ListNode):
        first, last = nodes[0], before[-1]
        if first.ordered == last.ordered and (not first.ordered or first.start == last.start + len(last.items)):
            before[-1] = ListNode(last.items + first.items, last.ordered, last.start)
            return nodes[1:]
    return nodes
