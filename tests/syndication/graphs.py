"""What a machine reads from a page: its structured data, by a library that others read it with, and its signposts."""

from __future__ import annotations

from typing import Any

import extruct
from django.test import Client
from signposting import Signposting, find_signposting_http_link

Node = dict[str, Any]
SITE = "http://localhost"


def graph_of(address: str) -> list[Node]:
    """Return the nodes that the page at the address is described by."""
    response = Client().get(address)
    assert response.status_code == 200
    (data,) = extruct.extract(response.content, syntaxes=["json-ld"], errors="strict")["json-ld"]
    assert data["@context"] == "https://schema.org"
    nodes: list[Node] = data["@graph"]
    return nodes


def describes_nothing(html: bytes) -> bool:
    """Whether the page holds no structured data."""
    return extruct.extract(html, syntaxes=["json-ld"], errors="strict")["json-ld"] == []


def main_node(address: str) -> Node:
    """Return the node of the page itself."""
    return graph_of(address)[0]


def parts(review: Node, kind: str) -> list[Node]:
    """Return the parts of a review of one type."""
    return [part for part in several(review["hasPart"]) if part["@type"] == kind]


def several(value: Any) -> list[Any]:
    """Return a value as the list that it may stand for."""
    return value if isinstance(value, list) else [value]


def nodes_in(value: Any) -> list[Node]:
    """Return every node in a value, at every level."""
    if isinstance(value, list):
        return [node for item in value for node in nodes_in(item)]
    if isinstance(value, dict):
        return [value, *(node for item in value.values() for node in nodes_in(item))]
    return []


def signposts(address: str, method: str = "GET") -> Signposting:
    """Return the signposts in the header of a page, as the package of the profile's authors reads them."""
    response = Client().generic(method, address)
    assert response.status_code == 200
    return find_signposting_http_link([response["Link"]], f"{SITE}{address}")
