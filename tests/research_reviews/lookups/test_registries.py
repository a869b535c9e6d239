"""What Crossref, DataCite, Unpaywall and PubMed say, read into one record; and what they say when they cannot."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from werkzeug import Response

from research_reviews.lookups import crossref, datacite, pubmed, unpaywall
from research_reviews.lookups.client import LookupFailed
from research_reviews.lookups.record import AuthorRecord, FunderRecord, StudyRecord
from tests.research_reviews.lookups.registries import DATA, DOI, Registries

ROR = "https://ror.org/05a28rw58"


def work(name: str) -> StudyRecord:
    """Return a work of the recorded answers, read."""
    return crossref.read(json.loads((DATA / name).read_text())["message"])


def dates(record: StudyRecord) -> tuple[int | None, int | None, int | None]:
    """Return the date of publication."""
    return record.publication_year, record.publication_month, record.publication_day


def test_an_article_is_read_whole(registries: Registries) -> None:
    registries.know("crossref", DOI, "crossref-article.json")

    record = crossref.look_up(DOI)

    assert record is not None
    assert record.title == "Peer support on the wing: a qualitative study & its lessons"
    assert (record.container, record.publisher) == ("Journal of Invented Prison Studies", "Example University Press")
    assert (record.volume, record.issue, record.pages) == ("12", "3", "201–238")
    assert dates(record) == (2023, 5, 25)
    assert (record.doi, record.registration) == (DOI, "ISRCTN00000000")
    assert (record.access, record.licence) == ("open", "CC BY 4.0")
    assert record.authors == (
        AuthorRecord("Ada Example", "Ada", "Example", "0000-0002-1694-233X", "Example University", ROR),
        AuthorRecord("Bela Sample", "Bela", "Sample"),
        AuthorRecord("Mononym", "", "Mononym"),
        AuthorRecord("The Wing Study Group", is_organisation=True),
    )
    assert record.funders == (FunderRecord("Example Research Council", ROR, "EX/1234, EX/5678"),)
    assert set(record.sources.values()) == {"Crossref"}


def test_crossref_is_asked_politely(registries: Registries) -> None:
    crossref.look_up("10.5555/a/b?c#d")

    request = registries.requests[0]
    assert request.args["mailto"] == "reviews@example.org"
    assert "mailto:reviews@example.org" in request.headers["User-Agent"]
    assert request.path.endswith("/works/10.5555/a/b?c#d")


def test_a_work_full_of_surprises_is_read_as_far_as_it_goes() -> None:
    record = work("crossref-hostile.json")

    assert record.title == "A title that is no list of x<5"
    assert (record.container, record.publisher, record.volume, record.issue, record.pages) == (
        "",
        "",
        "7",
        "",
        "e12345",
    )
    assert dates(record) == (2022, None, None)
    assert record.licence == record.access == ""
    names = [(author.name, author.is_organisation, author.orcid) for author in record.authors]
    assert names == [("Only", False, ""), ("Bold Collective", True, ""), ("Eve O'Neil", False, "")]


@pytest.mark.parametrize(
    "value", [None, [], "text", 7, {"date-parts": None}, {"date-parts": [None]}, {"date-parts": [[0]]}]
)
@pytest.mark.parametrize(
    "name", ["issued", "author", "title", "license", "funder", "relation", "page", "clinical-trial-number"]
)
def test_no_field_of_another_kind_breaks_the_reading(name: str, value: object) -> None:
    message = json.loads((DATA / "crossref-article.json").read_text())["message"]

    assert crossref.read({**message, name: value}).doi == DOI
    assert crossref.read({name: value}).doi == ""


def test_a_preprint_says_what_it_became() -> None:
    record = work("crossref-preprint.json")

    assert (record.container, dates(record)) == ("ExampleRxiv", (2024, 2, 9))
    assert record.notes == ("This is a preprint. It was published as 10.5555/wing.2023.014: look that up instead.",)


def test_a_report_is_of_its_institution_and_its_editors() -> None:
    record = work("crossref-report.json")

    assert (record.title, record.subtitle) == ("Inspecting the invented estate", "annual findings")
    assert (record.container, record.pages, dates(record)) == ("Inspectorate of Examples", "7", (2022, 11, None))
    assert [author.name for author in record.authors] == ["Cleo Editor"]
    assert record.notes == ("No authors are named: these are its editors.",)


def test_a_chapter_is_in_a_book_and_not_in_its_series() -> None:
    record = work("crossref-chapter.json")

    assert (record.container, record.pages) == ("The Handbook of Examples", "17–49")
    assert record.authors[0].name == "Ada Example Jr"
    assert (record.authors[0].given, record.authors[0].family) == ("Ada", "Example")


def test_a_report_at_datacite_is_read_whole(registries: Registries) -> None:
    registries.know("datacite", "10.5555/dc.report", "datacite-report.json")

    record = datacite.look_up("10.5555/dc.report")

    assert record is not None
    assert (record.title, record.subtitle) == ("Letters home", "What families write")
    assert (record.container, record.volume, record.pages) == ("Research Report Series", "5", "1–64")
    assert (record.publisher, dates(record)) == ("Example Repository", (2024, 3, 2))
    assert (record.access, record.licence) == ("open", "CC BY-NC 4.0")
    assert record.authors == (
        AuthorRecord("Ada Example", "Ada", "Example", "0000-0002-1694-233X", "Example University", ROR),
        AuthorRecord("Bela Sample", "Bela", "Sample", affiliation="Old Form College"),
        AuthorRecord("Ministry of Examples, Research Unit", is_organisation=True),
    )
    assert record.funders == (FunderRecord("Example Trust", ROR, "T-1, T-2"),)


@pytest.mark.parametrize(
    ("doi", "file", "access", "licence", "url"),
    [
        (DOI, "unpaywall-gold.json", "open", "CC BY", "https://journal.example.org/wing"),
        ("10.5555/report.7", "unpaywall-bronze.json", "free", "", ""),
        ("10.5555/chapter.3", "unpaywall-closed.json", "paywalled", "", ""),
    ],
)
def test_unpaywall_says_how_it_can_be_read(
    registries: Registries, doi: str, file: str, access: str, licence: str, url: str
) -> None:
    registries.know("unpaywall", doi, file)

    record = unpaywall.look_up(doi)

    assert record is not None
    assert (record.access, record.licence, record.url) == (access, licence, url)
    assert registries.requests[0].args["email"] == "reviews@example.org"


def test_a_summary_of_pubmed_is_read_whole(registries: Registries) -> None:
    registries.know("pubmed", "90000001", "pubmed-summary.json")

    record = pubmed.look_up("90000001")

    assert record is not None
    assert (record.title, record.pages, dates(record)) == ("Peer support on the wing", "201–238", (2023, 5, 25))
    assert (record.doi, record.pmid, record.container) == (DOI, "90000001", "Journal of invented prison studies")
    assert record.authors == (
        AuthorRecord("A. B. van der Example", "A. B.", "van der Example"),
        AuthorRecord("B. Sample Jr", "B.", "Sample"),
        AuthorRecord("Wing Study Group", is_organisation=True),
    )


def test_what_no_registry_knows_is_none(registries: Registries) -> None:
    registries.know("pubmed", "99999999", "pubmed-unknown.json")

    assert crossref.look_up("10.5555/nothing") is None
    assert datacite.look_up("10.5555/nothing") is None
    assert unpaywall.look_up("10.5555/nothing") is None
    assert pubmed.look_up("99999999") is None


@pytest.mark.parametrize(
    ("answer", "message", "retry_after"),
    [
        (Response("<html>Slow down</html>", 429, {"Retry-After": "30"}, content_type="text/html"), "left alone", 30),
        (Response("", 429, {"Retry-After": "soon"}), "left alone", None),
        (Response("", 429, {"Retry-After": "99999999"}), "left alone", 86_400),
        (Response("<html>", 503, {"Retry-After": "5"}), "trouble of its own", 5),
        (Response("<html>", 200, content_type="text/html"), "cannot be read", None),
        (Response("[" * 100_000, 200), "cannot be read", None),
        (Response(b"\xff\xfe\x00", 200), "cannot be read", None),
    ],
)
def test_trouble_at_a_registry_is_a_sentence(
    registries: Registries, answer: Response, message: str, retry_after: float | None
) -> None:
    registries.know("crossref", DOI, answer)

    with pytest.raises(LookupFailed, match=f"^Crossref .*{message}") as failure:
        crossref.look_up(DOI)
    assert failure.value.retry_after == retry_after


def test_a_registry_may_name_the_time_to_come_back(registries: Registries) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=90))
    registries.know("crossref", DOI, Response("", 429, {"Retry-After": later}))

    with pytest.raises(LookupFailed) as failure:
        crossref.look_up(DOI)
    assert failure.value.retry_after == pytest.approx(90, abs=3)


def test_an_answer_that_is_no_work_is_none(registries: Registries) -> None:
    for body in ("null", "[]", '{"message": null}', '{"message": {"items": []}}', '"text"'):
        registries.know("crossref", DOI, Response(body, 200))
        assert crossref.look_up(DOI) is None


def test_long_texts_are_cut_to_what_their_fields_hold() -> None:
    record = StudyRecord(title="word " * 200, doi="10.5555/" + "a" * 300, container="c" * 400)

    values = record.values()

    assert len(values["title"]) <= 500
    assert values["title"].endswith("word…")
    assert "doi" not in values
    assert len(values["container"]) == 300


def test_titles_without_end_do_not_hold_anybody_up() -> None:
    began = time.monotonic()
    for text in ("<style" * 100_000, "<a " * 100_000, "&amp;" * 100_000, "<!--" * 100_000, "<a x=" + "'" * 100_000):
        crossref.read({"title": [text], "DOI": DOI})
    assert time.monotonic() - began < 2
