"""What the site sends is valid, its headings make an outline and its links lead somewhere."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest

from tests.browser import nu
from tests.browser.crawl import Answer, crawl, fetch, fragment, is_within
from tests.browser.demo_pages import PAGES

# What leads away from the site, and is counted.
SPONSORS = "/sponsors/visit/"

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def answers(demo_site: str) -> dict[str, Answer]:
    """Everything that links lead to from the demo's pages."""
    return crawl(demo_site, *(page.path for page in PAGES))


@pytest.fixture(scope="module")
def pages(answers: dict[str, Answer]) -> list[Answer]:
    """The answers that are pages."""
    return [answer for answer in answers.values() if answer.content_type.startswith("text/html")]


def test_the_nu_validator_finds_no_error_in_any_page_or_stylesheet(
    pages: list[Answer], demo_site: str, tmp_path: Path, nu_validator: None
) -> None:
    sheets = {
        urljoin(page.address, str(link["href"]))
        for page in pages
        for link in page.document.select("link[rel=stylesheet]")
    }
    for number, page in enumerate(pages):
        name = urlsplit(page.address).path.strip("/").replace("/", "_") or "home"
        (tmp_path / f"{name}-{number}.html").write_bytes(page.body)
    for number, sheet in enumerate(sorted(sheets)):
        (tmp_path / f"sheet-{number}.css").write_bytes(fetch(sheet).body)

    assert sheets
    assert nu.errors(tmp_path) == []


def test_each_page_has_one_first_heading_and_skips_no_level(pages: list[Answer]) -> None:
    for page in pages:
        levels = [int(heading.name[1]) for heading in page.headings]

        assert levels.count(1) == 1, page.address
        assert levels[0] == 1, page.address
        assert [(above, below) for above, below in pairwise(levels) if below > above + 1] == [], page.address


def test_each_link_within_the_site_leads_to_a_page(answers: dict[str, Answer]) -> None:
    expected = {page.path: page.status for page in PAGES}
    wrong = {
        address: answer.status
        for address, answer in answers.items()
        if answer.status != expected.get(urlsplit(address).path, 302 if SPONSORS in address else 200)
    }

    assert wrong == {}
    assert len(answers) > len(PAGES)


def test_each_link_to_a_place_on_a_page_finds_it(answers: dict[str, Answer], demo_site: str) -> None:
    lost = {
        f"{link} on {answer.address}"
        for answer in answers.values()
        for link in answer.links
        if is_within(demo_site, link) and fragment(link) and fragment(link) not in answers[urldefrag(link).url].anchors
    }

    assert lost == set()
