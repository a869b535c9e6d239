"""BibTeX, for LaTeX: `@online` is of biblatex, the other types are read by both."""

from __future__ import annotations

import re
from collections.abc import Iterator

from research_reviews.citations.record import CitationRecord, Creator, Kind

MEDIA_TYPE = "application/x-bibtex"
TYPES = {
    Kind.POST: "online",
    Kind.ARTICLE: "article",
    Kind.REPORT: "techreport",
    Kind.BOOK: "book",
    Kind.DOCUMENT: "misc",
}
CONTAINERS = {
    Kind.POST: "organization",
    Kind.ARTICLE: "journal",
    Kind.REPORT: "series",
    Kind.BOOK: "series",
    Kind.DOCUMENT: "howpublished",
}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# BibTeX counts braces whether or not a backslash stands before them, so they need names as well.
SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "$": r"\$",
    "%": r"\%",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    "`": r"\textasciigrave{}",
}
# Two of these in a row would become a dash or a quote mark.
LIGATURES = re.compile(r"(?<=([-',]))(?=\1)")
# What ends a name or the list of names where it stands outside of braces.
NAME_BREAKS = re.compile(r",|(?:^|\s)and(?:\s|$)|^others$", re.IGNORECASE)


def write(record: CitationRecord) -> str:
    """Return the work as a BibTeX file. Letters of every script stay as they are: it is read as UTF-8."""
    lines = [f"  {field} = {value}" for field, value in fields(record)]
    return f"@{TYPES[record.kind]}{{{record.key},\n" + ",\n".join(lines) + "\n}\n"


def fields(record: CitationRecord) -> Iterator[tuple[str, str]]:
    """Yield each field that there is something to say in, with its value in braces."""
    texts = {
        "title": protected(record.title),
        "author": " and ".join(map(name, record.creators)),
        CONTAINERS[record.kind]: escape(record.container),
        "institution" if record.kind is Kind.REPORT else "publisher": escape(record.publisher),
        "volume": escape(record.volume),
        "number": escape(record.issue),
        "pages": re.sub("[-\u2010-\u2015\u2212]+", "--", escape(record.pages)),
        "doi": verbatim(record.doi),
        "url": verbatim(record.url),
        "urldate": record.accessed.iso if record.accessed else "",
        "abstract": escape(record.abstract),
        "note": escape(record.note),
    }
    yield from ((field, f"{{{text}}}") for field, text in texts.items() if text)
    yield from dates(record)


def dates(record: CitationRecord) -> Iterator[tuple[str, str]]:
    """Yield the date: as biblatex has it where only biblatex reads the type, else as both have it."""
    issued = record.issued
    if not issued:
        return
    if record.kind is Kind.POST:
        yield "date", f"{{{issued.iso}}}"
        return
    yield "year", f"{{{issued.year}}}"
    if issued.month:
        yield "month", MONTHS[issued.month - 1]
    if issued.day:
        yield "day", f"{{{issued.day}}}"


def name(creator: Creator) -> str:
    """Return a name as family name, comma, given name; one that must stay whole in braces of its own.

    BibTeX itself takes words in lower case before the family name for a particle.
    """
    if creator.is_whole or not creator.given:
        return f"{{{escape(creator.name if creator.is_whole else creator.family)}}}"
    return f"{name_part(creator.family)}, {name_part(creator.given)}"


def name_part(part: str) -> str:
    """Return a part of a name; in braces where programs would look for names or particles in what LaTeX reads."""
    escaped = escape(part)
    return f"{{{escaped}}}" if escaped != part or NAME_BREAKS.search(part) else part


def protected(title: str) -> str:
    """Return a title whose names and abbreviations no style turns into lower case."""
    words = title.split(" ")
    return " ".join(
        f"{{{escape(word)}}}" if any(map(str.isupper, word if place else word[1:])) else escape(word)
        for place, word in enumerate(words)
    )


def escape(text: str) -> str:
    """Return text with nothing left in it that means something to LaTeX."""
    return "".join(SPECIAL.get(letter, letter) for letter in LIGATURES.sub("\0", text)).replace("\0", "{}")


def verbatim(address: str) -> str:
    """Return a DOI or an address, which is not read as LaTeX, without what would end the field."""
    return address.replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D")
