"""Reference files as programs write them, and as they arrive."""

from __future__ import annotations

import pytest

from research_reviews.lookups.record import AuthorRecord
from research_reviews.lookups.references import Unreadable, read_references
from tests.research_reviews.lookups.registries import DATA, DOI


def test_a_ris_file_is_read_in_both_its_dialects() -> None:
    article, report = read_references((DATA / "reference.ris").read_bytes())

    assert (article.title, article.doi, article.pages) == ("Peer support on the wing", DOI, "201–238")
    assert (article.publication_year, article.publication_month, article.publication_day) == (2023, 5, 25)
    assert article.url == ""
    assert article.authors == (
        AuthorRecord("Ada Example", "Ada", "Example"),
        AuthorRecord("Bela Muñoz Sample", "Bela", "Muñoz Sample"),
        AuthorRecord("Ministry of Examples", is_organisation=True),
    )
    assert (report.title, report.publication_year, report.url) == ("Letters home", 2024, "https://example.org/letters")
    assert report.sources["title"] == "RIS"


def test_a_bibtex_file_is_read_with_its_accents_macros_and_orders_of_names() -> None:
    (entry,) = read_references((DATA / "reference.bib").read_bytes())

    assert entry.title == "Peer support on the wing: Über cafés & DNA"
    assert (entry.container, entry.volume, entry.issue) == ("Journal of Invented Prison Studies", "12", "3")
    assert (entry.pages, entry.publication_year, entry.publication_month) == ("201–238", 2023, 5)
    assert (entry.doi, entry.url) == ("10.5555/wing_2023.014", "https://example.org/a_b%20c")
    assert entry.authors == (
        AuthorRecord("Józef Müller", "Józef", "Müller"),
        AuthorRecord("The Wing Study Group", is_organisation=True),
        AuthorRecord("Ada van der Berg", "Ada", "van der Berg"),
        AuthorRecord("Bela Sample Jr", "Bela", "Sample"),
    )


def test_csl_json_is_read_as_a_list_alone_or_among_items() -> None:
    text = (DATA / "reference.json").read_text()

    (item,) = read_references(text)

    assert (item.doi, item.volume, item.publication_month) == (DOI, "12", 5)
    assert item.authors == (
        AuthorRecord("Ada van der Berg", "Ada", "van der Berg", "0000-0002-1694-233X"),
        AuthorRecord("The Wing Study Group", is_organisation=True),
    )
    assert read_references(text.strip()[1:-1]) == [item]
    assert read_references(f'{{"items": {text}}}') == [item]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_of_other_machines_are_read(encoding: str, ending: str) -> None:
    text = "An export\nTY  - JOUR\nTI  - Über Gefängnisse\nER  - \n".replace("\n", ending)

    (record,) = read_references(text.encode(encoding))

    assert record.title == "Über Gefängnisse"


@pytest.mark.parametrize(
    "content",
    [
        *("", "   ", "a text", "[", "{}", "[]", "null", "@article{", "@", "TY  - JOUR", "TY  - JOUR\nER  - \n"),
        *("[" * 100_000, "{" * 100_000, "@article{a,title={" * 2000, '{"title": {"a": 1}}', '[null, 7, "x"]'),
        *(b"\xff\xfe\x00", b"\x00" * 100, b"PK\x03\x04" + bytes(range(256)), "x" * (2 * 1024 * 1024 + 1)),
    ],
)
def test_what_is_no_reference_gets_a_sentence(content: str | bytes) -> None:
    with pytest.raises(Unreadable) as failure:
        read_references(content)
    assert str(failure.value).endswith(".")


def test_latex_that_reaches_for_files_gets_none() -> None:
    (entry,) = read_references(r"@misc{a, title = {Before \input{/etc/passwd} after}, year = 2023}")

    assert entry.title == "Before after"


def test_a_large_library_is_read_at_its_beginning() -> None:
    entry = "TY  - JOUR\nTI  - Title\nER  - \n"

    assert len(read_references(entry * 5000)) == 200
