"""The text of a response: plain as it is sent, paragraphs and links as it is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.utils.encoding import iri_to_uri
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from core.rich_text import INVISIBLE

# What neither HTML nor XML may hold.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
LINE_END = re.compile("\r\n?|\u2028|\u2029")
BLANK_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
ADDRESS = re.compile(r"\b(?:https?://|www\.)[^\s<>\"“”«»]{1,2000}", re.IGNORECASE)
# What ends the sentence around an address, and not the address.
AFTER_ADDRESS = ".,;:!?…'’*_"


def cleaned(text: str) -> str:
    """Return the text without what no reader sees: control characters, turned directions, heaps of empty lines."""
    text = INVISIBLE.sub("", CONTROL.sub("", LINE_END.sub("\n", text)))
    return BLANK_LINES.sub("\n\n", text).strip()


def cleaned_line(text: str) -> str:
    """Return the text in one line, cleaned as above."""
    return " ".join(cleaned(text).split())


def as_html(text: str) -> SafeString:
    """Return the text as paragraphs, with links where it names addresses."""
    paragraphs = cleaned(text).split("\n\n")
    return mark_safe("".join(f"<p>{'<br>'.join(map(linked, part.splitlines()))}</p>" for part in paragraphs))  # noqa: S308


def linked(line: str) -> str:
    """Return a line as HTML."""
    return "".join(_parts(line))


def _parts(line: str) -> Iterator[str]:
    end = 0
    for match in ADDRESS.finditer(line):
        address = without_punctuation(match[0])
        if is_address(address):
            yield escape(line[end : match.start()])
            yield link(address)
            end = match.start() + len(address)
    yield escape(line[end:])


def without_punctuation(address: str) -> str:
    """Return the address without the punctuation of the sentence that it ends; brackets that it opened stay."""
    while address:
        is_loose = address[-1] == ")" and address.count(")") > address.count("(")
        if not is_loose and address[-1] not in AFTER_ADDRESS:
            break
        address = address[:-1]
    return address


def is_address(address: str) -> bool:
    """Whether it names a host."""
    try:
        host = urlsplit(whole(address)).hostname or ""
    except ValueError:
        return False
    return "." in host.strip(".")


def whole(address: str) -> str:
    """Return the address with its scheme."""
    return f"https://{address}" if address[:4].lower() == "www." else address


def link(address: str) -> str:
    """Return a link that lends the address no weight."""
    target = escape(iri_to_uri(whole(address)).replace("[", "%5B").replace("]", "%5D"))
    return f'<a href="{target}" rel="ugc nofollow">{escape(address)}</a>'
