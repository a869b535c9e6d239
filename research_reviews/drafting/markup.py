"""Words of a draft, brought into the form that a field holds: plain text, rich text, or rich text without lists."""

from __future__ import annotations

import re
from html import escape, unescape

from core.embeds.web_address import host_name
from core.rich_text import clean

TAG = re.compile(r"<[^>]*>")
BREAK = re.compile(r"<(?:br|/p|/li|/h[1-6])\b[^>]*>")
BLOCK = re.compile(r"\s*<(?:p|h[1-6]|ul|ol)\b")
LIST = re.compile(r"</?(?:ul|ol)\b[^>]*>")
PARAGRAPH = re.compile(r"<(/?)(?:li|h[1-6]|p)\b[^>]*>")
SMALL_HEADING = re.compile(r"<(/?)h[1-6]\b[^>]*>")
EMPTY = re.compile(r"<p(?: [^>]*)?>\s*</p>")


def plain(text: str | None) -> str:
    """Return a text of one line: white space folded, nothing that a database refuses."""
    return " ".join((text or "").replace("\x00", "").split())


def words_of(html: str) -> str:
    """Return the words of rich text as one line of plain text."""
    return plain(unescape(TAG.sub("", BREAK.sub(" ", html))))


def prose(html: str | None) -> str:
    """Return rich text that begins with a block, as the editor wants it; empty for what holds no word."""
    html = (html or "").strip()
    if not html:
        return ""
    return html if BLOCK.match(html) else f"<p>{html}</p>"


def without_headings(html: str | None) -> str:
    """Return rich text whose small headings are paragraphs."""
    return SMALL_HEADING.sub(r"<\1p>", prose(html))


def short_prose(html: str | None) -> str:
    """Return rich text of paragraphs alone: headings and items of lists become paragraphs."""
    html = prose(html)
    flat = PARAGRAPH.sub(r"<\1p>", LIST.sub("", html))
    # The parser ends a paragraph where another begins within it, as an item's list within the item.
    return html if flat == html else EMPTY.sub("", clean(flat))


def paragraph(text: str, url: str = "") -> str:
    """Return a plain text as a paragraph of rich text, a link where the address is one of the web or of this site."""
    text = plain(text)
    words = escape(text, quote=False)
    if not text:
        return ""
    is_address = bool(host_name(url)) or (url.startswith("/") and not url.startswith("//"))
    return f'<p><a href="{escape(url)}">{words}</a></p>' if is_address else f"<p>{words}</p>"


def strong(text: str) -> str:
    """Return a plain text as a paragraph that stands out, for a heading that its field does not hold."""
    text = plain(text)
    return f"<p><b>{escape(text, quote=False)}</b></p>" if text else ""


def fitting(text: str | None, limit: int) -> tuple[str, str]:
    """Return a line of text where it has at most limit characters, and otherwise an empty one and the text itself."""
    line = plain(text)
    return (line, "") if len(line) <= limit else ("", line)


def beginning(text: str, limit: int) -> str:
    """Return the first words of a line, at most limit characters with the sign that it goes on."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    whole_words = cut.rpartition(" ")[0] if not text[limit - 1].isspace() else cut
    return (whole_words or cut).rstrip() + "…"
