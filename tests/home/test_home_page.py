"""The first page, from an empty site to a composed one, and the pages that say what went wrong."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.template.loader import render_to_string
from django.test import Client, override_settings

from home.models import HomePage
from tests.factories import blocks
from tests.factories.pages import ReviewPageFactory, TopicPageFactory, home_page
from tests.reading import every, find, links, read, words

pytestmark = pytest.mark.django_db


def compose(*body: blocks.RawBlock, **fields: str) -> HomePage:
    """Publish the home page with these blocks."""
    page = home_page()
    page.body = blocks.stream(*body)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return page


def test_a_site_with_nothing_on_it_is_kind_to_its_first_visitor() -> None:
    home_page()
    page = read("/")
    assert words(page.h1) == "New research, explained for people who can use it"
    assert "The first one is being written." in words(page.main)
    assert page.select(".card") == []


def test_until_somebody_composes_it_the_page_shows_the_latest_reviews_and_the_topics() -> None:
    topic = TopicPageFactory(title="Prison")
    ReviewPageFactory(title="What waiting rooms tell us", topic=topic, header_image=None)
    ReviewPageFactory(title="Draft", topic=topic, published=False, header_image=None)
    page = read("/")
    assert every(page, "main h2") == ["Latest reviews", "Topics"]
    assert every(page, ".card-title") == ["What waiting rooms tell us", "Prison"]


def test_a_composed_page_shows_what_its_editor_chose_and_nothing_that_is_not_listed() -> None:
    topic = TopicPageFactory(title="Prison")
    chosen = ReviewPageFactory(title="Chosen", topic=topic, header_image=None)
    draft = ReviewPageFactory(title="Draft", topic=topic, published=False, header_image=None)
    pages = [{"type": "item", "id": blocks.block_id(str(page.pk)), "value": page.pk} for page in (draft, chosen)]
    compose(
        blocks.block("featured_reviews", {"heading": "Worth another look", "pages": pages}),
        blocks.block("latest_reviews", {"heading": "New here", "number": 3}),
        blocks.block("topics", {"heading": "What we cover"}),
        blocks.section("Who we are", "We read slowly."),
        headline="Read this first",
        introduction="In plain words.",
    )
    page = read("/")
    assert words(page.h1) == "Read this first"
    assert "In plain words." in words(page.main)
    assert every(page, "main h2") == ["Worth another look", "New here", "What we cover", "Who we are"]
    assert every(page, ".card-title") == ["Chosen", "Chosen", "Prison"]


def test_the_first_page_sets_no_cookie_and_is_the_same_for_everyone() -> None:
    home_page()
    response = Client().get("/")
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


def test_an_address_with_nothing_behind_it_leads_back_in_the_sites_own_look() -> None:
    home_page()
    page = read("/nowhere/", status=404)
    assert words(page.h1) == "There is no page at this address"
    assert links(page.main)["Go to the first page"] == "/"
    assert find(page, ".masthead") is not None
    assert find(page, "meta[name=robots]")["content"] == "noindex"


def test_when_the_database_is_away_a_reader_gets_the_sites_own_page(monkeypatch: pytest.MonkeyPatch) -> None:
    home_page()

    def fail(*args: object, **kwargs: object) -> None:
        raise OperationalError("away")

    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", fail)
    page = read("/", Client(raise_request_exception=False), status=500)
    assert words(page.h1) == "Something went wrong on our side"
    assert find(page, "link[rel=stylesheet]")["href"] == "/static/css/site.css"


@override_settings(
    STORAGES={
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "core.storage.BundledStaticFilesStorage"},
    }
)
def test_the_error_page_does_not_need_the_list_of_static_files() -> None:
    assert "/static/css/site.css" in render_to_string("500.html")
