"""What is suggested while a reader types."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import PersonFactory, TopicPageFactory, blocks, stream
from tests.search.searching import catch_up_wholly, review, section

pytestmark = pytest.mark.django_db


def suggested(typed: str) -> list[dict[str, Any]]:
    """Return what is suggested."""
    response = Client().get("/search/suggestions/", {"q": typed})
    assert response["Content-Type"] == "application/json"
    assert not response.cookies
    suggestions: list[dict[str, Any]] = response.json()["suggestions"]
    return suggestions


def test_a_word_that_was_begun_goes_on_as_most_reviews_have_it() -> None:
    review("One", section("Prisons. Privacy."))
    review("Two", section("Prisons."))
    catch_up_wholly()

    texts = [suggestion["text"] for suggestion in suggested("sleep pri")]
    assert texts == ["sleep prisons", "sleep privacy"]
    assert suggested("sleep pri")[0] == {"text": "sleep prisons", "kind": "", "url": "/search/?q=sleep+prisons"}
    assert suggested("p") == []


def test_titles_are_suggested_with_what_they_are_of() -> None:
    topic = TopicPageFactory(title="Weather in towns")
    person = PersonFactory(name="Wetherby Towns")
    made = review("Weather and towns", topic=topic, credits=stream(blocks.credit(person, "review_author")))
    catch_up_wholly()

    found = {suggestion["text"]: suggestion for suggestion in suggested("tow") if suggestion["kind"]}
    assert found["Weather in towns"] == {"text": "Weather in towns", "kind": "Topic", "url": topic.url}
    assert found["Weather and towns"] == {"text": "Weather and towns", "kind": "Review", "url": made.url}
    assert found["Wetherby Towns"] == {"text": "Wetherby Towns", "kind": "Person", "url": person.get_absolute_url()}
    assert [suggestion["text"] for suggestion in suggested("weather t") if suggestion["kind"]]


def test_what_is_no_longer_public_is_not_suggested() -> None:
    made = review("Weather")
    catch_up_wholly()
    made.unpublish()

    assert [suggestion for suggestion in suggested("weather") if suggestion["kind"]] == []


def test_suggestions_take_a_handful_of_queries() -> None:
    for number in range(8):
        review(f"Weather {number}")
    catch_up_wholly()

    with CaptureQueriesContext(connection) as queries:
        assert len([suggestion for suggestion in suggested("weat") if suggestion["kind"]]) == 5
    assert len(queries) <= 10
