"""A person's page: who they are and what they are credited on."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import blocks
from tests.factories.images import ImageFactory
from tests.factories.pages import ReviewPageFactory
from tests.factories.people import PersonFactory
from tests.factories.studies import StudyFactory
from tests.reading import every, find, links, read, words

pytestmark = pytest.mark.django_db


def test_a_person_is_shown_with_everything_that_they_chose_to_show() -> None:
    person = PersonFactory(
        name="Dr Ada Vorlage",
        affiliation="University of Examples",
        bio="Ada studies waiting.",
        website="https://ada.example/",
        orcid="0000-0002-1825-0097",
        bluesky="ada.example.com",
        mastodon="ada@social.example",
        photo=ImageFactory(),
    )
    page = read(person.get_absolute_url())
    assert words(page.h1) == "Dr Ada Vorlage"
    assert "University of Examples Ada studies waiting." in words(page.main)
    assert find(page, ".person-photo img") is not None
    shown = links(page.main)
    assert shown["Website"] == "https://ada.example/"
    assert shown["ORCID 0000-0002-1825-0097"] == "https://orcid.org/0000-0002-1825-0097"
    assert shown["Bluesky @ada.example.com"] == "https://bsky.app/profile/ada.example.com"
    assert shown["Mastodon @ada@social.example"] == "https://social.example/@ada"


def test_reviews_are_grouped_by_what_the_person_did() -> None:
    person = PersonFactory()
    ReviewPageFactory(title="Written", reviewer=person, header_image=None)
    ReviewPageFactory(title="Their study", studies=[StudyFactory(authors=[person])], header_image=None)
    ReviewPageFactory(
        title="They spoke", credits=blocks.stream(blocks.credit(person, "interviewee")), header_image=None
    )
    page = read(person.get_absolute_url())
    groups = {words(group.h2): every(group, ".card-title") for group in page.select("main section")}
    assert groups == {
        "Reviews written": ["Written"],
        "Studies reviewed": ["Their study"],
        "Interviewed for": ["They spoke"],
    }


def test_who_wrote_the_study_and_its_review_is_listed_once_as_the_reviewer() -> None:
    person = PersonFactory()
    ReviewPageFactory(title="Both", reviewer=person, studies=[StudyFactory(authors=[person])], header_image=None)
    page = read(person.get_absolute_url())
    assert every(page, "main h2") == ["Reviews written"]
    assert every(page, ".card-title") == ["Both"]


def test_a_person_on_no_listed_review_is_kept_out_of_search_engines() -> None:
    person = PersonFactory()
    ReviewPageFactory(title="Draft", reviewer=person, published=False, header_image=None)
    page = read(person.get_absolute_url())
    assert "No published review names this person." in words(page.main)
    assert find(page, "meta[name=robots]")["content"] == "noindex"


def test_a_person_on_a_listed_review_can_be_found_by_search_engines() -> None:
    person = PersonFactory()
    ReviewPageFactory(reviewer=person, header_image=None)
    page = read(person.get_absolute_url())
    assert page.select("meta[name=robots]") == []
    assert str(find(page, "link[rel=canonical]")["href"]).endswith(person.get_absolute_url())


def test_nobody_of_that_name_is_not_found() -> None:
    assert Client().get("/people/nobody/").status_code == 404


def test_names_of_other_scripts_have_addresses_that_work() -> None:
    person = PersonFactory(name="Фрейя Ðæmi", slug="")
    assert words(read(person.get_absolute_url()).h1) == "Фрейя Ðæmi"
