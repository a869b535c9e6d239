"""Blocks of credits and bodies, as the database stores them, with ids that stay the same from run to run."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from research_reviews.models import Audience, Person

RawBlock = dict[str, Any]


def block_id(name: str) -> str:
    """Return the id that the block of this name carries: the same in every run."""
    return str(uuid5(NAMESPACE_URL, name))


def block(block_type: str, value: Any, name: str = "") -> RawBlock:
    """Return a block of a stream. Named, it carries `block_id(name)`; unnamed, the id of its content."""
    return {"type": block_type, "value": value, "id": block_id(name or json.dumps([block_type, value]))}


def items(values: Iterable[RawBlock]) -> list[RawBlock]:
    """Return list items as the database stores them."""
    return [{"type": "item", "id": block_id(json.dumps(value)), "value": value} for value in values]


def stream(*blocks: RawBlock) -> str:
    """Return blocks in the form that a StreamField takes."""
    return json.dumps(blocks)


def credit(person: Person, contribution: str = "study_author", descriptor: str = "") -> RawBlock:
    """Return a credit of the person."""
    value = {"person": person.pk, "contribution": contribution, "descriptor": descriptor}
    return block("credit", value, f"credit-{person.slug}-{contribution}")


def prose(text: str = "Training ran from two hours to three days.") -> RawBlock:
    """Return a paragraph of an issue's section."""
    return block("prose", f"<p>{text}</p>")


def section(heading: str = "Background", text: str = "Little is known about it.", name: str = "") -> RawBlock:
    """Return a section with one paragraph."""
    return block("section", {"heading": heading, "body": f"<p>{text}</p>"}, name)


def leftover(source: str = '[contact-form-7 id="12"]', name: str = "contact-form-7") -> RawBlock:
    """Return what an import left over."""
    return block("leftover", {"name": name, "source": source}, f"leftover-{name}")


def quote(
    words: str = "Somebody listened to me.", name: str = "", person: Person | None = None, **value: str
) -> RawBlock:
    """Return a quote with a source, for a body or an issue's section."""
    said = {"who": "" if person else "Participant 7", "source": "The study, main findings", "page": "p. 14", **value}
    return block("quote", {"words": words, "person": person.pk if person else None, **said}, name)


def issue(label: str, *body: RawBlock, own_heading: str = "", name: str = "") -> RawBlock:
    """Return an issue for `findings`; without a body it is only a line in the list."""
    value = {"label": label, "own_heading": own_heading, "body": list(body)}
    return {"type": "item", "id": block_id(name or f"issue-{label}"), "value": value}


def findings(*issues: RawBlock, heading: str = "Key findings", introduction: str = "", name: str = "") -> RawBlock:
    """Return a block of findings."""
    return block("findings", {"heading": heading, "introduction": introduction, "issues": list(issues)}, name)


def recommendation(text: str, *audiences: Audience, name: str = "") -> RawBlock:
    """Return a recommendation for `recommendations`."""
    spoken_to = [
        {"type": "item", "id": block_id(f"{text}-{audience.pk}"), "value": audience.pk} for audience in audiences
    ]
    value = {"text": f"<p>{text}</p>", "audiences": spoken_to}
    return {"type": "item", "id": block_id(name or f"recommendation-{text}"), "value": value}


def recommendations(*entries: RawBlock, made_by: str = "study_authors", name: str = "", **value: str) -> RawBlock:
    """Return a block of recommendations."""
    stored = {"heading": "Recommendations", "made_by": made_by, "other_body": "", "introduction": "", **value}
    return block("recommendations", {**stored, "items": list(entries)}, name)


def conclusion(text: str = "It works where it is prepared.", heading: str = "Conclusion", name: str = "") -> RawBlock:
    """Return a conclusion."""
    return block("conclusion", {"heading": heading, "body": f"<p>{text}</p>"}, name)
