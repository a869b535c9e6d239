"""A line of a list becomes an issue: its label, its heading and what stands below it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from research_reviews.intake.inline import links, marked_up, plain
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
LONGEST_LABEL = 200


@dataclass
class Issue:
    """An issue as it is being put together."""

    label: str
    own_heading: str = ""
    parts: list[Part] = field(default_factory=list)


def issue_of(item: list[Node], ledger: Ledger) -> Issue:
    """Return a line of the list as an issue: a bold beginning or one before a colon is its label, the rest its text."""
    first = item[0] if item and isinstance(item[0], Paragraph) else None
    if first is None:
        return Issue(" ".join(text_in(item[:1]).split()), "", parts_of(item[1:]))
    label, rest = label_and_rest(first.html)
    parts = parts_of([*([Paragraph(rest)] if rest else []), *item[1:]])
    if kept := [
        f'<a href="{address}">{marked_up(text)}</a>'
        for text, address in escaped_links(first.html)
        if address not in rest
    ]:
        html = f"<p>{', '.join(kept)}</p>"
        ledger.copy(plain(html))
        parts.insert(0, Part("prose", html, _("The link of the line in the list.")))
    return Issue(label, "", parts)


def escaped_links(html: str) -> list[tuple[str, str]]:
    """Return the links of a line, their addresses as an attribute holds them."""
    return [(text, address.replace("&", "&amp;").replace('"', "&quot;")) for text, address in links(html)]


def label_and_rest(html: str) -> tuple[str, str]:
    """Return the label of a line as plain text, and what follows it as inline HTML."""
    lead = LEAD.match(html)
    if lead and lead["bold"] and plain(lead["rest"]).strip(" .:;,–—-"):
        return plain(lead["bold"]).strip(" .:;–—-"), lead["rest"].lstrip(" .:;–—-")
    if lead and lead["plain"] and len(plain(html)) > 60:
        return plain(lead["plain"]), lead["after"]
    text = plain(html)
    if len(text) > LONGEST_LABEL and "<" not in html and (end := re.search(r"[.!?;]\s+", html[20:LONGEST_LABEL])):
        return plain(html[: 20 + end.start()]), html[20 + end.end() :]
    return text.strip().rstrip(" ;,."), ""


def value_of(issue: Issue) -> dict[str, Any]:
    """Return an issue as its block stores it."""
    parts = [{"type": part.type, "value": part.value} for part in issue.parts if part.type in IN_ISSUE]
    return {"label": issue.label, "own_heading": issue.own_heading, "body": parts}
