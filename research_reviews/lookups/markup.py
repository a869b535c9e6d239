"""Plain text out of what publishers deposit: HTML, JATS and MathML, escaped once or twice."""

from __future__ import annotations

import html
import re

from research_reviews.citations.record import line

# Names of elements in titles and abstracts: of HTML's faces, of JATS (with its prefix, or without) and of MathML.
NAMES = (
    "a|abbr|article-title|b|bold|br|cite|code|div|em|ext-link|fn|font|h[1-6]|i|italic|inline-formula|li|list|list-item|"
    "monospace|named-content|ol|p|roman|sans-serif|sc|scp|scr|script|sec|small|span|strike|strong|styled-content|style|"
    "sub|subtitle|sup|title|tt|u|ul|underline|xref|(?:jats|mml|m|xhtml|html|tei):[A-Za-z][\\w.-]*|"
    "math|m(?:row|i|o|n|sub|sup|subsup|frac|sqrt|text|over|under|style|space|fenced|table|tr|td)"
)
# What looks like none is no attribute: in “a<b and c>d” nothing is marked up.
ATTRIBUTES = r"(?:\s+[\w:.-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>]+))*\s*/?"
TAG = re.compile(rf"</?(?:{NAMES}){ATTRIBUTES}>", re.IGNORECASE)
# Where words meet when the mark between them goes.
BREAK = re.compile(
    rf"</?(?:jats:)?(?:br|p|div|li|list|list-item|h[1-6]|sec|title|subtitle){ATTRIBUTES}>", re.IGNORECASE
)
# The same formula a second time in TeX, and what never was text.
TWICE = re.compile(
    r"<(?P<name>(?:jats:)?tex-math|(?:mml:|m:)?annotation|script|style)\b[^>]*>.*?</(?P=name)>",
    re.IGNORECASE | re.DOTALL,
)
COMMENT = re.compile(r"<!--.*?-->|<!\[CDATA\[|\]\]>", re.DOTALL)
# Titles that went through two programs are escaped twice; deeper than that is no accident.
MOST_ESCAPED = 3
# Longer than any title or abstract; beyond it nothing is read.
LONGEST = 10_000


def plain(value: object) -> str:
    """Return what a value says, as one line of plain text; empty for what is no text or number."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = str(value)[:LONGEST]
    for _round in range(MOST_ESCAPED):
        text = without_tags(text)
        unescaped = html.unescape(text)
        if unescaped == text:
            break
        text = unescaped
    return line(without_tags(text).replace("\u00ad", "").replace("\u200b", ""))


def without_tags(text: str) -> str:
    """Return text without the elements that publishers use. A “<” that begins none stays: it is less than something."""
    return TAG.sub("", BREAK.sub(" ", TWICE.sub("", COMMENT.sub("", text))))
