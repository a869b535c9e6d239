"""Structured data judged by the vocabulary of schema.org: schema-dts has it as types, TypeScript finds what breaks one.

A type that there is not, a property that no type of its node has and a value of another kind are errors. What the types
take for any text, such as dates and addresses, is judged by `malformed_values`.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.browser.checkers import MODULES, TSC

SECONDS = 120
OPTIONS = ["--noEmit", "--strict", "--skipLibCheck", "--target", "es2022", "--module", "esnext", "--pretty", "false"]
ERROR = re.compile(r"^graphs\.ts\((\d+),\d+\): error (TS\d+: .*)$")

DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d))?)?)?")
DATES = {"datePublished", "dateModified"}
ADDRESSES = {"@id", "url", "sameAs", "item", "contentUrl", "license", "urlTemplate"}


def errors(graphs: Mapping[str, Any], folder: Path) -> dict[str, list[str]]:
    """Return what is wrong with each graph, by its name; nothing of those that are right. All are judged in one run."""
    constants = [f"export const g{number}: s.Graph = {literal(graph)};" for number, graph in enumerate(graphs.values())]
    (folder / "graphs.ts").write_text("\n".join(['import type * as s from "schema-dts";', *constants]))
    modules = folder / "node_modules"
    if not modules.exists():
        modules.symlink_to(MODULES)
    command = ["node", str(TSC), *OPTIONS, "--moduleResolution", "bundler", "graphs.ts"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=SECONDS, check=False)
    names = list(graphs)
    found: dict[str, list[str]] = {}
    for line in done.stdout.splitlines():
        if match := ERROR.match(line):
            # The first line is the import.
            found.setdefault(names[int(match[1]) - 2], []).append(match[2])
        elif not line.startswith(" "):
            raise RuntimeError(f"TypeScript could not judge: {line}")
    return found


def literal(value: Any) -> str:
    """Return the value in TypeScript. A node of several types has the properties of all of them."""
    if isinstance(value, list):
        return f"[{','.join(map(literal, value))}]"
    if not isinstance(value, dict):
        return json.dumps(value)
    written = "{" + ",".join(f"{json.dumps(name)}:{literal(part)}" for name, part in value.items()) + "}"
    kind = value.get("@type")
    if isinstance(kind, list):
        leaves = ",".join(f"s.{name}Leaf" for name in kind)
        return f"({written} satisfies s.MergeLeafTypes<[{leaves}]> as unknown as s.Thing)"
    if any(name.endswith("-input") for name in value):
        return f"({written} satisfies s.WithActionConstraints<s.{kind}Leaf> as s.{kind}Leaf)"
    return written


def malformed_values(value: Any, name: str = "") -> Iterator[str]:
    """Yield each date that is none of ISO 8601, and each address that is not a whole one."""
    if isinstance(value, dict):
        for part_name, part in value.items():
            yield from malformed_values(part, part_name)
    elif isinstance(value, list):
        for part in value:
            yield from malformed_values(part, name)
    elif (name in DATES and not DATE.fullmatch(str(value))) or (name in ADDRESSES and not is_whole_address(str(value))):
        yield f"{name}: {value}"


def is_whole_address(value: str) -> bool:
    """Whether the value is an address that can be opened from anywhere."""
    parts = urlsplit(value)
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def unknown_references(nodes: Any) -> set[str]:
    """Return the identities that nodes of a graph refer to and none of them describes."""
    referred = {node["@id"] for node in each_node(nodes) if list(node) == ["@id"]}
    return referred - {node["@id"] for node in each_node(nodes) if "@id" in node and len(node) > 1}


def each_node(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every node in the value, at every level."""
    if isinstance(value, dict):
        yield value
    parts: Iterable[Any] = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in parts:
        yield from each_node(part)
