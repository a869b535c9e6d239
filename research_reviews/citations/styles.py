"""References in the six styles that our readers are asked for, written by citeproc-py from the official CSL files.

citeproc-py 0.11 differs from the CSL specification in a few places. What is done about each stands at `adapted`,
`prepared` and `finished`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc.source.json import CiteProcJSON
from lxml import etree

from research_reviews.citations import csl_json
from research_reviews.citations.record import CitationRecord, Creator, Kind

FOLDER = Path(__file__).parent / "csl"
CSL = {"csl": "http://purl.org/net/xbiblio/csl"}
# Stand for markup until the text is escaped: a record holds no control characters.
ITALIC, ROMAN, OPEN, CLOSE = "\x01\x02\x03\x04"
MOST_REFERENCES = 4_000


@dataclass(frozen=True)
class Style:
    """A style, its file, and what citeproc leaves to whoever calls it."""

    name: str
    edition: str
    file: str
    locale: str = "en-US"
    # Whether given names become initials.
    has_initials: bool = True
    # Which letters of a title become capitals besides those that the file sees to.
    capitals: re.Pattern[str] | None = None
    # What APA and MLA leave out where the publisher is the only author.
    left_out: str = ""
    # What stands between the first and the last page, where it is not the dash of the language.
    page_dash: str = ""


# APA begins a subtitle with a capital letter.
SUBTITLE = re.compile(r"(?<=[:?!] )\w")
# In headline case a word is one behind a quote mark too.
QUOTED = re.compile(r"(?<=[“‘\"(\[])\w")

STYLES = (
    Style("APA", "7th edition", "apa", capitals=SUBTITLE, left_out="publisher"),
    Style("Harvard", "Cite Them Right, 12th edition", "harvard-cite-them-right", "en-GB"),
    Style("Vancouver", "NLM, 2nd edition", "nlm-citation-sequence", page_dash="-"),
    Style("Chicago", "18th edition, author–date", "chicago-author-date", has_initials=False, capitals=QUOTED),
    Style("MLA", "9th edition", "modern-language-association", has_initials=False, capitals=QUOTED, left_out="author"),
    Style("OSCOLA", "4th edition", "oscola", "en-GB", capitals=QUOTED),
)


@lru_cache(MOST_REFERENCES)
def cite(record: CitationRecord, style: Style) -> str:
    """Return the reference to the work as HTML: escaped, with italics."""
    # citeproc writes into a parsed style while it renders: another reference would come out differently.
    parsed = CitationStylesStyle(BytesIO(adapted(style)), locale=style.locale, validate=False)
    item = prepared(record, style)
    references = CitationStylesBibliography(parsed, CiteProcJSON([item]), Marks)
    references.register(Citation([CitationItem(item["id"])]))
    text = str(references.bibliography()[0])
    if "author" not in item:
        text = without_second(record.title, text)
    return finished(text, style)


@lru_cache
def adapted(style: Style) -> bytes:
    """Return the style's file with what citeproc-py does not look for where the specification puts it."""
    tree = etree.parse(FOLDER / f"{style.file}.csl")
    root = tree.getroot()
    # initialize="false" is not known: such names take their initials from the root all the same.
    if root.find(".//csl:name[@initialize='false']", CSL) is not None:
        initials = root.attrib.pop("initialize-with", "")
        for name in root.xpath(".//csl:name[not(@initialize='false' or @initialize-with)]", namespaces=CSL):
            name.set("initialize-with", initials)
    # A date in words is joined by its own delimiter and not by that of the locale.
    for delimiter in root.xpath("csl:locale/csl:date[@form='text'][1]/@delimiter", namespaces=CSL)[:1]:
        for date in root.xpath(".//csl:date[@form='text' and @variable and not(@delimiter)]", namespaces=CSL):
            date.set("delimiter", delimiter)
    # The number is that of a place in the reader's own list.
    for number in root.xpath("csl:bibliography/csl:layout/csl:text[@variable='citation-number']", namespaces=CSL):
        number.getparent().remove(number)
    if style.page_dash:
        terms = root.find("csl:locale/csl:terms", CSL)
        etree.SubElement(terms, f"{{{CSL['csl']}}}term", name="page-range-delimiter").text = style.page_dash
    return etree.tostring(tree)


def prepared(record: CitationRecord, style: Style) -> dict[str, Any]:
    """Return the work as CSL-JSON, as the style needs it, without what some styles would print besides."""
    item = csl_json.item(replace(record, abstract="", note=""))
    if record.kind is Kind.DOCUMENT:
        # A later type, of which the styles print less than there is.
        item["type"] = csl_json.TYPES[Kind.REPORT]
    if style.capitals:
        item["title"] = style.capitals.sub(lambda letter: letter[0].upper(), record.title)
    if [creator.name for creator in record.creators] == [record.publisher]:
        item.pop(style.left_out, None)
    elif style.has_initials and record.creators:
        item["author"] = list(map(with_initials, record.creators))
    return item


def with_initials(creator: Creator) -> dict[str, str]:
    """Return a name whose initials come out right: citeproc-py takes names without a capital letter for particles."""
    name = csl_json.name(creator)
    first = creator.given[:1]
    if "given" not in name or first.isupper():
        return name
    if first != first.upper():
        return {**name, "given": first.upper() + creator.given[1:]}
    # Scripts without capital letters have no initials either.
    return {"literal": creator.name}


class Marks:
    """What citeproc formats with: marks that outlive the escaping.

    The quote marks of the style become marks too, so that they can be told from those of a title.
    """

    Oblique = Bold = Light = Underline = Superscript = Subscript = SmallCaps = str

    @staticmethod
    def Italic(text: str) -> str:  # noqa: N802 (citeproc's name for it)
        """Return text in italics."""
        return f"{ITALIC}{text}{ROMAN}"

    @staticmethod
    def preformat(text: str) -> str:
        """Return a term of the language as it is; a quote mark as a mark."""
        return {"“": OPEN, "‘": OPEN, "”": CLOSE, "’": CLOSE}.get(str(text), text)


def without_second(title: str, text: str) -> str:
    """Return a reference that begins with the title, for want of an author, without the title where it belongs.

    The specification has what stands in for an author left out of the rest.
    """
    titles = re.compile(rf"([.,]? |^)[{ITALIC}{OPEN}]?{re.escape(title)}[{ROMAN}{CLOSE}]?", re.IGNORECASE)
    places = list(titles.finditer(text))
    if not title or len(places) < 2:
        return text
    before, after = text[: places[1].start()], text[places[1].end() :]
    return before + (after.removeprefix(",") if before.endswith(")") else after)


def finished(text: str, style: Style) -> str:
    """Return what citeproc wrote with what it leaves undone: marks that meet, quotes within quotes, HTML."""
    is_american = style.locale == "en-US"
    quotes = re.compile(f"{OPEN}(.*?){CLOSE}")
    text = quotes.sub(lambda title: f"{OPEN}{with_inner_quotes(title[1], is_american)}{CLOSE}", text)
    if is_american:
        text = re.sub(rf"{CLOSE}([.,])", rf"\1{CLOSE}", text)
    text = re.sub(rf"([.?!])([{ROMAN}{CLOSE}]*)\.", r"\1\2", text)
    opening, closing = "“”" if is_american else "‘’"
    html = escape(text.strip(), quote=False)
    return html.translate({1: "<i>", 2: "</i>", 3: opening, 4: closing})


def with_inner_quotes(title: str, is_american: bool) -> str:
    """Return a title that stands in quote marks with the other kind of them within."""
    if is_american:
        return title.replace("“", "‘").replace("”", "’")
    return re.sub(r"‘([^‘]*?)’(?!\w)", r"“\1”", title)
