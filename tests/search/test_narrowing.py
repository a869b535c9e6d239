"""Narrowing results down, with how many there are of each."""

from __future__ import annotations

from typing import Any

import pytest

from research_reviews.models import Audience, Study
from tests.factories import AudienceFactory, StudyFactory, TopicPageFactory, blocks
from tests.reading import every, find, links, words
from tests.search.searching import answers, catch_up_wholly, review, search, titles

pytestmark = pytest.mark.django_db


@pytest.fixture
def bridges() -> None:
    """Three reviews of bridges that differ in everything, and one of something else."""
    rivers, roads = TopicPageFactory(title="Rivers"), TopicPageFactory(title="Roads")
    staff, drivers = AudienceFactory(name="Staff"), AudienceFactory(name="Drivers")

    def advice(*audiences: Audience) -> Any:
        return blocks.recommendations(blocks.recommendation("Look down.", *audiences))

    def study(study_type: str, lived: str) -> Study:
        made: Study = StudyFactory(study_type=study_type, lived_experience=lived)
        return made

    review("Bridge one", advice(staff), topic=rivers, published_on="2023-05-01", studies=[study("trial", "led")])
    review(
        "Bridge two", advice(staff, drivers), topic=rivers, published_on="2024-05-01", studies=[study("survey", "none")]
    )
    review(
        "Bridge three",
        topic=roads,
        other_topics=[rivers],
        published_on="2024-06-01",
        studies=[study("trial", "not_reported"), study("cohort", "consulted")],
    )
    review("A ford", topic=roads, published_on="2021-06-01", studies=[study("other", "led")])
    catch_up_wholly()


@pytest.mark.usefixtures("bridges")
def test_each_answer_says_how_many_results_it_has() -> None:
    page = search("bridge")

    assert answers(page, "topic") == ["All topics", "Rivers (3)", "Roads (1)"]
    assert answers(page, "year") == ["All years", "2024 (2)", "2023 (1)"]
    assert answers(page, "study_type") == ["All kinds", "Randomised trial (2)", "Cohort study (1)", "Survey (1)"]
    assert answers(page, "audience") == ["Everyone", "Drivers (1)", "Staff (2)"]
    assert answers(page, "lived_experience") == [
        "With or without",
        "With lived experience (2)",
        "Without lived experience (1)",
    ]


CHOICES: list[tuple[dict[str, str], list[str]]] = [
    ({"topic": "roads"}, ["Bridge three"]),
    ({"topic": "rivers", "year": "2024"}, ["Bridge three", "Bridge two"]),
    ({"study_type": "trial"}, ["Bridge three", "Bridge one"]),
    ({"audience": "drivers"}, ["Bridge two"]),
    ({"lived_experience": "with"}, ["Bridge three", "Bridge one"]),
    ({"lived_experience": "without"}, ["Bridge two"]),
    ({"topic": "nowhere"}, []),
    ({"year": "99999999999999999999"}, []),
    ({"audience": "drivers", "year": "2023"}, []),
]


@pytest.mark.usefixtures("bridges")
def test_results_are_narrowed_down() -> None:
    for choice, found in CHOICES:
        assert titles("bridge", sort="date", **choice) == found, choice


@pytest.mark.usefixtures("bridges")
def test_the_answers_to_a_question_are_counted_given_the_answers_to_the_others() -> None:
    page = search("bridge", topic="rivers", year="2024")

    assert answers(page, "topic") == ["All topics", "Rivers (2)", "Roads (1)"]
    assert answers(page, "year") == ["All years", "2024 (2)", "2023 (1)"]
    assert answers(page, "study_type") == ["All kinds", "Randomised trial (1)", "Cohort study (1)", "Survey (1)"]
    assert words(find(page, "select[name=topic] [selected]")) == "Rivers (2)"
    assert find(page, ".search details").has_attr("open")


@pytest.mark.usefixtures("bridges")
def test_a_topic_can_be_looked_through_without_any_word_the_newest_first() -> None:
    assert titles(topic="rivers") == ["Bridge three", "Bridge two", "Bridge one"]


@pytest.mark.usefixtures("bridges")
def test_where_narrowing_leaves_nothing_the_page_offers_to_search_everything() -> None:
    page = search("ford", topic="rivers")

    assert not every(page, ".card-title")
    assert links(find(page, ".empty"))["Search everything instead"] == "/search/?q=ford"


@pytest.mark.usefixtures("bridges")
def test_the_choices_stay_in_the_form_and_in_the_links_to_other_pages() -> None:
    page = search("bridge", sort="date")

    assert words(find(page, "select[name=sort] [selected]")) == "Newest"
    assert not page.select("select[name=sort] option[value='']")
    assert words(find(search("bridge", sort="upside-down"), "select[name=sort] [selected]")) == "Best match"


def test_a_private_topic_is_no_answer() -> None:
    from wagtail.models import PageViewRestriction

    hidden = TopicPageFactory(title="Hidden topic")
    review("Bridge", topic=hidden)
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    catch_up_wholly()

    assert answers(search("bridge"), "topic") == ["All topics"]
    assert titles("hidden") == []
    assert titles("bridge", topic="hidden-topic") == []
