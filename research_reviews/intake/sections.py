"""A text cut at its headings, and the body that is being made of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from research_reviews.intake.draft import BlockDraft, Guess
from research_reviews.intake.headings import HeadingTable, Role
from research_reviews.intake.inline import plain
from research_reviews.intake.leftovers import LEFTOVER
from research_reviews.intake.nodes import Heading, Node
from research_reviews.intake.parts import Part, parts_of

# What an issue's section may hold besides prose; other blocks follow the findings.
IN_ISSUE = frozenset(("prose", "quote", "image", LEFTOVER))


@dataclass
class Section:
    """A heading and the nodes up to the next one. The level of what stands before the first heading is 0."""

    heading: Heading | None
    nodes: list[Node] = field(default_factory=list)
    role: Role | None = None

    @property
    def level(self) -> int:
        """The heading's level."""
        return self.heading.level if self.heading else 0

    @property
    def title(self) -> str:
        """The heading as plain text."""
        return plain(self.heading.html) if self.heading else ""


@dataclass
class Body:
    """The blocks made so far, with what was guessed of them."""

    blocks: list[BlockDraft] = field(default_factory=list)
    guesses: list[Guess] = field(default_factory=list)

    @property
    def path(self) -> str:
        """The path of the block that comes next."""
        return f"body.{len(self.blocks)}"

    def add(self, kind: str, value: Any, why: str = "", is_unsure: bool = False) -> None:
        """Take a block, and why it is what it is where that was guessed."""
        if why:
            self.guess(self.path, why, is_unsure)
        self.blocks.append(BlockDraft(kind, value))

    def guess(self, where: str, why: str, is_unsure: bool = False) -> None:
        """Note what was guessed."""
        self.guesses.append(Guess(where, why, "unsure" if is_unsure else "likely"))

    def add_parts(self, parts: list[Part]) -> None:
        """Take parts, loose prose as sections without a heading."""
        for part in parts:
            if part.type == "prose":
                self.add("section", {"heading": "", "body": part.value}, part.why, part.is_unsure)
            else:
                self.add(part.type, part.value, part.why, part.is_unsure)

    def add_section(self, kind: str, heading: str, parts: list[Part], why: str = "") -> None:
        """Take a section: its heading with the prose that comes first, then what is no prose, and prose after that.

        What readers do not see leaves no heading without its text.
        """
        seen = [part for part in parts if part.type != LEFTOVER] if heading else parts
        first = seen[0] if seen and seen[0].type == "prose" else None
        if heading or first:
            self.add(kind, {"heading": heading, "body": first.value if first else ""}, why)
        self.add_parts([part for part in parts if part is not first])


def sections_of(nodes: list[Node], table: HeadingTable) -> list[Section]:
    """Return nodes cut at every heading, whatever its level."""
    sections = [Section(None)]
    for node in nodes:
        if isinstance(node, Heading):
            sections.append(Section(node, role=table.role_of(plain(node.html))))
        else:
            sections[-1].nodes.append(node)
    return sections if sections[0].nodes else sections[1:]


def with_deeper(sections: list[Section], place: int, stops: frozenset[Role | None] = frozenset()) -> int:
    """Return where what belongs to a section ends: before the next heading that is not deeper, or has such a role."""
    end = place + 1
    if sections[place].heading is None:
        return end
    while end < len(sections) and sections[end].level > sections[place].level and sections[end].role not in stops:
        end += 1
    return end


def joined(sections: list[Section]) -> list[Node]:
    """Return the nodes of sections one after the other, with the headings of all but the first."""
    nodes: list[Node] = list(sections[0].nodes) if sections else []
    for section in sections[1:]:
        if section.heading:
            nodes.append(section.heading)
        nodes.extend(section.nodes)
    return nodes


def parts_in(sections: list[Section]) -> list[Part]:
    """Return what sections hold as parts."""
    level = max(sections[0].level, 2) if sections else 2
    return parts_of(joined(sections), level, all_quotes=bool(sections) and sections[0].role == "quotes")
