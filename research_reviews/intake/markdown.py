"""Markdown becomes nodes by way of the HTML that it stands for (CommonMark, with tables and struck text)."""

from __future__ import annotations

import re
from dataclasses import replace

from markdown_it import MarkdownIt

from research_reviews.intake import html
from research_reviews.intake.inline import marked_up
from research_reviews.intake.nodes import Document

FRONT_MATTER = re.compile(r"\A---\n(?P<fields>(?:[^\n]*\n){1,60}?)(?:---|\.\.\.)\n")
FIELD = re.compile(r"^(title|summary|description|excerpt)\s*:\s*(.+)$", re.IGNORECASE | re.MULTILINE)
# Beyond this the parser nests what only a hostile text nests.
PARSER = MarkdownIt("commonmark", {"html": True, "maxNesting": 40}).enable(["table", "strikethrough"])


def read(source: str) -> Document:
    """Return Markdown as a document. Of a head between two lines of dashes, the title and the summary are taken."""
    matter = FRONT_MATTER.match(source)
    fields = {}
    if matter:
        fields = {name.lower(): said.strip().strip("\"'") for name, said in FIELD.findall(matter["fields"])}
        source = source[matter.end() :]
    document = html.read(PARSER.render(source))
    summary = fields.get("summary") or fields.get("description") or fields.get("excerpt") or ""
    return replace(document, title=fields.get("title", ""), summary=marked_up(summary), is_page=False)
