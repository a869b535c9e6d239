"""The state of one conversion: what was found so far, and nodes that wait for their place in the HTML.

A node that HTML cannot say (an embed, what nobody knows) is kept here, and a mark of two private characters round its
number stands for it in the HTML until that has been read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from research_reviews.intake.nodes import EmbedNode, Node, Unknown
from wordpress_import.content.contract import SiteContent
from wordpress_import.records import ItemRecord

MARK = re.compile("\uf8f0([0-9]{1,7})\uf8f1")
# Nobody writes these two, but whoever does must not reach nodes that are none of their business.
FORGED = re.compile("[\uf8f0\uf8f1]")
# Enough for any list of problems to be read.
MOST_PROBLEMS = 50
# Synced patterns within synced patterns could make gigabytes of a few lines.
MOST_BORROWED = 2_000_000


@dataclass(frozen=True)
class Slot:
    """Nodes that wait. Those that do not break a paragraph stand after it."""

    nodes: list[Node]
    breaks: bool = True


@dataclass
class Work:
    """What handlers of shortcodes, blocks and widgets read and write.

    `notes` are the footnotes of the post as HTML; `expand` turns shortcodes within a text into HTML.
    """

    item: ItemRecord
    site: SiteContent
    expand: Callable[[str], str] = str
    slots: list[Slot] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    depth: int = 0
    borrowing: list[int] = field(default_factory=list)
    borrowed: int = 0

    def slot(self, *nodes: Node, breaks: bool = True) -> str:
        """Keep the nodes and return the mark that stands for them."""
        self.slots.append(Slot(list(nodes), breaks))
        return f"\uf8f0{len(self.slots) - 1}\uf8f1"

    def embed(self, url: str, caption: str = "") -> str:
        """Return the mark of something of another site, or of a recording; nothing where it has no web address."""
        address = web_address(url, self.site.base)
        return self.slot(EmbedNode(address, caption=caption)) if address else ""

    def leave(self, source: str, name: str) -> str:
        """Count what is unknown, keep it for editors to see, and return its mark."""
        self.unknown[name] += 1
        return self.keep(source, name)

    def keep(self, source: str, name: str) -> str:
        """Return the mark of something that editors shall see as it stood."""
        return self.slot(Unknown(source, name), breaks=False)

    def note(self, html: str) -> str:
        """Take in a footnote and return its number as it stands in the text."""
        self.notes.append(html)
        return f"<sup>[{len(self.notes)}]</sup>"

    def problem(self, sentence: str) -> None:
        """Say something in the report, once."""
        if len(self.problems) < MOST_PROBLEMS and sentence not in self.problems:
            self.problems.append(sentence)

    def missing(self, wp_id: int) -> None:
        """Report a file of the old library that is not in the export."""
        self.problem(_("The file with the number %(number)d is not in the export.") % {"number": wp_id})


def web_address(url: str, base: str = "") -> str:
    """Return the address of a page or a file, whole; empty where it is none of the web."""
    url = url.strip().replace(" ", "%20")
    if url.startswith("//"):
        return "https:" + url
    if url.startswith("/") and base:
        return base.rstrip("/") + url
    return url if url.lower().startswith(("http://", "https://")) and not re.search(r"[\s<>\"]", url) else ""
