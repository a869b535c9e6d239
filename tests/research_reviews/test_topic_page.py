"""Topics: the list of them, and each with its reviews."""

from __future__ import annotations

import pytest
from django.test import Client

from research_reviews.models import ReviewPage, TopicPage
from tests.factories.images import ImageFactory
from tests.factories.pages import ReviewPageFactory, TopicPageFactory, topic_index
from tests.reading import every, find, links, read, words

pytestmark = pytest.mark.django_db


def review(title: str, topic: TopicPage, **fields: object) -> ReviewPage:
    """Return a review of the topic without a picture."""
    made: ReviewPage = ReviewPageFactory(title=title, topic=topic, header_image=None, body="[]", **fields)
    return made


def test_a_topic_says_what_it_is_and_lists_its_reviews() -> None:
    topic = TopicPageFactory(title="Prison", introduction="What happens inside.", image=ImageFactory())
    other = TopicPageFactory(title="Autism")
    review("First topic", topic)
    review("Another topic", other, other_topics=[topic])
    review("Elsewhere", other)
    page = read(topic.url)
    assert words(page.h1) == "Prison"
    assert "What happens inside." in words(page.main)
    assert words(page.h2) == "2 reviews"
    assert sorted(every(page, ".card-title")) == ["Another topic", "First topic"]
    assert find(page, "main picture img")["alt"] == "A teal wall in the sun"


def test_a_topic_without_reviews_says_so() -> None:
    page = read(TopicPageFactory().url)
    assert words(page.h2) == "0 reviews"
    assert "There are no reviews here yet." in words(page.main)


def test_a_topic_page_that_is_not_there_is_not_found() -> None:
    topic = TopicPageFactory()
    assert Client().get(f"{topic.url}?page=2").status_code == 404
    assert Client().get("/topics/nowhere/").status_code == 404


def test_the_list_of_topics_counts_listed_reviews_and_leaves_drafts_out() -> None:
    topic = TopicPageFactory(title="Prison", introduction="What happens inside.")
    TopicPageFactory(title="Not yet", published=False)
    review("Listed", topic)
    review("Draft", topic, published=False)
    page = read("/topics/")
    assert every(page, ".card") == ["Prison What happens inside. 1 review"]
    assert links(page)["Prison"] == topic.url


def test_a_site_without_topics_says_so() -> None:
    topic_index()
    assert "There are no topics yet." in words(read("/topics/").main)


def test_a_title_in_another_script_has_an_address_that_works() -> None:
    topic = TopicPageFactory(title="الصحة النفسية")
    assert words(read(topic.url).h1) == "الصحة النفسية"
