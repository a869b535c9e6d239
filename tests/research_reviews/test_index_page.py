"""The list of reviews: filters, pages, and what stands there when nothing does."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from research_reviews.models import ReviewPage, Study, TopicPage
from research_reviews.models.pages import REVIEWS_A_PAGE
from tests.factories import blocks
from tests.factories.pages import ReviewPageFactory, TopicPageFactory, review_index
from tests.factories.people import AudienceFactory, PersonFactory
from tests.factories.studies import StudyFactory
from tests.reading import every, find, links, read, words

pytestmark = pytest.mark.django_db


def listed(address: str) -> list[str]:
    """Return the titles that the list shows."""
    return every(read(address), ".card-title")


def review(title: str, **fields: object) -> ReviewPage:
    """Return a review without a picture, which lists do not need."""
    made: ReviewPage = ReviewPageFactory(title=title, header_image=None, **fields)
    return made


def reviews(number: int) -> None:
    """Make so many reviews of one study and one topic."""
    topic, study, person = TopicPageFactory(), StudyFactory(), PersonFactory()
    for place in range(number):
        review(f"Review {place}", topic=topic, studies=[study], reviewer=person, body="[]")


def test_the_newest_review_comes_first_with_what_a_reader_chooses_by() -> None:
    review("Older", published_on=datetime.date(2025, 1, 1))
    newer = ReviewPageFactory(
        title="Newer",
        topic=TopicPageFactory(title="Prison"),
        reviewer=PersonFactory(name="Nora Sampleton"),
        published_on=datetime.date(2026, 2, 3),
    )
    page = read("/reviews/")
    card = page.select(".card")[0]
    assert every(page, ".card-title") == ["Newer", "Older"]
    assert words(card) == f"Prison Newer {newer.standfirst} 3 February 2026 Nora Sampleton"
    assert links(card)["Newer"] == newer.url
    assert find(card, "img")["loading"] == "lazy"


def test_the_list_shows_the_title_summary_and_picture_meant_for_lists() -> None:
    review("Long title", listing_title="Short title", listing_summary="In a sentence.")
    page = read("/reviews/")
    assert every(page, ".card-title") == ["Short title"]
    assert every(page, ".card-summary") == ["In a sentence."]


def test_each_filter_keeps_what_it_names_and_shows_what_was_chosen() -> None:
    prison = TopicPageFactory(title="Prison", slug="prison")
    staff = AudienceFactory(name="Prison staff", slug="prison-staff")
    asked = blocks.stream(blocks.recommendations(blocks.recommendation("Train.", staff)))
    trial = StudyFactory(study_type=Study.StudyType.TRIAL)
    review("One", topic=prison, published_on=datetime.date(2024, 1, 1), body=asked, studies=[trial])
    review("Other", published_on=datetime.date(2026, 1, 1), body="[]")
    for query in ("topic=prison", "year=2024", "study_type=trial", "audience=prison-staff"):
        page = read(f"/reviews/?{query}")
        name, value = query.split("=")
        assert every(page, ".card-title") == ["One"], query
        assert find(page, f"select[name={name}] option[selected]")["value"] == value
    assert listed("/reviews/?topic=prison&year=2026") == []


def test_a_review_is_found_under_its_other_topics_too() -> None:
    health = TopicPageFactory(title="Health", slug="health")
    review("Both", other_topics=[health])
    assert listed("/reviews/?topic=health") == ["Both"]


def test_the_filters_offer_listed_topics_years_with_reviews_kinds_of_study_and_audiences() -> None:
    TopicPageFactory(title="Hidden", published=False)
    review("Old", topic=TopicPageFactory(title="Prison"), published_on=datetime.date(2024, 5, 1))
    review("New", topic=TopicPageFactory(title="Autism"), published_on=datetime.date(2026, 5, 1), body="[]")
    page = read("/reviews/")
    assert every(page, "select[name=topic] option") == ["All topics", "Autism", "Prison"]
    assert every(page, "select[name=year] option") == ["All years", "2026", "2025", "2024"]
    assert "Randomised trial" in every(page, "select[name=study_type] option")
    assert every(page, "select[name=audience] option") == ["Everyone", "Prison staff"]
    assert all(find(page, f'label[for="{select["id"]}"]') for select in page.select("select"))


@pytest.mark.parametrize(
    "query", ["topic=nowhere", "year=abc", "year=99999", "year=٢٠٢٤", "study_type=guess", "audience=a%00b", "topic=%F0"]
)
def test_a_filter_that_finds_nothing_says_so_and_offers_the_way_back(query: str) -> None:
    review("Here")
    page = read(f"/reviews/?{query}")
    assert "No review matches what you chose." in words(page.main)
    assert words(find(page, "[role=status]")).startswith("0 reviews")
    assert links(page.main)["See all reviews"] == "/reviews/"


def test_a_site_without_reviews_says_so_kindly() -> None:
    review_index()
    assert "There are no reviews here yet." in words(read("/reviews/").main)


def test_a_long_list_comes_in_pages_that_keep_the_readers_filters() -> None:
    reviews(REVIEWS_A_PAGE + 1)
    topic = TopicPage.objects.get()
    first = read(f"/reviews/?topic={topic.slug}")
    assert len(first.select(".card")) == REVIEWS_A_PAGE
    assert first.select("a[rel=prev]") == []
    onward = str(find(first, "a[rel=next]")["href"])
    second = read(f"/reviews/{onward}")
    assert len(second.select(".card")) == 1
    assert words(find(second, ".pagination span")) == "Page 2 of 2"
    assert find(second, "a[rel=prev]")["href"] == f"?topic={topic.slug}"
    assert "page 2" in words(second.title)


@pytest.mark.parametrize("number", ["0", "-1", "2", "99999999999999999999", "abc", "1.5", "%00"])
def test_a_page_that_is_not_there_is_not_found(number: str) -> None:
    review("Only one")
    assert Client().get(f"/reviews/?page={number}").status_code == 404


def test_drafts_and_private_reviews_are_not_listed() -> None:
    review("Draft", published=False)
    PageViewRestriction.objects.create(
        page=review("Private"), restriction_type=PageViewRestriction.PASSWORD, password="open"
    )
    assert listed("/reviews/") == []


def test_a_private_review_asks_for_its_password_in_the_sites_own_look_and_tells_nothing() -> None:
    private = review("Secret findings")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.PASSWORD, password="open")
    page = read(private.url)
    assert words(page.h1) == "This page needs a password"
    assert "Secret findings" not in str(page)
    assert find(page, "form input[type=password]") is not None
    assert find(page, ".masthead") is not None


def test_the_list_sets_no_cookie_and_is_the_same_for_everyone() -> None:
    review("Here")
    response = Client().get("/reviews/?topic=nowhere")
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
