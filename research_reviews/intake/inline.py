"""Inline text: from the little HTML that nodes hold to plain text and back."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape, unescape

BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
# A list within an item begins right behind the item's own words.
BLOCK_END = re.compile(r"</?(?:p|li|h[1-6]|ul|ol)>")
TAG = re.compile(r"<[^>]*>")
LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)
LEADING = re.compile(r"(?:\s|<br>)*+")
SITE_NAME = re.compile(r"\s+(?:[|–—«»·•]|-|::)\s+")
WHOLLY_BOLD = re.compile(r"\s*<(b|strong)>(?:(?!</?(?:b|strong)>).)*</\1>\s*[:.]?\s*", re.DOTALL)
WHOLLY_ITALIC = re.compile(r"\s*<(i|em)>(?:(?!</?(?:i|em)>).)*</\1>\s*\.?\s*", re.DOTALL)


@lru_cache(maxsize=4096)
def plain(html: str) -> str:
    """Return inline HTML as one line of text."""
    if "<" in html:
        html = TAG.sub("", BLOCK_END.sub(" ", BREAK.sub(" ", html)))
    if "&" in html:
        html = unescape(html)
    return " ".join(html.split())


def lines(html: str) -> list[str]:
    """Return the lines of inline HTML, as HTML, without empty ones."""
    parts = BREAK.split(html) if "<" in html else [html]
    return [part.strip() for part in parts if plain(part)]


def links(html: str) -> list[tuple[str, str]]:
    """Return the links of inline HTML as pairs of text and address."""
    if "<a " not in html:
        return []
    return [(plain(words), unescape(address)) for address, words in LINK.findall(html)]


def marked_up(text: str) -> str:
    """Return plain text as inline HTML."""
    return escape(text, quote=False)


def trimmed(html: str) -> str:
    """Return inline HTML without white space and breaks at its edges."""
    begin, end = LEADING.match(html).end(), len(html.rstrip())  # type: ignore[union-attr]
    # A pattern that looks for the end tries again at every space: it takes minutes for a hundred thousand.
    while end > begin and html.endswith("<br>", begin, end):
        end -= len("<br>")
        while end > begin and html[end - 1].isspace():
            end -= 1
    return html[begin:end]


def is_wholly_bold(html: str) -> bool:
    """Whether all of the text is bold: people write headings so."""
    return "<" in html and WHOLLY_BOLD.fullmatch(html) is not None


def is_wholly_italic(html: str) -> bool:
    """Whether all of the text is italic: people write attributions so."""
    return "<" in html and WHOLLY_ITALIC.fullmatch(html) is not None


def word_count(html: str) -> int:
    """Return roughly how many words inline HTML holds, by its spaces."""
    return len(plain(html).split())


def without_site_name(title: str) -> str:
    """Return the title of a page without the site's name behind it."""
    parts = SITE_NAME.split(title)
    return parts[0] if len(parts) == 1 or len(parts[0].split()) >= 2 else title
