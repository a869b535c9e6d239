"""Nodes of linked data, and how they are written into a page."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.utils.safestring import SafeString

Node = dict[str, Any]

# No title can end the element that the data stands in, nor begin another.
ESCAPES = {ord(letter): f"\\u{ord(letter):04X}" for letter in "<>&"}


def node(kind: str | list[str], identity: str = "", **properties: Any) -> Node:
    """Return a node with the properties that are known: False and 0 are, None and what is empty are not.

    The identity is the address that other nodes refer to it by. A list of one becomes that one.
    """
    known = {name: one_or_all(value) for name, value in properties.items() if value not in (None, "", [])}
    return {"@type": kind, **({"@id": identity} if identity else {}), **known}


def one_or_all(value: Any) -> Any:
    """Return the only item of a list that has one, else the value as it is."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def reference(identity: str) -> Node:
    """Return what stands for a node that is described elsewhere in the graph."""
    return {"@id": identity}


def write(nodes: Iterable[Node]) -> SafeString:
    """Return the element that holds the nodes. Browsers run no data, so the strictest policy allows it.

    Texts stand as they do on the page, so that compression finds them there again.
    """
    graph = {"@context": "https://schema.org", "@graph": list(nodes)}
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":"), default=str)
    return SafeString(f'<script type="application/ld+json">{text.translate(ESCAPES)}</script>\n')
