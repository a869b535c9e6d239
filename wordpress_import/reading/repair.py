"""Gets the elements out of a piece: read as it is if it is sound, repaired no further than it needs otherwise."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from wordpress_import.reading import encoding
from wordpress_import.reading.scanner import CONTROL, scan
from wordpress_import.reading.sniffing import Format
from wordpress_import.reading.trees import Node, UnsoundError, parse

FRAMES = {"item", "wp:author", "wp:wp_author", "wp:category", "wp:tag", "wp:term"}
ENCLOSED = (("<!--", "-->"), ("<!DOCTYPE", "]>"))


def elements(content: bytes, form: Format, *, is_whole: bool) -> tuple[list[Node], list[str]]:
    """Return the elements in the one that the piece is, and what had to be repaired. `is_whole`: it has its end tag."""
    content = with_usual_prefixes(content, form.aliases)
    if is_whole and (nodes := sound(content)) is not None:
        return nodes, []
    problems = []
    text, was_guessed = encoding.read(content, form.encoding)
    if was_guessed:
        problems.append(_("Bytes in it that are not UTF-8 were read as Windows-1252."))
    clean = CONTROL.sub("", text)
    if clean != text:
        problems.append(_("Control characters in it were dropped."))
    if is_whole:
        repaired = clean.encode()
        if repaired != content and (nodes := sound(repaired)) is not None:
            return nodes, problems
        problems.append(_("It is no sound XML; its elements were made out one by one."))
    try:
        return unframed(scan(clean)), problems
    except UnsoundError:
        return [], [_("It holds more elements than any item has.")]


def sound(content: bytes) -> list[Node] | None:
    """Return the elements of a piece that is sound XML, and None of any other."""
    try:
        return parse(content).children
    except UnsoundError:
        return None


def loose_elements(content: bytes, form: Format) -> list[Node]:
    """Return the elements that stand by themselves in the piece, outside comments and the document type."""
    text = CONTROL.sub("", encoding.read(with_usual_prefixes(content, form.aliases), form.encoding)[0])
    for start, end in ENCLOSED:
        text = without(text, start, end)
    try:
        return unframed(scan(text))
    except UnsoundError:
        return []


def without(text: str, start: str, end: str) -> str:
    """Return the text without what stands between the two marks, and without the marks."""
    kept = []
    position = 0
    while (opened := text.find(start, position)) >= 0 and (closed := text.find(end, opened)) >= 0:
        kept.append(text[position:opened])
        position = closed + len(end)
    return "".join(kept) + text[position:]


def unframed(nodes: list[Node]) -> list[Node]:
    """Return the elements, those in an item or an entry of the head in its place."""
    return [child for node in nodes for child in (node.children if node.name in FRAMES else [node])]


def with_usual_prefixes(content: bytes, aliases: dict[bytes, str]) -> bytes:
    """Return the piece with `wp:` and the like where the file has declared other letters for the same."""
    if not aliases:
        return content
    names = b"|".join(re.escape(prefix) for prefix in aliases)
    return re.sub(rb"(</?)(%s):(?=\w)" % names, lambda tag: tag[1] + aliases[tag[2]].encode() + b":", content)
