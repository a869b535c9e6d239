"""What pages other than reviews tell search engines."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.models import Site

from research_reviews.models.pages import REVIEWS_A_PAGE
from site_settings.models import BrandSettings
from tests.factories import (
    ImageFactory,
    PersonFactory,
    ReviewPageFactory,
    StandardPageFactory,
    TopicPageFactory,
    home_page,
    review_index,
    stream,
    topic_index,
)
from tests.factories.blocks import block, credit
from tests.syndication.graphs import SITE, describes_nothing, graph_of, main_node

pytestmark = pytest.mark.django_db


def test_the_first_page_tells_of_the_site_its_search_and_its_publisher() -> None:
    profiles = [block("profile", {"name": "Bluesky", "url": "https://bsky.app/profile/reviews.example"})]
    BrandSettings.objects.create(
        site=Site.objects.get(), site_name="Waiting Review", logo=ImageFactory(), social_links=stream(*profiles)
    )
    website, publisher = graph_of(home_page().url)

    assert website["@type"] == "WebSite"
    assert website["name"] == publisher["name"] == "Waiting Review"
    assert website["url"] == publisher["url"] == f"{SITE}/"
    assert website["publisher"] == {"@id": publisher["@id"]}
    assert website["potentialAction"] == {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": f"{SITE}/search/?q={{words}}"},
        "query-input": "required name=words",
    }
    assert publisher["@type"] == "Organization"
    assert publisher["logo"]["url"].startswith("http")
    assert publisher["sameAs"] == ["https://bsky.app/profile/reviews.example"]


def test_a_topic_lists_the_reviews_that_it_shows() -> None:
    topic = TopicPageFactory(title="Waiting rooms", introduction="Why people wait.")
    reviews = [ReviewPageFactory(topic=topic) for _number in range(REVIEWS_A_PAGE + 2)]
    reviews.sort(key=lambda review: (review.published_on, review.pk), reverse=True)
    data, way = graph_of(topic.url)
    second = main_node(f"{topic.url}?page=2")["mainEntity"]

    assert data["@type"] == "CollectionPage"
    assert (data["url"], data["name"]) == (f"{SITE}{topic.url}", "Waiting rooms")
    assert data["description"] == "Why people wait."
    assert data["mainEntity"]["numberOfItems"] == REVIEWS_A_PAGE + 2
    assert [item["url"] for item in data["mainEntity"]["itemListElement"]] == [
        f"{SITE}{review.url}" for review in reviews[:REVIEWS_A_PAGE]
    ]
    assert [item["position"] for item in second["itemListElement"]] == [REVIEWS_A_PAGE + 1, REVIEWS_A_PAGE + 2]
    assert [step["name"] for step in way["itemListElement"]] == ["Research Reviews", "Waiting rooms"]


def test_the_lists_of_reviews_and_topics_list_them() -> None:
    review = ReviewPageFactory()
    reviews, topics = main_node(review_index().url), main_node(topic_index().url)

    assert reviews["mainEntity"]["itemListElement"]["url"] == f"{SITE}{review.url}"
    assert topics["mainEntity"]["itemListElement"]["url"] == f"{SITE}{review.topic.url}"


def test_a_list_that_a_reader_narrowed_is_not_passed_off_as_the_whole() -> None:
    review = ReviewPageFactory()
    data = main_node(f"{review_index().url}?topic={review.topic.slug}")

    assert data["url"] == f"{SITE}{review_index().url}"
    assert "mainEntity" not in data


def test_an_empty_list_lists_nothing() -> None:
    assert "mainEntity" not in main_node(TopicPageFactory().url)


def test_a_person_is_told_of_with_where_else_they_are_found() -> None:
    person = PersonFactory(
        name="Dr Ada Invented",
        orcid="0000-0002-1825-0097",
        photo=ImageFactory(),
        bio="She waits.",
        website="https://ada.example/",
        with_handles=True,
    )
    ReviewPageFactory(reviewer=person)
    data = main_node(person.get_absolute_url())

    assert data["@type"] == "ProfilePage"
    assert data["mainEntity"].pop("image").startswith("http")
    assert data["mainEntity"] == {
        "@type": "Person",
        "@id": f"{SITE}{person.get_absolute_url()}",
        "name": "Dr Ada Invented",
        "givenName": "Ada",
        "familyName": person.family_name,
        "description": "She waits.",
        "identifier": {"@type": "PropertyValue", "propertyID": "ORCID", "value": "0000-0002-1825-0097"},
        "sameAs": [
            "https://orcid.org/0000-0002-1825-0097",
            "https://ada.example/",
            "https://x.com/peersupport",
            "https://bsky.app/profile/peer.example.com",
            "https://social.example/@peer",
        ],
        "affiliation": {"@type": "Organization", "name": "Invented University"},
    }


def test_an_organisation_has_no_given_name() -> None:
    collective = PersonFactory(name="Waiting Room Collective", is_organisation=True, given_name="", family_name="")
    ReviewPageFactory(credits=stream(credit(collective)))
    data = main_node(collective.get_absolute_url())["mainEntity"]

    assert data["@type"] == "Organization"
    assert data["name"] == "Waiting Room Collective"
    assert data["parentOrganization"]["name"] == "Invented University"


def test_somebody_whom_no_published_review_names_is_described_to_nobody() -> None:
    response = Client().get(PersonFactory().get_absolute_url())

    assert describes_nothing(response.content)
    assert "Link" not in response.headers


def test_any_other_page_says_what_it_is() -> None:
    page = StandardPageFactory(title="About us", search_description="Who we are.")
    data, way = graph_of(page.url)

    assert (data["@type"], data["name"], data["description"]) == ("WebPage", "About us", "Who we are.")
    assert [step["name"] for step in way["itemListElement"]] == ["Research Reviews", "About us"]


def test_a_page_that_is_none_of_the_tree_says_nothing() -> None:
    assert describes_nothing(Client().get("/no-such-page/").content)
