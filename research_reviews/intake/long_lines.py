"""A line too long for a label, broken in two where its reader would pause: the label, and the text that goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from research_reviews.intake.inline import BREAK, TAG, plain

LONGEST_LABEL = 200
FEWEST_LETTERS = 20
GAP = re.compile(r"(?:\s|<[^>]*>)+")
SENTENCE_END = re.compile(r"(?P<word>\S*?)(?P<stop>[.!?…]+)[\"”“’»)\]]*$")
# A full stop ends no sentence behind one of these, a letter, a number of one or two figures, a word with a stop in it.
SHORTENED = re.compile(
    r"\W*(?:dr|mr|mrs|ms|prof|st|nr|vs|al|cf|fig|approx|ca|vol|pp|ed|eds|dept|etc|inc|bzw|vgl|ggf|usw|mme|sr|sra|"
    r"[^\W\d_]|\d{1,2}|.*\w\.\w+)",
    re.IGNORECASE,
)
PAUSE = re.compile(r"[:;]$|\s[–—-]$")
DASH = re.compile(r"\s[–—-]\s")
# Words that begin a clause wherever they stand, and those that begin one behind a comma.
JOINT = re.compile(
    r"(?:because|although|whereas|while|unless|weil|obwohl|während|parce que|alors que|bien que|porque|aunque|"
    r"mientras|omdat|hoewel|terwijl|oherwydd|er bod)\b",
    re.IGNORECASE,
)
CLAUSE = re.compile(
    r"(?:and|but|or|so|as|since|though|which|who|when|where|if|und|aber|oder|sodass|dass|wenn|et|mais|ou|qui|dont|"
    r"quand|y|pero|que|cuando|en|maar|of|dat|als|ond|neu)\b",
    re.IGNORECASE,
)
MARKS = " .:;,–—-"


@dataclass(frozen=True)
class Gap:
    """A place where a line may be broken: what is said before, where the rest begins and with which words."""

    said: str
    rest: int
    next_words: str
    is_line_break: bool

    @property
    def ends_sentence(self) -> bool:
        """Whether a sentence ends here."""
        end = SENTENCE_END.search(self.said[-60:])
        if end is None or self.next_words[:1].islower():
            return False
        return end["stop"] != "." or not SHORTENED.fullmatch(end["word"])

    @property
    def begins_clause(self) -> bool:
        """Whether a clause begins here."""
        return bool(JOINT.match(self.next_words) or (self.said[-1] == "," and CLAUSE.match(self.next_words)))


def broken(html: str) -> tuple[str, str]:
    """Return the beginning of a line as a label, and the rest as inline HTML; a line that nothing breaks as a label.

    The first sentence is the label where it fits; else what stands before a colon, a semicolon or a dash; else before a
    clause or a comma, and then an ellipsis on both sides says that the sentence goes on.
    """
    text = plain(html)
    gaps = list(gaps_of(html)) if len(text) > LONGEST_LABEL else []
    later = [gap for gap in gaps if len(gap.said) >= FEWEST_LETTERS]
    # Two dashes hold a remark between them.
    pauses = ":;–—-" if len(DASH.findall(text)) == 1 else ":;"
    stops = [gap for gap in gaps if gap.is_line_break or gap.ends_sentence] or [
        gap for gap in later if PAUSE.search(gap.said) and gap.said[-1] in pauses
    ]
    if stops:
        return stops[0].said.rstrip(MARKS), rest_of(html, stops[0])
    if joints := [gap for gap in later if gap.begins_clause] or [gap for gap in later if gap.said[-1] == ","]:
        return f"{joints[-1].said.rstrip(MARKS)}…", f"… {rest_of(html, joints[-1])}"
    return text.strip().rstrip(" ;,."), ""


def gaps_of(html: str) -> Iterator[Gap]:
    """Yield the places before which a label holds everything, but for those within brackets or quotes."""
    said, at = "", 0
    for gap in GAP.finditer(html):
        said += unescape(html[at : gap.start()])
        at = gap.end()
        if len(said) >= LONGEST_LABEL:
            return
        is_line_break = BREAK.search(gap[0]) is not None
        if is_line_break or TAG.sub("", gap[0]):
            line = " ".join(said.split())
            if line.strip(MARKS) and is_closed(line):
                yield Gap(line, at, html[at : at + 20], is_line_break)
            said = f"{said} "


def is_closed(said: str) -> bool:
    """Whether every bracket and every quote that a text opens is closed in it."""
    quote_marks = sum(said.count(mark) for mark in '"“”„«»')
    return quote_marks % 2 == 0 and said.count("(") == said.count(")") and said.count("[") == said.count("]")


def rest_of(html: str, gap: Gap) -> str:
    """Return what follows a gap, with the tags that are open there."""
    tags: list[str] = []
    for tag in TAG.findall(html[: gap.rest]):
        if tag.startswith("</"):
            del tags[-1:]
        elif not BREAK.fullmatch(tag):
            tags.append(tag)
    return "".join(tags) + html[gap.rest :]
