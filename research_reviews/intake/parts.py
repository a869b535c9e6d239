"""Nodes become the parts of a body: prose as rich text, and what stands between as quotes, pictures, tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import Any

from django.utils.translation import gettext as _

from research_reviews.intake import quotes
from research_reviews.intake.inline import plain
from research_reviews.intake.leftovers import LEFTOVER
from research_reviews.intake.lists import list_html
from research_reviews.intake.nodes import (
    CallOut,
    Code,
    Download,
    EmbedNode,
    Heading,
    ListNode,
    Node,
    Paragraph,
    Picture,
    Quotation,
    TableNode,
    Unknown,
)
from research_reviews.intake.speakers import attribution_of


@dataclass
class Part:
    """A piece of a body: `prose` with its HTML, or a block by its name; and why it was guessed, where it was."""

    type: str
    value: Any
    why: str = ""
    is_unsure: bool = False


@dataclass
class Gathering:
    """Parts as they come, with prose that is still being gathered."""

    level: int
    parts: list[Part] = field(default_factory=list)
    prose: list[str] = field(default_factory=list)

    def add(self, part: Part) -> None:
        """Take a part that is no prose."""
        self.close()
        self.parts.append(part)

    def close(self) -> None:
        """Make a part of the prose gathered so far."""
        if self.prose:
            self.parts.append(Part("prose", "".join(self.prose)))
            self.prose = []


def parts_of(nodes: list[Node], level: int = 2, all_quotes: bool = False) -> list[Part]:
    """Return nodes as parts. The level is that of the heading above; `all_quotes`: each paragraph is one."""
    gathering = Gathering(level)
    place = 0
    while place < len(nodes):
        node = nodes[place]
        following = nodes[place + 1 : place + 4]
        place += 1
        if isinstance(node, Paragraph):
            place += paragraph(node, following, gathering, all_quotes)
        elif isinstance(node, Quotation):
            place += quotation(node, following, gathering)
        else:
            other(node, gathering)
    gathering.close()
    return gathering.parts


def paragraph(node: Paragraph, following: list[Node], gathering: Gathering, is_quote: bool) -> int:
    """Take a paragraph, which may be a quote. Returns how many of the nodes after it belong to it."""
    text = plain(node.html)
    quote = quotes.quote_in(text)
    if (
        quote is None
        and is_quote
        and len(text) > 12
        and "<a " not in node.html
        and not any(mark in text for mark in '“”„"')
    ):
        quote = quotes.Quote(quotes.stripped(text), "", True)
    if quote is None:
        gathering.prose.append(f"<p>{node.html}</p>")
        return 0
    used = 0
    if quote.opens_only and (closed := closed_by(quote, following)):
        quote, used = closed
    return used + add_quote(quote, following[used:], gathering)


def closed_by(quote: quotes.Quote, following: list[Node]) -> tuple[quotes.Quote, int] | None:
    """Return a quote of several paragraphs that one of the next two closes, and how many that takes."""
    words = [quote.words]
    for used, node in enumerate(following[:2], start=1):
        if not isinstance(node, Paragraph):
            return None
        text = plain(node.html)
        last = quotes.closing_only(text, *quotes.FAMILIES[0])
        if last:
            return quotes.Quote("\n\n".join([*words, last.words]), last.attribution), used
        if attribution_of(node) or any(mark in text for mark in '“”"'):
            return None
        words.append(text)
    return None


def add_quote(quote: quotes.Quote, following: list[Node], gathering: Gathering) -> int:
    """Take a quote with who speaks in the node after it. Returns how many of these nodes belong to it."""
    used = 0
    attribution = quote.attribution
    if not attribution and following and (said := attribution_of(following[0])):
        attribution, used = said, 1
    value = quotes.value_of(quotes.Quote(quote.words, attribution))
    why = (
        _("A quote mark is missing: look where the quote begins and ends.")
        if quote.is_unsure
        else _("A paragraph in quote marks.")
    )
    gathering.add(Part("quote", value, why, quote.is_unsure))
    return used


def quotation(node: Quotation, following: list[Node], gathering: Gathering) -> int:
    """Take what the source marks as a quotation. Returns how many of the nodes after it belong to it."""
    quote, others = quotes.of_quotation(node)
    used = 0
    if quote.words:
        if not quote.attribution and following and (said := attribution_of(following[0])):
            quote, used = quotes.Quote(quote.words, said), 1
        gathering.add(Part("quote", quotes.value_of(quote)))
    elif quote.attribution:
        gathering.prose.append(f"<p>{escape(quote.attribution, quote=False)}</p>")
    for other_node in others:
        other(other_node, gathering)
    return used


def other(node: Node, gathering: Gathering) -> None:
    """Take a node that is neither a paragraph nor a quotation."""
    if isinstance(node, Heading):
        tag = "h3" if node.level - gathering.level <= 1 else "h4"
        gathering.prose.append(f"<{tag}>{node.html}</{tag}>")
    elif isinstance(node, ListNode):
        html, rest = list_html(node)
        gathering.prose.append(html)
        for part in parts_of(rest, gathering.level):
            gathering.add(part)
    elif isinstance(node, CallOut):
        call_out(node, gathering)
    elif isinstance(node, Picture) and not node.src:
        gathering.prose.append(f"<p>{node.caption}</p>" if plain(node.caption) else "")
    elif isinstance(node, Code):
        gathering.prose.append(code_html(node.text))
    elif isinstance(node, Unknown):
        gathering.add(leftover(node))
    else:
        material(node, gathering)


def material(node: Node, gathering: Gathering) -> None:
    """Take a picture, a table, an embed or a file."""
    if isinstance(node, Picture):
        value = {"src": node.src, "alt": node.alt, "caption": node.caption, "credit": node.credit, "link": node.link}
        value |= {"credit_url": node.credit_url} if node.credit_url else {}
        gathering.add(Part("image", value))
    elif isinstance(node, TableNode):
        table = {
            "caption": node.caption,
            "headings": node.headings,
            "rows": node.rows,
            "row_headings": node.row_headings,
        }
        gathering.add(Part("table", table))
    elif isinstance(node, EmbedNode):
        gathering.add(Part("embed", {"url": node.url, "title": node.title, "summary": plain(node.caption)}))
    elif isinstance(node, Download):
        gathering.add(Part("download", {"url": node.url, "title": node.title}))


def call_out(node: CallOut, gathering: Gathering) -> None:
    """Take a box; what it holds besides prose follows it."""
    parts = parts_of(node.content, gathering.level)
    html = "".join(part.value for part in parts if part.type == "prose")
    gathering.add(Part("callout", {"heading": node.heading, "text": html}))
    for part in parts:
        if part.type != "prose":
            gathering.add(part)


def leftover(node: Unknown) -> Part:
    """Return what only the old site knew as it stood, for editors alone."""
    why = _("This came from something that the old site alone knew (%(name)s). Replace it or take it out.")
    value = {"name": node.name, "source": node.source}
    return Part(LEFTOVER, value, why % {"name": node.name or _("without a name")}, True)


def code_html(text: str) -> str:
    """Return source code as rich text, with its lines and indents."""
    rows = text.strip("\n").split("\n")
    html = "<br>".join(escape(row, quote=False).replace("\t", "    ").replace("  ", "\xa0 ") for row in rows)
    return f"<p><code>{html}</code></p>"
