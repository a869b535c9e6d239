"""What structure.py makes of a document: everything that a review needs, as plain data.

The values of blocks are what the page's StreamFields store (research_reviews.blocks), but for what only the database
knows: a `person` is None and the name stands in `who`; `audiences` are names; an image is
`{"src", "alt", "caption", "credit", "link"}` and perhaps `credit_url`, a download `{"url", "title"}`, and a table
`{"caption", "headings", "rows", "row_headings"}` with cells of inline text. What writes pages (drafting) resolves
these.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Certainty = Literal["likely", "unsure"]
ChromeKind = Literal[
    "search", "share", "related", "comments", "sponsor", "cookies", "subscribe", "menu", "footer", "other"
]


@dataclass(frozen=True)
class StudyDraft:
    """What the text says of the study. `published` is an ISO date of year, month or day; `said` the sentence itself."""

    title: str = ""
    doi: str = ""
    url: str = ""
    published: str = ""
    said: str = ""


@dataclass(frozen=True)
class CreditDraft:
    """Somebody named, with handles by network (research_reviews.handles) and perhaps an ORCID iD and a website."""

    name: str
    descriptor: str = ""
    contribution: str = "study_author"
    handles: dict[str, str] = field(default_factory=dict)
    orcid: str = ""
    website: str = ""
    is_organisation: bool = False


@dataclass(frozen=True)
class BlockDraft:
    """A block of the body, by its name in ReviewBodyBlock."""

    type: str
    value: Any


@dataclass(frozen=True)
class ImageCredit:
    """Who made the header image, as the source says it, and where that leads."""

    text: str = ""
    url: str = ""


@dataclass(frozen=True)
class ChromeDraft:
    """What stood around the text of a saved page and was left out. `links` are pairs of text and address."""

    kind: ChromeKind
    text: str
    links: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Guess:
    """Something that was not said outright. `where` is a path into the draft, such as `study.published` or `body.3`."""

    where: str
    why: str
    certainty: Certainty = "likely"


@dataclass(frozen=True)
class WordCount:
    """What became of the source's words: in all, in the draft, in what was left out; and those that are in neither.

    `marks` are words that the draft says by its form: the number of a list's line, the name of a network before a
    handle, a heading that repeats its line in the list of issues.
    """

    total: int = 0
    in_draft: int = 0
    left_out: int = 0
    marks: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Report:
    """What an editor has to know of how the draft came about."""

    chrome: list[ChromeDraft] = field(default_factory=list)
    guesses: list[Guess] = field(default_factory=list)
    words: WordCount = field(default_factory=WordCount)


@dataclass(frozen=True)
class Draft:
    """A structured review that nobody has checked yet."""

    title: str = ""
    standfirst: str = ""
    study: StudyDraft = field(default_factory=StudyDraft)
    credits: list[CreditDraft] = field(default_factory=list)
    body: list[BlockDraft] = field(default_factory=list)
    image_credit: ImageCredit = field(default_factory=ImageCredit)
    header_image: dict[str, str] | None = None
    report: Report = field(default_factory=Report)

    def as_json(self) -> dict[str, Any]:
        """Return the draft as JSON can hold it."""
        return asdict(self)
