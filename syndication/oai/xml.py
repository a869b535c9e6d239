"""Answers as a tree of elements, and the tree as XML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from core.feeds.xml import Document, allowed

XSI = "http://www.w3.org/2001/XMLSchema-instance"


@dataclass(frozen=True)
class Element:
    """An element that holds a text, or other elements."""

    name: str
    content: str | Sequence[Element] = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


def leaves(**texts: str) -> list[Element]:
    """Return an element for each name that has a text."""
    return [Element(name, text) for name, text in texts.items() if text]


def qualified(name: str, namespaces: Mapping[str, str], schema: str, content: Sequence[Element]) -> Element:
    """Return an element that says itself which language it speaks, so that it can be taken out of the answer.

    The first of the namespaces is the one that the schema is of.
    """
    declared = {f"xmlns:{prefix}".rstrip(":"): namespace for prefix, namespace in {**namespaces, "xsi": XSI}.items()}
    own = next(iter(namespaces.values()))
    return Element(name, content, {**declared, "xsi:schemaLocation": f"{own} {schema}"})


def as_xml(root: Element) -> bytes:
    """Return the tree as a document. What XML cannot hold is left out of texts and attributes."""
    document = Document()
    write(document, root)
    return document.written()


def write(document: Document, element: Element) -> None:
    """Write an element and what it holds."""
    document.open(element.name, element.attributes)
    if isinstance(element.content, str):
        document.characters(allowed(element.content))
    else:
        for child in element.content:
            write(document, child)
    document.close(element.name)
