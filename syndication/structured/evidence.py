"""The findings, quotes and recommendations of a review, each known by its permalink."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wagtail.blocks import StreamValue

from research_reviews.blocks.recommendations import OTHER_BODY, REVIEWER, STUDY_AUTHORS
from research_reviews.evidence import plain
from research_reviews.models import Person
from syndication.structured.graph import Node, node, reference
from syndication.structured.people import People


@dataclass(frozen=True)
class Evidence:
    """What a review is made of, in the order of its body."""

    address: str
    people: People
    reviewers: list[Person]
    study_ids: list[str]

    def parts(self, body: StreamValue) -> list[Node]:
        """Return a node for each finding, quote and recommendation.

        Where two blocks carry the same id, as copied data may, the first has the permalink and so the node.
        """
        parts: dict[str, Node] = {}
        for block in body:
            for part in self._parts_of(block):
                parts.setdefault(part["@id"], part)
        return list(parts.values())

    def _parts_of(self, block: Any) -> Iterator[Node]:
        if block.block_type == "quote":
            yield self._quote(block)
        elif block.block_type == "findings":
            for issue in block.value.numbered_issues:
                yield self._part("Claim", issue.anchor, name=issue.value["label"], appearance=self._studies())
                yield from (self._quote(part) for part in issue.value["body"] if part.block_type == "quote")
        elif block.block_type == "recommendations":
            maker = self._maker(block.value)
            for item in block.value.recommendations:
                yield self._part(
                    "Recommendation",
                    item.anchor,
                    text=plain(item.value["text"]),
                    audience=[
                        node("Audience", audienceType=audience.name) for audience in item.value["audiences"] if audience
                    ],
                    **maker,
                )

    def _quote(self, block: Any) -> Node:
        value = block.value
        person = value.get("person")
        source = ", ".join(part for part in (value.get("source"), value.get("page")) if part)
        return self._part(
            "Quotation",
            f"quote-{block.id}",
            text=value.bare_words,
            creator=self.people.others([person] if person else []),
            # Typed words may name a person, a role or a document, so that they are no more than a credit.
            creditText="" if person else value.speaker,
            citation=source,
        )

    def _maker(self, value: Any) -> dict[str, Any]:
        """Return who makes the recommendations of a block."""
        made_by = value.get("made_by")
        if made_by == STUDY_AUTHORS:
            return {"isBasedOn": self._studies()}
        if made_by == REVIEWER:
            return {"author": self.people.authors(self.reviewers)}
        has_name = made_by == OTHER_BODY and value.attribution
        return {"author": node("Organization", name=value.attribution)} if has_name else {}

    def _studies(self) -> list[Node]:
        return [reference(identity) for identity in self.study_ids]

    def _part(self, kind: str, anchor: str, **properties: Any) -> Node:
        return node(kind, f"{self.address}#{anchor}", **properties)
