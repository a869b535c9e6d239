"""Titles and excerpts as plain text."""

from __future__ import annotations

import re
from html import unescape

from wordpress_import.content.contract import SiteContent
from wordpress_import.content.shortcodes import expand
from wordpress_import.content.work import FORGED, MARK, Work
from wordpress_import.records import ItemRecord

UNSEEN = re.compile(r"<(script|style)\b(?:[^<]|<(?!/\1\b))*+(?:</\1\s*>|$)", re.IGNORECASE)
TAG = re.compile(r"</?[A-Za-z!][^<>]*+>")
# Tags that somebody wrote to be seen stay ("the <table> element"); those of emphasis were meant as such.
EMPHASIS = re.compile(r"</?(?:a|b|br|em|i|span|strong|sub|sup|small|u)(?:\s[^<>]*+)?/?>", re.IGNORECASE)
# Titles come through several hands, each of which escapes once more.
MOST_ESCAPES = 4


def plain_title(item: ItemRecord) -> str:
    """Return an item's title without tags and entities, however often it was escaped; empty where it has none."""
    return plain_text(item.title)


def summary(item: ItemRecord) -> str:
    """Return an item's excerpt as plain text; empty where nobody wrote one."""
    excerpt = FORGED.sub("", item.excerpt)
    return plain_text(MARK.sub(" ", expand(excerpt, Work(item, SiteContent()))))


def plain_text(html: str) -> str:
    """Return a short text without tags and entities, on one line."""
    text = TAG.sub(space, UNSEEN.sub(" ", html))
    for _time in range(MOST_ESCAPES):
        once = unescape(text)
        if once == text:
            break
        text = UNSEEN.sub(" ", EMPHASIS.sub(space, once))
    return " ".join(text.split())


def space(tag: re.Match[str]) -> str:
    """Return what a tag leaves behind: words on both sides of a block or a line break stay apart."""
    name = tag[0].strip("</>").split()[0].lower() if tag[0].strip("</>").split() else ""
    return " " if name in {"br", "p", "div", "li", "h1", "h2", "h3", "h4"} else ""
