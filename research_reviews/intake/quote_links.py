"""The links of quotes: a quote's block holds plain text, so that they follow it in a line of their own."""

from __future__ import annotations

from dataclasses import replace
from html import escape

from research_reviews.intake import quotes
from research_reviews.intake.inline import marked_up, plain
from research_reviews.intake.node_text import links_in
from research_reviews.intake.nodes import CallOut, ListNode, Node, Paragraph, Quotation, walk
from research_reviews.intake.parts import closed_by
from research_reviews.intake.speakers import attribution_of
from research_reviews.intake.words import Ledger


def set_below(nodes: list[Node], ledger: Ledger) -> list[Node]:
    """Return nodes with the links of each quote in a paragraph below it; the same list where no quote has any.

    The words of the links are then in the draft twice, and noted as copies.
    """
    if not any(may_lose_links(node) for node in walk(nodes)):
        return nodes
    made: list[Node] = []
    place = 0
    while place < len(nodes):
        end = place + span_of(nodes, place)
        made.extend(within(node, ledger) for node in nodes[place:end])
        if end > place and is_quote(nodes[place]) and (found := links_in(nodes[place:end])):
            made.append(Paragraph(line_of(found)))
            ledger.copy(*(text or address for text, address in dict.fromkeys(found)))
        place = end
    return made if made != nodes else nodes


def may_lose_links(node: Node) -> bool:
    """Whether a node may be a quote with a link in it, or the line that says who is quoted."""
    if isinstance(node, Quotation):
        return bool(links_in([node]))
    return isinstance(node, Paragraph) and "<a " in node.html


def is_quote(node: Node) -> bool:
    """Whether a node becomes a quote's block."""
    return isinstance(node, Quotation) or (isinstance(node, Paragraph) and quotes.is_quoted(plain(node.html)))


def span_of(nodes: list[Node], place: int) -> int:
    """Return how many nodes a quote takes, with the paragraphs that it goes on in and who speaks; 1 for other nodes."""
    node = nodes[place]
    following = nodes[place + 1 : place + 4]
    if isinstance(node, Quotation):
        has_speaker = bool(quotes.of_quotation(node)[0].attribution)
        return 1 + (not has_speaker and bool(following) and bool(attribution_of(following[0])))
    quote = quotes.quote_in(plain(node.html)) if isinstance(node, Paragraph) else None
    if quote is None:
        return 1
    used = 0
    if quote.opens_only and (closed := closed_by(quote, following)):
        quote, used = closed
    is_named = not quote.attribution and bool(following[used:]) and bool(attribution_of(following[used]))
    return 1 + used + is_named


def within(node: Node, ledger: Ledger) -> Node:
    """Return a list or a box with the links of the quotes in it below them; other nodes as they are."""
    if isinstance(node, ListNode):
        return replace(node, items=[set_below(item, ledger) for item in node.items])
    if isinstance(node, CallOut):
        return replace(node, content=set_below(node.content, ledger))
    return node


def line_of(found: list[tuple[str, str]]) -> str:
    """Return links as one line of inline HTML, each once."""
    return ", ".join(
        f'<a href="{escape(address)}">{marked_up(text or address)}</a>' for text, address in dict.fromkeys(found)
    )
