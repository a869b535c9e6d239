"""The identifier in whatever an editor pastes."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from research_reviews.lookups.query import read_identifier


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.5555/ABC", "10.5555/abc"),
        ("  doi: 10.5555/abc. ", "10.5555/abc"),
        ("https://doi.org/10.5555/abc?x=1", "10.5555/abc"),
        ("https://dx.doi.org/10.5555%2Fabc", "10.5555/abc"),
        ("See (10.5555/abc(2)) for more", "10.5555/abc(2)"),
        ("https://publisher.example/doi/full/10.5555/abc", "10.5555/abc"),
        ("https://publisher.example/doi/pdf/10.5555/abc?download=true", "10.5555/abc"),
        ("https://publisher.example/doi/10.5555/abc/full", "10.5555/abc"),
        ("https://publisher.example/articles/10.5555/abc.2020.1/full/html", "10.5555/abc.2020.1"),
        ("https://publisher.example/content/pdf/10.5555/s1-2-3.pdf", "10.5555/s1-2-3"),
        ("https://publisher.example/a?id=10.5555/abc&type=printable", "10.5555/abc"),
        ("https://publisher.example/a?doi=10.5555%2Fabc#top", "10.5555/abc"),
        ("https://publisher.example/redirect?to=https%3A%2F%2Fdoi.org%2F10.5555%252Fabc", "10.5555/abc"),
        ("https://www.examplerxiv.org/content/10.5555/2024.02.09.1v2.full.pdf", "10.5555/2024.02.09.1"),
        ("https://publisher.example/doi/abs/10.5555/abc/", "10.5555/abc"),
        ("https://doi.org/10.5555/sici(1)1:2<3::aid>4.0.co;2-x", "10.5555/sici(1)1:2<3::aid>4.0.co;2-x"),
        ("1\u200b0.5555/abc", "10.5555/abc"),
    ],
)
def test_a_doi_is_found(text: str, doi: str) -> None:
    identifier = read_identifier(text)

    assert (identifier.kind, identifier.value) == ("doi", doi)


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("12345678", "pmid", "12345678"),
        ("PMID: 12345678", "pmid", "12345678"),
        ("pmid12345678.", "pmid", "12345678"),
        ("https://pubmed.ncbi.nlm.nih.gov/12345678/", "pmid", "12345678"),
        ("https://pubmed.ncbi.nlm.nih.gov/12345678/?dopt=Abstract", "pmid", "12345678"),
        ("https://www.ncbi.nlm.nih.gov/pubmed/12345678", "pmid", "12345678"),
        ("https://europepmc.org/article/MED/12345678", "pmid", "12345678"),
        ("PMC7000001", "pmc", "7000001"),
        ("https://pmc.ncbi.nlm.nih.gov/articles/PMC7000001/", "pmc", "7000001"),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC7000001/pdf/main.pdf", "pmc", "7000001"),
    ],
)
def test_a_number_of_pubmed_is_found(text: str, kind: str, number: str) -> None:
    identifier = read_identifier(text)

    assert (identifier.kind, identifier.value) == (kind, number)


@pytest.mark.parametrize(
    "text", ["", "   ", "a study", "https://example.org/", "10.5/abc", "10.5555/", "978-0-00-000000-0", "0", "1" * 10]
)
def test_what_is_none_gets_a_sentence(text: str) -> None:
    with pytest.raises(ValidationError):
        read_identifier(text)


def test_a_text_without_end_is_read_at_its_beginning() -> None:
    with pytest.raises(ValidationError):
        read_identifier("x" * 10_000_000)
