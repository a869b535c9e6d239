"""People and studies as editors write them down: identifiers and handles in any form, mistakes shown at their field."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from core.roles import EDITOR
from research_reviews.models import Person, Study
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


LINK = {"url": "https://example.org/"}


@pytest.fixture
def editor(client: Client) -> Client:
    """A client that an editor has signed in with."""
    client.force_login(UserFactory(role=EDITOR))
    return client


def add(editor: Client, model: str, **fields: Any) -> Any:
    """Send the form for a new record."""
    address = reverse(f"wagtailsnippets_research_reviews_{model}:add")
    return editor.post(address, nested_form_data(fields))


def add_study(editor: Client, *funders: dict[str, str], **fields: Any) -> Any:
    """Send the form for a new study."""
    study = {
        "title": "A study",
        "access": "unknown",
        "lived_experience": "not_reported",
        "study_authors": inline_formset([]),
        "funders": inline_formset(list(funders)),
    }
    return add(editor, "study", **{**study, **fields})


def test_a_person_is_stored_with_clean_identifiers_and_handles(editor: Client) -> None:
    response = add(
        editor,
        "person",
        name="Ada Example",
        orcid="orcid.org/0000-0002-1694-233x",
        x="https://twitter.com/ada?lang=en",
        bluesky="@Ada.example.org",
        mastodon="https://social.example/@ada",
        linkedin="https://uk.linkedin.com/in/ada-example/",
    )

    assert response.status_code == 302
    person = Person.objects.get()
    assert (person.orcid, person.x) == ("0000-0002-1694-233X", "ada")
    assert (person.bluesky, person.mastodon) == ("ada.example.org", "ada@social.example")
    assert person.linkedin == "in/ada-example"


def test_every_wrong_field_of_a_person_gets_its_message_and_nothing_typed_is_lost(editor: Client) -> None:
    wrong = {
        "orcid": "0000-0002-1825-0098",
        "x": "more_than_fifteen",
        "bluesky": "ada",
        "mastodon": "@ada",
        "linkedin": "https://example.org/ada",
        "website": "javascript:alert(1)",
    }

    response = add(editor, "person", name="Ada Example", **wrong)

    form = response.context["form"]
    assert set(form.errors) == set(wrong)
    assert "a digit seems to be wrong" in str(form.errors["orcid"])
    assert {name: form[name].value() for name in wrong} == wrong
    assert not Person.objects.exists()


def test_a_study_is_stored_with_clean_identifiers(editor: Client) -> None:
    funder = {"name": "A fund", "ror": "ror.org/05A28RW58", "award": ""}

    response = add_study(editor, funder, doi="https://dx.doi.org/10.1234%2FABC.")

    assert response.status_code == 302
    study = Study.objects.get()
    assert study.doi == "10.1234/abc"
    assert study.funders.get().ror == "https://ror.org/05a28rw58"


@pytest.mark.parametrize(
    ("field", "fields"),
    [
        ("doi", {"doi": "10.1/abc"}),
        ("url", {"url": "javascript:alert(1)", "no_link_reason": "Print only"}),
        ("no_link_reason", {}),
        ("publication_day", {**LINK, "publication_year": "2023", "publication_month": "2", "publication_day": "30"}),
        ("publication_year", {**LINK, "publication_year": "99999"}),
        ("publication_year", {**LINK, "publication_month": "2"}),
        ("study_type", {**LINK, "study_type": "horoscope"}),
    ],
)
def test_a_wrong_field_of_a_study_gets_its_message(editor: Client, field: str, fields: dict[str, str]) -> None:
    response = add_study(editor, **fields)

    assert set(response.context["form"].errors) == {field}
    assert not Study.objects.exists()


def test_a_funder_with_a_wrong_ror_id_gets_its_message(editor: Client) -> None:
    response = add_study(editor, {"name": "A fund", "ror": "05a28rw59"}, url="https://example.org/")

    assert "not a ROR id" in str(response.context["form"].formsets["funders"].errors)
    assert not Study.objects.exists()
