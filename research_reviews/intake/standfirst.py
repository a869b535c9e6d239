"""The one or two sentences between a title and its text."""

from __future__ import annotations

import re

from research_reviews.intake.image_credit import is_image_credit
from research_reviews.intake.inline import links, plain
from research_reviews.intake.nodes import Heading, Node, Paragraph, Picture
from research_reviews.intake.quotes import is_quoted
from research_reviews.intake.study_line import announces_study, is_study_sentence

STANDFIRST_WORDS = (4, 48)
LONGEST_STANDFIRST = 320


def is_standfirst(node: Node, after: Node) -> bool:
    """Whether a node is one or two sentences that lead into the text after it."""
    if not isinstance(node, Paragraph | Heading) or not isinstance(after, Paragraph | Picture | Heading):
        return False
    text = plain(node.html)
    fewest, most = STANDFIRST_WORDS
    if not fewest <= len(text.split()) <= most or len(text) > LONGEST_STANDFIRST or text.endswith(":"):
        return False
    if links(node.html) or "@" in text or is_quoted(text) or is_image_credit(text):
        return False
    # Where the text begins with the sentence about the study, that sentence belongs to it.
    says_date = re.search(
        r"\d{4}|\btoday\b|\b(?:study|report|research)\b.*\bpublished\b|\bpublished\b.*\b(?:study|report|research)\b",
        text,
    )
    return not (
        is_study_sentence(text)
        and (
            says_date
            or (text.endswith(".") and not (isinstance(after, Paragraph) and announces_study(plain(after.html))))
        )
    )
