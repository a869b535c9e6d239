"""Signposts in headers and link sets, as the package of FAIR Signposting reads them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.cache import caches
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Site

from research_reviews.models import ReviewPage
from syndication.models import SyndicationSettings
from syndication.signposting import LONGEST_HEADER
from tests.factories import (
    DocumentFactory,
    PersonFactory,
    ReviewPageFactory,
    StandardPageFactory,
    TopicPageFactory,
    review_index,
    stream,
    topic_index,
)
from tests.factories.blocks import block, credit
from tests.research_reviews.test_hidden_reviews import HIDDEN
from tests.syndication.graphs import SITE, signposts

pytestmark = pytest.mark.django_db

ORCID = "0000-0002-1825-0097"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def review_with_everything() -> ReviewPage:
    """A review by one author with an ORCID iD and one without, with a download, on a site with a licence."""
    SyndicationSettings.objects.create(site=Site.objects.get(), licence_url=LICENCE)
    authors = [PersonFactory(orcid=ORCID), PersonFactory(slug="ben")]
    download = block("download", {"document": DocumentFactory(file__filename="paper.pdf").pk, "title": ""})
    return ReviewPageFactory(
        credits=stream(*(credit(author, "review_author") for author in authors)), body=stream(download, download)
    )


def link_set(address: str) -> list[dict[str, Any]]:
    """Return the contexts of the page's link set."""
    response = Client().get(f"{address}linkset.json")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/linkset+json"
    contexts: list[dict[str, Any]] = response.json()["linkset"]
    return contexts


def test_a_review_leads_machines_to_all_that_belongs_to_it() -> None:
    review = review_with_everything()
    found = signposts(review.url)
    address = f"{SITE}{review.url}"

    assert found.citeAs
    assert found.citeAs.target == address
    assert {author.target for author in found.authors} == {f"https://orcid.org/{ORCID}", f"{SITE}/people/ben/"}
    assert {(link.target, link.type) for link in found.describedBy} == {
        (f"{address}cite/review.ris", "application/x-research-info-systems"),
        (f"{address}cite/review.bib", "application/x-bibtex"),
        (f"{address}cite/review.json", "application/vnd.citationstyles.csl+json"),
    }
    assert found.license
    assert found.license.target == LICENCE
    (item,) = found.items
    assert item.target.endswith(".pdf")
    assert item.target.startswith(f"{SITE}/documents/")
    assert item.type == "application/pdf"
    assert {link.target for link in found.types} == {
        f"https://schema.org/{name}" for name in ("AboutPage", "BlogPosting", "Review")
    }
    assert {(link.target, link.type) for link in found.linksets} == {
        (f"{address}linkset.json", "application/linkset+json")
    }


def test_without_licence_and_download_none_is_promised() -> None:
    found = signposts(ReviewPageFactory().url)
    assert found.license is None
    assert not found.items


def test_the_link_set_says_the_same_and_leads_back() -> None:
    review = review_with_everything()
    address = f"{SITE}{review.url}"
    header = signposts(review.url)
    (own, *others) = link_set(review.url)

    assert own["anchor"] == address
    assert {relation: {link["href"] for link in links} for relation, links in own.items() if relation != "anchor"} == {
        "cite-as": {address},
        "type": {link.target for link in header.types},
        "describedby": {link.target for link in header.describedBy},
        "license": {LICENCE},
        "author": {link.target for link in header.authors},
        "item": {link.target for link in header.items},
    }
    assert [target["type"] for target in own["describedby"]] == [
        "application/x-research-info-systems",
        "application/x-bibtex",
        "application/vnd.citationstyles.csl+json",
    ]
    page = [{"href": address, "type": "text/html"}]
    assert others == [
        *({"anchor": target["href"], "describes": page} for target in own["describedby"]),
        {"anchor": own["item"][0]["href"], "collection": page},
    ]


@pytest.mark.usefixtures("page_cache")
def test_a_question_for_the_header_alone_and_a_cached_page_have_it_too(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    review = ReviewPageFactory()
    first = Client().get(review.url)["Link"]
    with django_assert_num_queries(0):
        assert Client().get(review.url)["Link"] == first
        assert Client().head(review.url)["Link"] == first
    assert Client().head(f"{review.url}linkset.json").status_code == 200


@pytest.fixture
def page_cache(settings: LazySettings) -> None:
    """The page cache, on and empty."""
    settings.PAGE_CACHE = True
    for cache in caches.all():
        cache.clear()


def test_a_header_of_many_authors_stays_short_and_the_link_set_has_them_all() -> None:
    authors = [PersonFactory(slug=f"author-of-a-rather-long-name-{number}") for number in range(60)]
    review = ReviewPageFactory(credits=stream(*(credit(author, "review_author") for author in authors)))
    found = signposts(review.url)

    assert len(Client().get(review.url)["Link"]) <= LONGEST_HEADER
    assert found.citeAs
    assert found.linksets
    assert found.describedBy
    assert not found.authors
    assert len(link_set(review.url)[0]["author"]) == 60


@pytest.mark.parametrize("slug", ["обзор", "مراجعة", "étude", "評論"])
def test_addresses_of_any_script_stand_in_ascii(slug: str) -> None:
    review = ReviewPageFactory(slug=slug, reviewer=PersonFactory(name="Ινές", slug="ινές"))
    header = Client().get(review.url)["Link"]
    found = signposts(review.url)

    assert header.isascii()
    assert found.citeAs
    assert found.citeAs.target == f"{SITE}{review.url}"
    assert Client().get(link_set(review.url)[0]["author"][0]["href"]).status_code == 200


def test_no_address_ends_a_link_before_its_time() -> None:
    SyndicationSettings.objects.create(site=Site.objects.get(), licence_url='https://example.org/a>; rel="x", <b c')
    found = signposts(ReviewPageFactory().url)
    assert found.license
    assert found.license.target == "https://example.org/a%3E;%20rel=%22x%22,%20%3Cb%20c"


def test_lists_people_and_plain_pages_say_their_one_address_and_what_they_are() -> None:
    review = ReviewPageFactory(reviewer=PersonFactory(slug="ada"))
    kinds = {
        review_index().url: "CollectionPage",
        topic_index().url: "CollectionPage",
        review.topic.url: "CollectionPage",
        "/people/ada/": "ProfilePage",
        StandardPageFactory().url: "WebPage",
    }
    for address, kind in kinds.items():
        header = Client().get(address, {"page": "1"})["Link"]
        assert header == f'<{SITE}{address}>; rel="canonical", <https://schema.org/{kind}>; rel="type"'


@pytest.mark.parametrize("hide", HIDDEN.values(), ids=HIDDEN.keys())
def test_of_a_review_that_the_public_may_not_see_there_is_no_link_set(hide: Callable[[ReviewPage], None]) -> None:
    review = ReviewPageFactory()
    address = f"{review.url}linkset.json"
    hide(review)
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/linkset.json",
        "/no/such/linkset.json",
        "/reviews/linkset.json",
        "/reviews/%00/linkset.json",
        "/%ED%A0%80/linkset.json",
    ],
)
def test_where_there_is_no_review_there_is_no_link_set(address: str) -> None:
    TopicPageFactory()
    assert Client().get(address).status_code == 404


def test_a_link_set_is_only_read() -> None:
    assert Client().post(f"{ReviewPageFactory().url}linkset.json").status_code == 405


def test_a_link_set_asks_little(django_assert_max_num_queries: Callable[[int], Any]) -> None:
    review = review_with_everything()
    link_set(review.url)
    with django_assert_max_num_queries(10):
        link_set(review.url)
