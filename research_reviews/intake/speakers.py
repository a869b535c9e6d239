"""Who is quoted, as the lines and brackets after a quote say it."""

from __future__ import annotations

import re

from research_reviews.intake.inline import is_wholly_italic, plain
from research_reviews.intake.nodes import Node, Paragraph

DASH = r"[—–―-]{1,2}"
WHO = (
    r"(?:participant|interviewee|respondent|prisoner|resident|patient|officer|governor|staff|"
    r"teacher|pupil|student|parent|nurse|worker|"
    r"supporter|listener|mentor|mentee|practitioner|manager|carer|mother|father|woman|man|"
    r"person|interview|focus group|professional|"
    r"commissioner|member|teilnehmer(?:in)?|befragte[rn]?|gefangener?|interviewpartner(?:in)?|"
    r"participante?|deelnemer|cyfranogwr)"
)
# In the singular: a heading may well begin with women or officers.
SPEAKER = re.compile(
    rf"(?:{DASH}\s*|\(\s*)?(?:(?:an?|one|another|the|former|serving|male|female|young|senior|"
    rf"peer|prison|probation|health|wing|lead)\s+)*{WHO}\b"
    rf"(?:\s+(?:member|{WHO}))?(?:\s*(?:no\.?\s*)?(?:\d+\w?|[A-Z]\d*)\b)?"
    r"(?:\s*[.)]?$|\s*[,;:(/–—-].{0,110}|\s+(?:in|at|from|on|of|aged|with|who)\s.{1,110})",
    re.IGNORECASE,
)
NAMED_SPEAKER = re.compile(
    r"(?:[^\W\d_a-z][\w.’'-]*\s?){1,3}(?:\s?\((?:aged )?\d{1,2}\)|,\s*(?:aged )?\d{1,2}\b.{0,60}|"
    r",\s*(?:HMP|HMYOI)\b.{0,60})"
)
BRACKETED = re.compile(r"[(\[][^()\[\]]{2,160}[)\]]\.?")
LONGEST_ATTRIBUTION = 200


def bare_attribution(text: str) -> str:
    """Return who speaks without the dash or the brackets before it."""
    bare = re.sub(rf"^\s*(?:{DASH}\s*)+", "", text.strip()).strip()
    if bare.startswith(("(", "[")) and bare.rstrip(".").endswith((")", "]")):
        bare = bare.rstrip(".")[1:-1]
    return bare.strip()


def attribution_of(node: Node | None) -> str:
    """Return who speaks, where a node after a quote says nothing else; empty otherwise."""
    if not isinstance(node, Paragraph) or len(node.html) > 2 * LONGEST_ATTRIBUTION:
        return ""
    text = plain(node.html)
    if not text or len(text) > LONGEST_ATTRIBUTION or text[:1] in '“"‘„«':
        return ""
    count = len(text.split())
    is_marked = (re.match(rf"{DASH}\s*\S", text) and count <= 25) or BRACKETED.fullmatch(text)
    is_told = SPEAKER.fullmatch(text) and count <= 12 and not re.search(r"[.!?:;]$", text)
    is_italic = is_wholly_italic(node.html) and count <= 16
    return text if is_marked or is_italic or is_told or NAMED_SPEAKER.fullmatch(text) else ""


def is_speaker(text: str) -> bool:
    """Whether a line does nothing but say who speaks: in brackets, by a word such as participant, by age or prison."""
    if BRACKETED.fullmatch(text):
        return "@" not in text
    is_told = SPEAKER.fullmatch(text) is not None and len(text.split()) <= 12
    return is_told or NAMED_SPEAKER.fullmatch(text) is not None
