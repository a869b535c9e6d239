"""What there is to cite, whatever the format."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, fields
from enum import Enum

from research_reviews.partial_date import PartialDate


class Kind(Enum):
    """What a cited work is."""

    POST = "post"
    ARTICLE = "article"
    REPORT = "report"
    BOOK = "book"
    DOCUMENT = "document"


def line(text: str) -> str:
    """Return text as one line that every format can hold: composed letters, no control characters or half surrogates.

    Formats that end a field at the end of a line cannot be broken by what is written in one.
    """
    # Nearly all texts hold nothing of that, and a harvester is sent thousands of them at once.
    return " ".join(unicodedata.normalize("NFC", text if text.isprintable() else printable(text)).split())


def printable(text: str) -> str:
    """Return text with spaces for its control characters, and without half surrogates."""
    kept = (" " if unicodedata.category(letter) == "Cc" else letter for letter in text)
    return "".join(letter for letter in kept if unicodedata.category(letter) != "Cs")


class Lines:
    """Makes every text of a dataclass a line, however it was made."""

    def __post_init__(self) -> None:
        for field in fields(self):  # type: ignore[arg-type]
            if isinstance(value := getattr(self, field.name), str):
                object.__setattr__(self, field.name, line(value))


@dataclass(frozen=True)
class Creator(Lines):
    """An author. Without a family name, as with an organisation, the name is never taken apart."""

    name: str
    family: str = ""
    given: str = ""
    is_organisation: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether the name has no parts that could change places."""
        return self.is_organisation or not self.family

    @property
    def particle(self) -> str:
        """What stands before the family name and is not sorted by: “van der” of “van der Berg”."""
        words = self.family.split(" ")
        small = next((place for place, word in enumerate(words) if not word[:1].islower()), 0)
        return " ".join(words[:small])

    @property
    def base(self) -> str:
        """The family name without its particle."""
        return self.family.removeprefix(self.particle).strip()

    @property
    def inverted(self) -> str:
        """The name as catalogues have it: family name, comma, given name.

        The comma after a whole name keeps programs from taking its last word for the family name.
        """
        if self.is_whole:
            return self.name if "," in self.name else f"{self.name},"
        return f"{self.family}, {self.given}" if self.given else f"{self.family},"


@dataclass(frozen=True)
class CitationRecord(Lines):
    """A work with all that any format says of it. Every text is one line (`line`)."""

    kind: Kind
    title: str
    creators: tuple[Creator, ...] = ()
    # The site that a post stands on, the journal of an article, the series of a report.
    container: str = ""
    publisher: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    issued: PartialDate | None = None
    doi: str = ""
    url: str = ""
    accessed: PartialDate | None = None
    language: str = ""
    abstract: str = ""
    # The words that are cited, where only a part of the work is.
    note: str = ""

    @property
    def key(self) -> str:
        """A short name of the work, as BibTeX asks for: author, year and first long word of the title, in ASCII."""
        first = self.creators[0] if self.creators else None
        author = letters(first.base or first.name.split(" ")[-1]) if first else ""
        words = [word for word in map(letters, self.title.split(" ")) if len(word) > 3]
        parts = (author, str(self.issued.year) if self.issued else "", words[0] if words else "")
        return "".join(parts) or "reference"

    @property
    def page_range(self) -> tuple[str, str]:
        """The first and the last page; only the first where there is no range."""
        first, _dash, last = re.sub("[-\u2010-\u2015\u2212]+", "-", self.pages).partition("-")
        return (first.strip(), last.strip()) if last else (self.pages, "")


def letters(text: str) -> str:
    """Return the letters and digits of text, in ASCII and lower case."""
    return re.sub("[^a-z0-9]", "", unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower())
