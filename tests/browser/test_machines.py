"""What machines read from the demo site: its structured data, and its signposts."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import extruct
import pytest
from playwright.sync_api import Browser
from signposting import Signposting, find_signposting_http, find_signposting_linkset

from tests.browser import schema_org
from tests.browser.crawl import Answer, fetch
from tests.browser.demo_pages import FLAGSHIP, PAGES
from tests.browser.readers import Reader

REVIEWS_A_PAGE = 12
Node = dict[str, Any]
PARTS = ("Claim", "Quotation", "Recommendation")
DESCRIBED = ("home", "reviews", "filtered-reviews", "topics", "topic", "flagship-review", "person", "plain-page")

# They share what the judge says: its start takes longer than its work.
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("machines")]


@pytest.fixture(scope="module")
def answers(demo_site: str) -> dict[str, Answer]:
    """Every page type of the demo, and every review that its list tells machines of, by path."""
    paths = [page.path for page in PAGES if page.name in DESCRIBED] + review_paths(demo_site)
    return {path: fetch(demo_site + path) for path in paths}


def review_paths(demo_site: str) -> list[str]:
    """Return the path of each review, as the pages of the list tell machines."""
    paths: list[str] = []
    total = 1
    while len(paths) < total:
        address = f"{demo_site}/reviews/?page={len(paths) // REVIEWS_A_PAGE + 1}"
        reviews = data_of(fetch(address))["@graph"][0]["mainEntity"]
        paths += [urlsplit(item["url"]).path for item in reviews["itemListElement"]]
        total = reviews["numberOfItems"]
    return paths


@pytest.fixture(scope="module")
def graphs(answers: dict[str, Answer]) -> dict[str, Any]:
    """The structured data of each of these pages."""
    return {path: data_of(answer) for path, answer in answers.items()}


def data_of(answer: Answer) -> Any:
    """Return the structured data of a page as extruct reads it."""
    (data,) = extruct.extract(answer.body, answer.address, syntaxes=["json-ld"], errors="strict")["json-ld"]
    return data


def a_property_of_no_type(review: Node) -> None:
    review["audienceType"] = "Prison staff"


def a_property_of_another_type_deep_inside(review: Node) -> None:
    review["itemReviewed"]["author"][0]["headline"] = "Dr"


def a_type_that_there_is_not(review: Node) -> None:
    review["itemReviewed"]["@type"] = "ScholarlyPaper"


def a_second_type_that_there_is_not(review: Node) -> None:
    review["@type"][1] = "StudyReview"


def a_truth_in_words(review: Node) -> None:
    review["isAccessibleForFree"] = "yes"


def a_node_for_a_text(review: Node) -> None:
    review["headline"] = {"@type": "Person", "name": "Ada"}


def a_node_of_a_type_that_the_property_does_not_take(review: Node) -> None:
    review["publisher"] = {"@type": "Place", "name": "London"}


WRONGS: list[Callable[[Node], None]] = [
    a_property_of_no_type,
    a_property_of_another_type_deep_inside,
    a_type_that_there_is_not,
    a_second_type_that_there_is_not,
    a_truth_in_words,
    a_node_for_a_text,
    a_node_of_a_type_that_the_property_does_not_take,
]


def made_wrong(graph: Any, change: Callable[[Node], None]) -> Any:
    """Return a copy of a review's graph with one thing wrong."""
    wrong = copy.deepcopy(graph)
    change(wrong["@graph"][0])
    return wrong


@pytest.fixture(scope="module")
def verdicts(
    graphs: dict[str, Any], tmp_path_factory: pytest.TempPathFactory, schema_types: None
) -> dict[str, list[str]]:
    """What the vocabulary has against each page of the demo, and against the flagship with one thing wrong."""
    wrongs = {wrong.__name__: made_wrong(graphs[FLAGSHIP.path], wrong) for wrong in WRONGS}
    return schema_org.errors({**graphs, **wrongs}, tmp_path_factory.mktemp("schema-org"))


def test_the_vocabulary_has_nothing_against_any_page(graphs: dict[str, Any], verdicts: dict[str, list[str]]) -> None:
    assert len(graphs) > 20
    assert {path: found for path, found in verdicts.items() if path in graphs} == {}


@pytest.mark.parametrize("wrong", WRONGS, ids=lambda wrong: wrong.__name__)
def test_the_judge_sees_what_is_wrong(wrong: Callable[[Node], None], verdicts: dict[str, list[str]]) -> None:
    assert len(verdicts[wrong.__name__]) == 1


def test_dates_addresses_and_references_are_whole(graphs: dict[str, Any]) -> None:
    malformed = {path: list(schema_org.malformed_values(data)) for path, data in graphs.items()}
    unknown = {path: schema_org.unknown_references(data["@graph"]) for path, data in graphs.items()}

    assert {path: values for path, values in malformed.items() if values} == {}
    assert {path: references for path, references in unknown.items() if references} == {}
    assert list(schema_org.malformed_values({"datePublished": "May 2025", "url": "/reviews/"})) == [
        "datePublished: May 2025",
        "url: /reviews/",
    ]


def test_each_permalink_in_the_data_leads_to_its_place(graphs: dict[str, Any], answers: dict[str, Answer]) -> None:
    parts = {
        (path, part["@id"].partition("#")[2])
        for path, data in graphs.items()
        for part in schema_org.each_node(data)
        if part.get("@type") in PARTS
    }

    assert len(parts) > 50
    assert {(path, place) for path, place in parts if place not in answers[path].anchors} == set()


def test_the_strictest_policy_lets_the_data_stand(browser: Browser, demo_site: str) -> None:
    with Reader(browser, demo_site) as reader:
        page = reader.open(FLAGSHIP.path)
        data = page.evaluate("""() => JSON.parse(document.querySelector('script[type="application/ld+json"]').text)""")

        assert data["@graph"][0]["headline"] == page.locator("h1").inner_text()
        assert reader.complaints == []


def test_every_review_has_signposts_that_lead_somewhere_and_a_link_set_that_leads_back(
    demo_site: str, graphs: dict[str, Any]
) -> None:
    reviews = [path for path, data in graphs.items() if "Review" in data["@graph"][0]["@type"]]
    assert len(reviews) > 10
    for path in reviews:
        header = find_signposting_http(demo_site + path)
        (link_set,) = header.linksets
        whole = find_signposting_linkset(here(link_set.target, demo_site))
        own = whole.for_context(header.citeAs.target)

        assert urlsplit(header.citeAs.target).path == path
        assert header.authors
        for relation in ("authors", "describedBy", "items", "types"):
            assert targets(header, relation) == targets(own, relation), relation
        for link in [*header.describedBy, *header.items]:
            answer = fetch(here(link.target, demo_site))
            back = whole.for_context(link.target)
            assert (answer.status, answer.content_type.partition(";")[0]) == (200, str(link.type)), link.target
            assert targets(back, "describes") or back.collection, link.target


def targets(signposting: Signposting, relation: str) -> set[tuple[str, str]]:
    """Return where the signposts of a relation lead, each with its media type."""
    return {(str(link.target), str(link.type)) for link in getattr(signposting, relation)}


def here(address: str, demo_site: str) -> str:
    """Return the address on the demo site as it is served now: the site itself knows the port of `make run`."""
    scheme, host = urlsplit(demo_site)[:2]
    return urlunsplit((scheme, host, *urlsplit(address)[2:]))
