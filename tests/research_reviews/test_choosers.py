"""The library: choosing what is there, making what is not, finding it again."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.roles import EDITOR
from research_reviews.models import Audience, Person, Study
from tests.factories import AudienceFactory, PersonFactory, ReviewPageFactory, StudyFactory
from tests.research_reviews.desk import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_at_once")]


@pytest.fixture
def editor() -> Client:
    return signed_in(EDITOR)


def chooser(model: str, view: str = "choose") -> str:
    return reverse(f"wagtailsnippetchoosers_research_reviews_{model}:{view}")


def listing(model: str) -> str:
    return reverse(f"wagtailsnippets_research_reviews_{model}:list")


def make(client: Client, model: str, **data: str) -> dict[str, Any]:
    answer: dict[str, Any] = client.post(chooser(model, "create"), data).json()
    return answer


@pytest.mark.parametrize("model", ["person", "study", "audience"])
def test_a_chooser_offers_to_make_what_is_missing(editor: Client, model: str) -> None:
    html = editor.get(chooser(model)).json()["html"]
    assert "data-chooser-modal-creation-form" in html
    assert f"New {model}" in html


def test_a_person_is_made_while_choosing(editor: Client) -> None:
    answer = make(editor, "person", name="Ada Invented", orcid="https://orcid.org/0000-0002-1825-0097")
    person = Person.objects.get()
    assert answer["step"] == "chosen"
    assert answer["result"]["string"] == "Ada Invented"
    assert (person.slug, person.orcid) == ("ada-invented", "0000-0002-1825-0097")


def test_a_wrong_orcid_comes_back_with_a_message_and_nothing_lost(editor: Client) -> None:
    answer = make(editor, "person", name="Ada Invented", orcid="0000-0002-1825-0098")
    assert answer["step"] == "reshow_creation_form"
    assert "a digit seems to be wrong" in answer["htmlFragment"]
    assert "Ada Invented" in answer["htmlFragment"]
    assert not Person.objects.exists()


def test_two_people_of_the_same_name_have_addresses_of_their_own(editor: Client) -> None:
    for _number in range(2):
        make(editor, "person", name="Ada Invented")
    assert set(Person.objects.values_list("slug", flat=True)) == {"ada-invented", "ada-invented-2"}


def test_a_study_is_made_while_choosing(editor: Client) -> None:
    answer = make(editor, "study", title="Listeners", publication_year="2025", doi="https://doi.org/10.1234/ABC")
    assert answer["result"]["string"] == "Listeners (2025)"
    assert Study.objects.get().doi == "10.1234/abc"


def test_several_studies_may_be_asked_for_and_one_made(editor: Client) -> None:
    address = f"{chooser('study', 'create')}?multiple=1"
    answer = editor.post(address, {"title": "Listeners", "no_link_reason": "Print only"}).json()
    assert [result["string"] for result in answer["result"]] == ["Listeners"]


def test_a_study_without_link_or_reason_comes_back_with_a_message(editor: Client) -> None:
    answer = make(editor, "study", title="Listeners")
    assert "say here why it has neither" in answer["htmlFragment"]


def test_nobody_and_nothing_is_made_twice(editor: Client) -> None:
    PersonFactory(name="Berta Invented", orcid="0000-0002-1825-0097")
    StudyFactory(title="Listeners", doi="10.1234/abc")
    person = make(editor, "person", name="B. Invented", orcid="https://orcid.org/0000-0002-1825-0097")
    study = make(editor, "study", title="Listening", doi="https://doi.org/10.1234/ABC")
    assert "Berta Invented has this iD and is in the library" in person["htmlFragment"]
    assert "“Listeners” has this DOI and is in the library" in study["htmlFragment"]


def test_an_audience_is_made_while_choosing(editor: Client) -> None:
    assert make(editor, "audience", name="Prison staff")["result"]["string"] == "Prison staff"
    assert make(editor, "audience", name="Prison Staff!")["result"]["string"] == "Prison Staff!"
    assert set(Audience.objects.values_list("slug", flat=True)) == {"prison-staff", "prison-staff-2"}


@pytest.mark.parametrize(("query", "there"), [("inven", True), ("open univ", True), ("nobody", False)])
def test_people_are_found_by_name_and_affiliation(editor: Client, query: str, there: bool) -> None:
    PersonFactory(name="Ada Inventive", affiliation="Open University of Nowhere")
    results = editor.get(chooser("person", "choose_results"), {"q": query}).content.decode()
    assert ("Ada Inventive" in results) == there
    assert ("Open University of Nowhere" in results) == there


@pytest.mark.parametrize(
    ("query", "there"),
    [("listen", True), ("10.1234/abc", True), ("https://doi.org/10.1234/ABC", True), ("10.9999/", False)],
)
def test_studies_are_found_by_title_and_doi(editor: Client, query: str, there: bool) -> None:
    StudyFactory(title="Listeners", doi="10.1234/abc")
    results = editor.get(chooser("study", "choose_results"), {"q": query}).content.decode()
    assert ("Listeners" in results) == there


@pytest.mark.parametrize("model", ["study", "person", "audience"])
def test_the_library_is_listed_searched_inspected_and_its_usage_shown(editor: Client, model: str) -> None:
    ReviewPageFactory()
    models: dict[str, Any] = {"study": Study, "person": Person, "audience": Audience}
    record = models[model].objects.first()
    for query in ({}, {"q": "invented"}, {"export": "csv"} if model != "audience" else {}):
        assert editor.get(listing(model), query).status_code == 200
    for view in ("edit", "inspect", "usage", "history"):
        address = reverse(f"wagtailsnippets_research_reviews_{model}:{view}", args=[record.pk])
        assert editor.get(address).status_code == 200, view


def test_the_lists_count_what_the_records_are_used_for(editor: Client) -> None:
    person = PersonFactory(name="Berta Invented")
    study = StudyFactory(title="Listeners", authors=[person])
    ReviewPageFactory(studies=[study], reviewer=person, audience=AudienceFactory(name="Prison staff"))
    ReviewPageFactory(studies=[study], audience=AudienceFactory(name="Prison staff"))
    counted = {
        "study": ("Listeners", {"review_count": 2}),
        "person": ("Berta Invented", {"credit_count": 2, "study_count": 1}),
        "audience": ("Prison staff", {"recommendation_count": 2}),
    }
    for model, (name, counts) in counted.items():
        record = next(item for item in editor.get(listing(model)).context["object_list"] if str(item).startswith(name))
        assert {key: getattr(record, key) for key in counts} == counts


@pytest.mark.parametrize(
    ("model", "query", "there"),
    [
        ("study", {"study_type": "trial"}, False),
        ("study", {"study_type": "qualitative", "publication_year": "2025", "access": "open"}, True),
        ("study", {"is_reviewed": "false"}, True),
        ("study", {"is_reviewed": "true"}, False),
        ("person", {"is_organisation": "true"}, False),
        ("person", {"has_orcid": "false"}, True),
        ("person", {"has_orcid": "true"}, False),
    ],
)
def test_the_library_is_filtered(editor: Client, model: str, query: dict[str, str], there: bool) -> None:
    StudyFactory()
    assert bool(editor.get(listing(model), query).context["object_list"]) == there


@pytest.mark.parametrize("model", ["study", "person", "audience"])
def test_a_long_library_costs_no_more_than_a_short_one(editor: Client, model: str) -> None:
    ReviewPageFactory()
    editor.get(listing(model))
    with CaptureQueriesContext(connection) as short:
        editor.get(listing(model))
    for _number in range(5):
        ReviewPageFactory(audience=AudienceFactory())
    with CaptureQueriesContext(connection) as long:
        editor.get(listing(model))
    assert len(long) <= len(short)


def test_a_study_keeps_its_versions(editor: Client) -> None:
    study = StudyFactory(authors=[], funders=[])
    page = editor.get(reverse("wagtailsnippets_research_reviews_study:edit", args=[study.pk]))
    form = page.context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    for name, formset in form.formsets.items():
        data |= {f"{name}-{key}": value for key, value in formset.management_form.initial.items()}
    response = editor.post(
        reverse("wagtailsnippets_research_reviews_study:edit", args=[study.pk]), {**data, "title": "Another title"}
    )
    assert response.status_code == 302
    study.refresh_from_db()
    assert study.title == "Another title"
    assert study.revisions.count() == 1


def test_an_audience_is_made_in_the_library_without_thinking_of_an_address(editor: Client) -> None:
    address = reverse("wagtailsnippets_research_reviews_audience:add")
    assert editor.post(address, {"name": "Prison staff", "slug": "", "description": ""}).status_code == 302
    assert Audience.objects.get().slug == "prison-staff"


def test_records_are_not_copied(editor: Client) -> None:
    study = StudyFactory()
    assert editor.get(f"/admin/snippets/research_reviews/study/copy/{study.pk}/").status_code == 404
