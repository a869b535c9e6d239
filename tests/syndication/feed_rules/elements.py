"""Rules of elements: which may stand where, how often, and what each holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError, fromstring

from tests.syndication.feed_rules.values import Rule

MANY = 1_000_000


@dataclass(frozen=True)
class Child:
    """An element within another: how often it may stand there, what its text and its attributes hold."""

    least: int = 0
    most: int = 1
    text: Rule | None = None
    # Required ones are named with an exclamation mark.
    attributes: Mapping[str, Rule | None] = field(default_factory=dict)


def parsed(body: bytes) -> Element | str:
    """Return the document's first element, or why it is none."""
    if not body.startswith(b'<?xml version="1.0" encoding="utf-8"?>'):
        return "The document does not say that it is XML in UTF-8"
    try:
        return fromstring(body)  # noqa: S314
    except ParseError as error:
        return f"The document is not well formed: {error}"


def faults(element: Element, name: str, children: Mapping[str, Child]) -> Iterator[str]:
    """Find fault with what stands in the element."""
    counts = Counter(child.tag for child in element)
    for tag, child in children.items():
        if not child.least <= counts[tag] <= child.most:
            yield f"{name} has {counts[tag]} of {tag}"
    for part in element:
        if part.tag not in children:
            yield f"{name} may not hold {part.tag}"
        else:
            yield from (f"{name}/{part.tag} {problem}" for problem in _own_faults(part, children[part.tag]))
    if len(element) and (element.text or "").strip():
        yield f"{name} holds text beside its elements"


def _own_faults(element: Element, rule: Child) -> Iterator[str]:
    if rule.text:
        yield from rule.text(element.text or "")
    known = {name.rstrip("!"): check for name, check in rule.attributes.items()}
    for name in rule.attributes:
        if name.endswith("!") and not element.get(name[:-1]):
            yield f"lacks the attribute {name[:-1]}"
    for name, value in element.attrib.items():
        if name not in known:
            yield f"may not have the attribute {name}"
        elif check := known[name]:
            yield from check(value)


def twice(values: list[str], what: str) -> Iterator[str]:
    """Find fault with values that stand there more than once."""
    yield from (
        f"{what} {value!r} stands there {number} times" for value, number in Counter(values).items() if number > 1
    )
