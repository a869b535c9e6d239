"""Whatever a title, a name or a date holds, other programs read back what was written."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import parse_qsl

import bibtexparser
import rispy
from bibtexparser.middlewares import SeparateCoAuthors, SplitNameParts
from bibtexparser.model import Entry
from hypothesis import given, settings
from jsonschema import Draft7Validator
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from research_reviews.citations import bibtex, coins, csl_json, ris
from research_reviews.citations.record import CitationRecord, Creator, Kind
from research_reviews.citations.styles import STYLES, cite
from tests.reading import plain_text
from tests.research_reviews.works import records

SCHEMA = Draft7Validator(json.loads((Path(__file__).parents[1] / "data/csl/csl-data.json").read_text()))
# The first run of a process loads everything: no time is told for a single example.
quietly = settings(deadline=None, max_examples=30)


@quietly
@given(records)
def test_rispy_reads_back_what_was_written_as_ris(record: CitationRecord) -> None:
    (entry,) = rispy.loads(ris.write(record))
    first, last = record.page_range
    expected = {
        "type_of_reference": ris.TYPES[record.kind],
        "authors": [creator.inverted for creator in record.creators],
        "title": record.title,
        "secondary_title": record.container,
        "year": str(record.issued.year) if record.issued else "",
        "publisher": record.publisher,
        "volume": record.volume,
        "number": record.issue,
        "start_page": first,
        "end_page": last,
        "doi": record.doi,
        "urls": [record.url.replace(";", "%3B")] if record.url else [],
        "language": record.language,
        "abstract": record.abstract,
        "notes": [record.note] if record.note else [],
    }
    read = {key: value for key, value in entry.items() if key not in ("date", "access_date")}
    assert read == {key: value for key, value in expected.items() if value}
    assert [part for part in entry.get("date", "").split("/") if part] == (
        record.issued.iso.split("-") if record.issued else []
    )
    assert bool(entry.get("access_date")) == bool(record.accessed)


@quietly
@given(records)
def test_csl_json_follows_the_official_schema_and_loses_nothing(record: CitationRecord) -> None:
    written = json.loads(csl_json.write(record))
    SCHEMA.validate(written)
    (item,) = written
    assert item["title"] == record.title
    assert item["type"] == csl_json.TYPES[record.kind]
    assert "reviewed-author" not in item
    assert [name_of(author) for author in item.get("author", [])] == [
        (creator.name,) if creator.is_whole else (creator.family, creator.given) for creator in record.creators
    ]
    for field, known in (("issued", record.issued), ("accessed", record.accessed)):
        parts = item.get(field, {"date-parts": [[]]})["date-parts"][0]
        assert parts == ([part for part in (known.year, known.month, known.day) if part] if known else [])


def name_of(author: dict[str, str]) -> tuple[str, ...]:
    """Return a name of CSL-JSON: whole, or family name with its particle and given name."""
    if "literal" in author:
        return (author["literal"],)
    family = " ".join(filter(None, [author.get("non-dropping-particle"), author.get("family")]))
    return (family, author.get("given", ""))


def latex_reader() -> LatexNodes2Text:
    """Return a reader of LaTeX that knows the names of a few more characters (LaTeX2e, texmf/ltoutenc)."""
    known = get_default_latex_context_db()
    names = {
        "braceleft": "{",
        "braceright": "}",
        "less": "<",
        "greater": ">",
        "bar": "|",
        "asciigrave": "`",
        "asciicircum": "^",
    }
    macros = [MacroTextSpec(f"text{name}", letter) for name, letter in names.items()]
    known.add_context_category("characters", prepend=True, macros=macros)
    return LatexNodes2Text(latex_context=known, keep_comments=True)


LATEX = latex_reader()


def read_bibtex(text: str) -> Entry:
    """Return the one entry of a BibTeX file, with its authors in parts."""
    library = bibtexparser.parse_string(text, append_middleware=[SeparateCoAuthors(), SplitNameParts()])
    assert not library.failed_blocks
    (entry,) = library.entries
    return entry


@quietly
@given(records)
def test_bibtexparser_reads_back_what_was_written_as_bibtex(record: CitationRecord) -> None:
    entry = read_bibtex(bibtex.write(record))
    fields = {
        key: field.value if key == "author" else LATEX.latex_to_text(field.value)
        for key, field in entry.fields_dict.items()
    }
    publisher = "institution" if record.kind is Kind.REPORT else "publisher"
    assert entry.entry_type == bibtex.TYPES[record.kind]
    assert entry.key == record.key
    assert fields["title"] == record.title
    assert fields.get(bibtex.CONTAINERS[record.kind], "") == record.container
    assert fields.get(publisher, "") == record.publisher
    assert fields.get("note", "") == record.note
    assert [parts_of(name) for name in fields.get("author", [])] == list(map(expected_parts, record.creators))


def parts_of(name: object) -> tuple[str, str]:
    """Return the family name with its particle, and the given name."""
    von, last, first = (LATEX.latex_to_text(" ".join(getattr(name, part))) for part in ("von", "last", "first"))
    return " ".join(filter(None, [von, last])), first


def expected_parts(creator: Creator) -> tuple[str, str]:
    """Return what BibTeX should know of a name."""
    return (creator.name, "") if creator.is_whole else (creator.family, creator.given)


@quietly
@given(records)
def test_a_query_string_parser_reads_back_what_was_written_as_coins(record: CitationRecord) -> None:
    pairs = parse_qsl(coins.write(record), strict_parsing=True)
    _form, fixed, title, container = coins.FORMS[record.kind]
    assert pairs[2] == tuple(f"rft.{fixed}".split("="))
    values = dict(pairs)
    assert values[f"rft.{title}"] == record.title
    assert values.get(f"rft.{container}", "") == record.container
    assert values.get("rft.date", "") == (record.issued.iso if record.issued else "")
    assert [value for key, value in pairs if key in ("rft.au", "rft.aulast")] == [
        creator.name if creator.is_whole else creator.inverted for creator in record.creators
    ]


@settings(deadline=None, max_examples=8)
@given(records)
def test_every_style_takes_every_work_and_lets_no_markup_through(record: CitationRecord) -> None:
    for style in STYLES:
        reference = cite(record, style)
        assert not set("\x01\x02\x03\x04") & set(reference)
        assert plain_text(reference).strip()
        assert "<" not in reference.replace("<i>", "").replace("</i>", "")
