"""A text as WordPress is to have it: what it alone knew is there again, and nothing runs that a text merely names."""

from __future__ import annotations

import re

import nh3

from core.rich_text import ATTRIBUTES, TAGS
from syndication.export.plain import LEFTOVER_MARK, Plain

# WordPress would run these where a text merely names them; everything else in brackets it leaves alone.
SHORTCODES = ("[audio", "[caption", "[embed", "[gallery", "[playlist", "[video", "[wp_caption")
# Shortcodes without HTML, and the comments by which WordPress marks its blocks.
HARMLESS = re.compile(r"(?:[^<>]|<!--[^<>]*-->)*+")


def review(plain: Plain) -> str:
    """Return the whole review, but for its title and header image."""
    return finished(plain.review(), plain.leftovers)


def page(plain: Plain) -> str:
    """Return a plain page, but for its title and introduction."""
    return finished(plain.body(), plain.leftovers)


def finished(html: str, leftovers: list[str]) -> str:
    """Return HTML without shortcodes but those that were left over from an old site, which are as they stood."""
    html = without_shortcodes(html)
    return LEFTOVER_MARK.sub(lambda mark: as_it_stood(leftovers[int(mark[1])]), html)


def without_shortcodes(html: str) -> str:
    """Return HTML in which no word in brackets is one that WordPress would run."""
    for code in SHORTCODES:
        html = html.replace(code, "&#91;" + code[1:])
    return html


def as_it_stood(source: str) -> str:
    """Return what was left over, without anything in it that a browser would run."""
    if HARMLESS.fullmatch(source):
        return source
    return nh3.clean(source, tags=TAGS, attributes=ATTRIBUTES, strip_comments=False, link_rel=None)
