"""What rich text may hold, whoever or whatever wrote it."""

from __future__ import annotations

import re

import nh3

INLINE_FEATURES = ["bold", "italic", "superscript", "subscript", "link"]
PROSE_FEATURES = [*INLINE_FEATURES, "document-link", "code", "ol", "ul", "h3", "h4"]

TAGS = {"a", "b", "br", "code", "em", "h3", "h4", "i", "li", "ol", "p", "strong", "sub", "sup", "ul"}
ATTRIBUTES = {
    "a": {"href", "id"},
    **{tag: {"data-block-key"} for tag in ("h3", "h4", "li", "ol", "p", "ul")},
}
# A link of Wagtail's names a page or a document; other kinds do not exist here.
ATTRIBUTE_VALUES = {"a": {"linktype": {"page", "document"}}}
LONGEST_ID = 9
SCHEMES = {"http", "https", "mailto", "tel"}
# No text of people is nested deeper; lists within lists within lists take twelve.
DEEPEST = 40
# The parser takes ever longer for each further level, so a text made to keep it busy loses its tags before.
DEEPEST_PARSED = 1000

# What stands for a heading or a paragraph elsewhere. The text's own headings begin below the section's.
FOREIGN_BLOCK = re.compile(
    r"<(/?)(?:(h[12])|(h[56])|(?:address|article|aside|blockquote|caption|d[dt]|div|fig(?:ure|caption)|pre|section|t[dh]))\b",
    re.IGNORECASE,
)
# They turn the direction of what follows, or hide in it. Joiners and isolates stay: Persian and Hebrew need them.
INVISIBLE = re.compile("[\u200b\u202a-\u202e\u2060\ufeff]")
# Wagtail stumbles over a link of its own kind that does not say to which page.
LINK_TO_NOTHING = re.compile(r'<a(?=(?: [a-z]+="[^"]*")* linktype=)(?!(?: [a-z]+="[^"]*")* id=)(?: [a-z]+="[^"]*")*>')
OPENING_OR_CLOSING = re.compile(r"<(/?)(?!br)")
NO_PARAGRAPH = re.compile(r"<(?!/?(?:p|br)\b)[^>]*>")


def clean(html: str) -> str:
    """Return html, in Wagtail's database form, without anything that rich text may not hold.

    Script and style go with their content; other unknown tags go and leave their words.
    """
    if len(html) > DEEPEST_PARSED and depth(html) > DEEPEST_PARSED:
        html = NO_PARAGRAPH.sub("", html)
    cleaned = LINK_TO_NOTHING.sub("<a>", CLEANER.clean(FOREIGN_BLOCK.sub(own_block, html)))
    if not cleaned.isascii():
        cleaned = INVISIBLE.sub("", cleaned)
    return cleaned if depth(cleaned) <= DEEPEST else nh3.clean(cleaned, tags={"br", "p"}, attributes={})


def own_block(tag: re.Match[str]) -> str:
    """Return the beginning of the tag that stands here for one of elsewhere."""
    slash, large_heading, small_heading = tag.groups()
    return f"<{slash}{'h3' if large_heading else 'h4' if small_heading else 'p'}"


def keep_attribute(tag: str, name: str, value: str) -> str | None:
    """Return the attribute's value, or None where it may not stay. An id is a number: of a page or a document."""
    is_number = value.isascii() and value.isdigit() and len(value) <= LONGEST_ID
    return None if name == "id" and not is_number else value


def depth(html: str) -> int:
    """Return how deep the tags of clean html are nested."""
    deepest = level = 0
    for slash in OPENING_OR_CLOSING.findall(html):
        level += -1 if slash else 1
        deepest = max(deepest, level)
    return deepest


CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    tag_attribute_values=ATTRIBUTE_VALUES,
    attribute_filter=keep_attribute,
    url_schemes=SCHEMES,
    link_rel=None,
)
