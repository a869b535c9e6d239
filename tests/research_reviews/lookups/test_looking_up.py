"""The registries together: one after another, side by side, and when some are away."""

from __future__ import annotations

import time

import pytest
from django.core.exceptions import ValidationError
from werkzeug import Response

from research_reviews.lookups.client import LookupFailed
from research_reviews.lookups.looking_up import NotFound, look_up
from tests.research_reviews.lookups.registries import DOI, Registries


def test_crossref_describes_and_unpaywall_says_where_to_read(registries: Registries) -> None:
    registries.know("crossref", DOI, "crossref-article.json")
    registries.know("unpaywall", DOI, "unpaywall-gold.json")

    record = look_up(f"https://publisher.example/doi/full/{DOI.upper()}")

    assert (record.title[:12], record.url) == ("Peer support", "https://journal.example.org/wing")
    # The version of the licence that Crossref knows is not lost to Unpaywall, which knows none.
    assert (record.licence, record.sources["licence"], record.sources["url"]) == ("CC BY 4.0", "Crossref", "Unpaywall")
    assert "datacite" not in registries.asked


def test_datacite_is_asked_where_crossref_knows_nothing(registries: Registries) -> None:
    registries.know("datacite", "10.5555/dc.report", "datacite-report.json")

    record = look_up("10.5555/DC.report")

    assert (record.title, record.sources["title"]) == ("Letters home", "DataCite")


@pytest.mark.parametrize("answer", [Response("<html>", 429), Response("", 503), Response("nonsense", 200)])
def test_datacite_is_asked_where_crossref_fails(registries: Registries, answer: Response) -> None:
    registries.know("crossref", "10.5555/dc.report", answer)
    registries.know("datacite", "10.5555/dc.report", "datacite-report.json")

    assert look_up("10.5555/dc.report").title == "Letters home"


def test_what_unpaywall_does_not_say_is_a_note_and_the_rest_still_comes(registries: Registries) -> None:
    registries.know("crossref", DOI, "crossref-article.json")
    registries.know("unpaywall", DOI, Response("<html>", 500))

    record = look_up(DOI)

    assert record.title.startswith("Peer support")
    assert record.notes == ("Unpaywall has trouble of its own (500). Try again later.",)


def test_a_pubmed_number_leads_to_its_doi(registries: Registries) -> None:
    registries.know("pubmed", "90000001", "pubmed-summary.json")
    registries.know("crossref", DOI, "crossref-article.json")

    record = look_up("PMID: 90000001")

    assert record.pmid == "90000001"
    assert record.authors[0].orcid == "0000-0002-1694-233X"
    assert registries.asked[0] == "pubmed"


def test_a_number_of_pubmed_central_does_too(registries: Registries) -> None:
    registries.know("pmc", "7000001", "pmc-summary.json")
    registries.know("crossref", DOI, "crossref-article.json")

    assert look_up("https://pmc.ncbi.nlm.nih.gov/articles/PMC7000001/").pmid == "90000001"


def test_a_study_without_doi_is_as_pubmed_has_it(registries: Registries) -> None:
    registries.know("pubmed", "90000002", "pubmed-no-doi.json")

    record = look_up("90000002")

    assert (record.title, record.publication_year, record.publication_month) == ("A study before DOIs", 1987, None)
    assert registries.asked == ["pubmed"]


def test_pubmed_is_enough_where_nobody_else_answers(registries: Registries) -> None:
    registries.know("pubmed", "90000001", "pubmed-summary.json")
    registries.know("crossref", DOI, Response("", 500))
    registries.know("datacite", DOI, Response("", 500))

    record = look_up("90000001")

    assert record.title == "Peer support on the wing"
    assert record.notes[-1].startswith("Crossref has trouble")


def test_what_nobody_knows_is_said(registries: Registries) -> None:
    registries.know("pubmed", "99999999", "pubmed-unknown.json")

    with pytest.raises(NotFound, match=r"Neither Crossref nor DataCite knows 10\.5555/nothing"):
        look_up("10.5555/nothing")
    with pytest.raises(NotFound, match="PubMed knows no PMID 99999999"):
        look_up("99999999")
    with pytest.raises(ValidationError):
        look_up("nothing")


def test_nobody_there_is_said_at_once() -> None:
    began = time.monotonic()

    with pytest.raises(LookupFailed, match=r"^Crossref cannot be asked now"):
        look_up(DOI)
    assert time.monotonic() - began < 1


def test_a_slow_crossref_is_waited_for_while_datacite_is_asked(registries: Registries) -> None:
    registries.know("crossref", DOI, "crossref-article.json", seconds=2.5)

    record = look_up(DOI)

    assert record.sources["title"] == "Crossref"
    assert "datacite" in registries.asked


def test_servers_that_never_answer_are_given_up_within_five_seconds(registries: Registries) -> None:
    for registry in ("crossref", "datacite", "unpaywall"):
        registries.know(registry, DOI, Response("", 500), seconds=7)
    began = time.monotonic()

    with pytest.raises(LookupFailed):
        look_up(DOI)
    assert time.monotonic() - began < 5


def test_a_slow_unpaywall_costs_its_own_answer_only(registries: Registries) -> None:
    registries.know("crossref", DOI, "crossref-article.json")
    registries.know("unpaywall", DOI, "unpaywall-gold.json", seconds=6)
    began = time.monotonic()

    record = look_up(DOI)

    assert record.title.startswith("Peer support")
    assert len(record.notes) == 1
    assert time.monotonic() - began < 5
