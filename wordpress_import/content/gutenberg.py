"""The block editor's markup as HTML. Blocks are comments round HTML: <!-- wp:name {json} --> … <!-- /wp:name -->.

The grammar: https://developer.wordpress.org/block-editor/explanations/architecture/key-concepts/ . Most blocks hold
their own HTML, which stays; those that do not are in the registry. Whatever is wrong in the comments, the HTML between
them is kept.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from wordpress_import.content.paragraphs import with_paragraphs
from wordpress_import.content.registry import BLOCKS, Block, BlockRule
from wordpress_import.content.work import Work

OPENING = re.compile(
    r"<!--\s*+(?P<slash>/?)wp:(?P<name>[a-z][a-z0-9_-]*+(?:/[a-z][a-z0-9_-]*+)?)(?=[\s/{]|-->|$)", re.IGNORECASE
)
# Their own HTML says all. Those of WordPress itself are named without core/.
PLAIN = frozenset(
    (
        *("paragraph", "heading", "list", "list-item", "quote", "pullquote", "table", "columns", "column", "group"),
        *("row", "stack", "cover", "media-text", "buttons", "button", "code", "preformatted", "html", "missing"),
        *("details", "text-columns", "subhead", "section", "post-content", "accordion", "accordion-item"),
        *("accordion-heading", "accordion-panel", "jetpack/markdown", "jetpack/layout-grid"),
        "jetpack/layout-grid-column",
    )
)
# What WordPress fills in when the page is asked for: nothing of it is in an export.
DYNAMIC = frozenset(
    (
        *("archives", "avatar", "calendar", "categories", "comments", "home-link", "latest-comments", "latest-posts"),
        *("loginout", "navigation", "page-list", "pattern", "post-author", "post-comments-form", "post-date"),
        *("post-excerpt", "post-featured-image", "post-navigation-link", "post-terms", "post-title", "query"),
        *("read-more", "rss", "search", "site-logo", "site-tagline", "site-title", "social-link", "tag-cloud"),
        *("template-part", "term-description"),
    )
)
DEEPEST_RENDERED = 30
LONGER_TRIES = 3


@dataclass
class Frame:
    """A block that is open. Its parts are its parent's own list where nothing has to be done with them."""

    name: str
    parts: list[str]
    attributes: dict[str, Any] = field(default_factory=dict)
    source: str = ""
    rule: BlockRule | None = None
    is_unknown: bool = False
    filled: int = 0


@dataclass(frozen=True)
class Delimiter:
    """A comment that opens or closes a block, and where it ends."""

    name: str
    end: int
    attributes: dict[str, Any]
    is_closing: bool
    is_single: bool


class Renderer:
    """Renders blocks in one pass, without recursion, however deep they are nested."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.parts: list[str] = []
        self.frames: list[Frame] = []
        self.open: Counter[str] = Counter()
        self.rendered = 0
        # How many pieces that are not blank were written: by it a block without content is known.
        self.filled = 0

    def render(self, source: str) -> str:
        """Return the HTML of blocks."""
        position, last = 0, source.rfind("-->")
        while match := OPENING.search(source, position):
            self.text(source[position : match.start()])
            delimiter = delimiter_of(source, match, last, self.work)
            position = delimiter.end
            if delimiter.is_closing:
                self.close(delimiter.name)
            else:
                self.begin(delimiter, source[match.start() : position])
        self.text(source[position:])
        if self.frames:
            self.work.problem(_("A block is not closed; what follows was taken for its content."))
        while self.frames:
            self.finish()
        return "".join(self.parts)

    def text(self, html: str) -> None:
        """Take in what stands between comments. Outside all blocks it follows the classic editor's rule."""
        is_filled = bool(html.strip())
        self.filled += is_filled
        if self.frames:
            self.frames[-1].parts.append(html)
        else:
            made = with_paragraphs(self.work.expand(html), self.work) if is_filled else ""
            self.parts += [made, "\n"]

    def begin(self, delimiter: Delimiter, source: str) -> None:
        """Open a block."""
        name = delimiter.name
        outer = self.frames[-1].parts if self.frames else self.parts
        rule = rule_for(name) if self.rendered < DEEPEST_RENDERED else None
        is_unknown = rule is None and name.removeprefix("core/") not in PLAIN and rule_for(name) is None
        parts = [] if rule else outer
        self.rendered += rule is not None
        self.frames.append(Frame(name, parts, delimiter.attributes, source, rule, is_unknown, self.filled))
        self.open[name] += 1
        if delimiter.is_single:
            self.finish()

    def close(self, name: str) -> None:
        """Close a block, and those within it that nobody closed."""
        if not self.open[name]:
            self.work.problem(_("A block is closed that was never opened."))
            return
        if self.frames[-1].name != name:
            self.work.problem(_("A block is not closed; what follows was taken for its content."))
        while self.frames[-1].name != name:
            self.finish()
        self.finish()

    def finish(self) -> None:
        """Render the innermost block into the one around it."""
        frame = self.frames.pop()
        self.open[frame.name] -= 1
        outer = self.frames[-1].parts if self.frames else self.parts
        if frame.rule:
            self.rendered -= 1
            block = Block(frame.name, frame.attributes, "".join(frame.parts), frame.source)
            outer.append(frame.rule(block, self.work))
            self.filled += 1
        elif frame.is_unknown:
            self.unknown(frame)

    def unknown(self, frame: Frame) -> None:
        """Count a block that nobody knows, and keep it for editors to see where it holds no HTML of its own."""
        self.work.unknown[frame.name] += 1
        if self.filled == frame.filled and frame.name.removeprefix("core/") not in DYNAMIC:
            frame.parts.append(f"<p>{self.work.keep(frame.source, frame.name)}</p>")
            self.filled += 1


def rule_for(name: str) -> BlockRule | None:
    """Return how a block is rendered; None where its own HTML says all or nobody knows it."""
    return BLOCKS["core/embed"] if name.startswith("core-embed/") else BLOCKS.get(name)


def delimiter_of(source: str, match: re.Match[str], last: int, work: Work) -> Delimiter:
    """Return the comment that begins with the match; the last of all comments ends at `last`.

    Attributes that cannot be read are reported and left out.
    """
    name = match["name"].lower()
    name = name if "/" in name else f"core/{name}"
    is_closing = bool(match["slash"])
    start = match.end()
    end = source.find("-->", start) if start < last else -1
    if end < 0:
        work.problem(_("A block's comment is cut off."))
        return Delimiter(name, start, {}, is_closing, is_single=True)
    # Comments of careless tools hold the arrow within their attributes.
    for _try in range(LONGER_TRIES):
        said = source[start:end].strip()
        attributes = attributes_of(said.removesuffix("/"))
        if attributes is not None:
            return Delimiter(name, end + 3, attributes, is_closing, said.endswith("/"))
        longer = source.find("-->", end + 3, end + 3000)
        if longer < 0 or "<!--" in source[end:longer]:
            break
        end = longer
    end = source.find("-->", start)
    work.problem(_("The attributes of a block cannot be read: %(name)s.") % {"name": name})
    return Delimiter(name, end + 3, {}, is_closing, source[start:end].rstrip().endswith("/"))


def attributes_of(said: str) -> dict[str, Any] | None:
    """Return the attributes of a block; None where they cannot be read."""
    if not said.strip():
        return {}
    try:
        attributes = json.loads(said)
    except (ValueError, RecursionError):
        return None
    return attributes if isinstance(attributes, dict) else None
