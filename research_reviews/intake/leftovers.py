"""What only the old site knew stands beside lists, quotes and boxes, not in them: readers would see it there."""

from __future__ import annotations

from dataclasses import replace

from research_reviews.intake.nodes import CallOut, ListNode, Node, Quotation, Unknown, walk

# The block that holds it, as `core.blocks` names it: nothing here needs Django to be set up.
LEFTOVER = "leftover"


def set_after(nodes: list[Node]) -> list[Node]:
    """Return the nodes with what nobody knows after the list, quote or box that held it, in its order."""
    placed: list[Node] = []
    for node in nodes:
        if isinstance(node, Unknown) or not any(isinstance(one, Unknown) for one in walk([node])):
            placed.append(node)
        else:
            taken: list[Node] = []
            placed += [*without([node], taken), *taken]
    return placed


def without(nodes: list[Node], taken: list[Node]) -> list[Node]:
    """Return the nodes without what nobody knows, which joins those taken, and without what held nothing else."""
    kept: list[Node] = []
    for node in nodes:
        if isinstance(node, Unknown):
            taken.append(node)
        elif isinstance(node, ListNode):
            items = [item for item in (without(item, taken) for item in node.items) if item]
            kept += [replace(node, items=items)] if items else []
        elif isinstance(node, Quotation | CallOut):
            content = without(node.content, taken)
            says = node.cite if isinstance(node, Quotation) else node.heading
            kept += [replace(node, content=content)] if content or says else []
        else:
            kept.append(node)
    return kept
