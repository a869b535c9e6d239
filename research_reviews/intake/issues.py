"""A line of a list becomes an issue: its label, its heading and what stands below it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from research_reviews.intake.inline import links, marked_up, plain
from research_reviews.intake.long_lines import broken
from research_reviews.intake.node_text import text_in
from research_reviews.intake.nodes import Node, Paragraph
from research_reviews.intake.parts import Part, parts_of
from research_reviews.intake.sections import IN_ISSUE
from research_reviews.intake.words import Ledger

LEAD = re.compile(
    (
        r"^\s*<(b|strong)>(?P<bold>.{3,160}?)</\1>\s*(?P<rest>.*)$|^(?P<plain>[^<>:–—]{3,90}?)\s*(?::|"
        r"\s[–—-])\s+(?P<after>.{25,})$"
    ),
    re.DOTALL,
)


@dataclass
class Issue:
    """An issue as it is being put together. Its line is what the list says: the label may be only the beginning."""

    label: str
    own_heading: str = ""
    parts: list[Part] = field(default_factory=list)
    line: str = ""

    def __post_init__(self) -> None:
        self.line = self.line or self.label


def issue_of(item: list[Node], ledger: Ledger) -> Issue:
    """Return a line of the list as an issue: a bold beginning or one before a colon is its label, the rest its text."""
    first = item[0] if item and isinstance(item[0], Paragraph) else None
    if first is None:
        return issue_of_heading(" ".join(text_in(item[:1]).split()), item[1:])
    issue, rest = issue_and_rest(first.html)
    issue.parts = parts_of([*([Paragraph(rest)] if rest else []), *item[1:]])
    if kept := [
        f'<a href="{address}">{marked_up(text)}</a>'
        for text, address in escaped_links(first.html)
        if address not in rest
    ]:
        html = f"<p>{', '.join(kept)}</p>"
        ledger.copy(plain(html))
        issue.parts.insert(0, Part("prose", html, _("The link of the line in the list.")))
    return issue


def issue_of_heading(title: str, nodes: list[Node], level: int = 2) -> Issue:
    """Return an issue that a heading names, with what stands below it."""
    label, rest = broken(marked_up(title))
    first: list[Node] = [Paragraph(rest)] if rest else []
    return Issue(label if rest else title, "", parts_of([*first, *nodes], level), title)


def escaped_links(html: str) -> list[tuple[str, str]]:
    """Return the links of a line, their addresses as an attribute holds them."""
    return [(text, address.replace("&", "&amp;").replace('"', "&quot;")) for text, address in links(html)]


def issue_and_rest(html: str) -> tuple[Issue, str]:
    """Return an issue with a line's beginning as its label, and what follows that as inline HTML."""
    lead = LEAD.match(html)
    if lead and lead["bold"] and plain(lead["rest"]).strip(" .:;,–—-"):
        return Issue(plain(lead["bold"]).strip(" .:;–—-")), lead["rest"].lstrip(" .:;–—-")
    if lead and lead["plain"] and len(plain(html)) > 60:
        return Issue(plain(lead["plain"])), lead["after"]
    label, rest = broken(html)
    return Issue(label, line=plain(html).rstrip(" ;,.")), rest


def value_of(issue: Issue) -> dict[str, Any]:
    """Return an issue as its block stores it."""
    parts = [{"type": part.type, "value": part.value} for part in issue.parts if part.type in IN_ISSUE]
    return {"label": issue.label, "own_heading": issue.own_heading, "body": parts}
