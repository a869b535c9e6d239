"""Rules of single values: addresses, dates, languages, text and HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from urllib.parse import urlsplit

Rule = Callable[[str], Iterator[str]]

RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
RFC_822 = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d "
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d (?:GMT|[+-]\d{4})"
)
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+")
FORBIDDEN_TAGS = {"applet", "base", "body", "button", "embed", "form", "frame", "head", "html", "iframe", "input"}
FORBIDDEN_TAGS |= {"link", "meta", "object", "script", "style"}
VOID = {"br", "hr", "img"}
MARKUP = re.compile(r"</?[a-z][a-z0-9]*[ />]|&(?:[a-z]+|#\d+);")


def address(value: str) -> Iterator[str]:
    """Find fault with an address that does not work everywhere."""
    parts = urlsplit(value)
    if not parts.scheme or (parts.scheme in ("http", "https") and not parts.netloc):
        yield f"{value!r} is no whole address"
    if re.search(r"[\s<>\"{}|\\^`]", value):
        yield f"{value!r} holds what no address may hold"


def moment(value: str) -> Iterator[str]:
    """Find fault with a date of Atom and JSON Feed."""
    if not RFC_3339.fullmatch(value):
        yield f"{value!r} is no date of RFC 3339"
    else:
        yield from plausible(datetime.fromisoformat(value))


def old_moment(value: str) -> Iterator[str]:
    """Find fault with a date of RSS."""
    if not RFC_822.fullmatch(value):
        yield f"{value!r} is no date of RFC 822"
    else:
        yield from plausible(parsedate_to_datetime(value))


def plausible(when: datetime) -> Iterator[str]:
    """Find fault with a date that cannot be meant."""
    if not datetime(1970, 1, 1, tzinfo=UTC) < when < datetime.now(UTC) + timedelta(days=1):
        yield f"{when} is not plausible"


def language(value: str) -> Iterator[str]:
    """Find fault with a language."""
    if not LANGUAGE.fullmatch(value):
        yield f"{value!r} is no language"


def media_type(value: str) -> Iterator[str]:
    """Find fault with a media type."""
    if not MEDIA_TYPE.fullmatch(value):
        yield f"{value!r} is no media type"


def text(value: str) -> Iterator[str]:
    """Find fault with plain text."""
    if not value.strip():
        yield "is empty"
    if MARKUP.search(value):
        yield f"{value!r} holds markup"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.opened: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in FORBIDDEN_TAGS:
            self.found.append(f"holds <{tag}>")
        for name, value in attrs:
            if name.startswith("on") or name == "style":
                self.found.append(f"<{tag}> has the attribute {name}")
            if name in ("href", "src"):
                self.found += [f"<{tag}>: {problem}" for problem in address(value or "")]
            if name == "href" and (value or "").lower().startswith(("javascript:", "data:")):
                self.found.append(f"<{tag}> leads to a script")
        if tag == "img" and "alt" not in dict(attrs):
            self.found.append("<img> has no alt")
        if tag not in VOID:
            self.opened.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.opened or self.opened.pop() != tag:
            self.found.append(f"</{tag}> closes what is not open")


def html(value: str) -> Iterator[str]:
    """Find fault with HTML that is shown elsewhere."""
    reader = _Reader()
    reader.feed(value)
    reader.close()
    yield from reader.found
    if reader.opened:
        yield f"{reader.opened} are never closed"
    if not value.strip():
        yield "is empty"
