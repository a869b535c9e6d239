"""What rich text may hold, whoever or whatever wrote it."""

from __future__ import annotations

import nh3

INLINE_FEATURES = ["bold", "italic", "superscript", "subscript", "link"]
PROSE_FEATURES = [*INLINE_FEATURES, "document-link", "ol", "ul", "h3", "h4"]

TAGS = {"a", "b", "br", "em", "h3", "h4", "i", "li", "ol", "p", "strong", "sub", "sup", "ul"}
ATTRIBUTES = {
    "a": {"href", "linktype", "id"},
    "h3": {"id"},
    "h4": {"id"},
    "p": {"data-block-key"},
    "li": {"data-block-key"},
}
SCHEMES = {"http", "https", "mailto", "tel"}


def clean(html: str) -> str:
    """Return html, in Wagtail's database form, without anything that rich text may not hold.

    Script and style go with their content; other unknown tags go and leave their words.
    """
    return nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)
