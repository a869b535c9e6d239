"""Looking a study up in its form: what is filled, what stays, what is offered, and what is kept when it is saved."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data
from werkzeug import Response

from core.roles import EDITOR
from research_reviews.lookups.record import FIELDS
from research_reviews.models import Person, Study, StudyAuthor
from tests.factories import PersonFactory, StudyFactory, UserFactory
from tests.research_reviews.lookups.registries import DATA, DOI, Registries

pytestmark = pytest.mark.django_db

ADD = "wagtailsnippets_research_reviews_study:add"
EDIT = "wagtailsnippets_research_reviews_study:edit"
TITLE = "Peer support on the wing: a qualitative study & its lessons"


@pytest.fixture
def editor(client: Client) -> Client:
    """A client that an editor has signed in with."""
    client.force_login(UserFactory(role=EDITOR))
    return client


@pytest.fixture
def known(registries: Registries) -> Registries:
    """Registries that know one study."""
    registries.know("crossref", DOI, "crossref-article.json")
    registries.know("unpaywall", DOI, "unpaywall-gold.json")
    return registries


def study_form(*authors: int, **fields: Any) -> dict[str, Any]:
    """Return the form of a study as a browser sends it."""
    rows = [{"person": str(pk)} for pk in authors]
    empty = {
        **dict.fromkeys(("title", "doi", "url", "lookup_query", "lookup_text", "lookup_found"), ""),
        "access": "unknown",
        "lived_experience": "not_reported",
        "study_authors": inline_formset(rows),
        "funders": inline_formset([]),
    }
    several = {name: fields.pop(name) for name in ("lookup_authors", "lookup_funders") if name in fields}
    return {**nested_form_data({**empty, **fields}), **several}


def ask(editor: Client, action: str = "identifier", study: Study | None = None, **fields: Any) -> Any:
    """Send the form to where scripts ask, and return the answer."""
    query = f"?study={study.pk}" if study else ""
    response = editor.post(reverse("look_up_study") + query, {**study_form(**fields), "look_up": action})
    assert response.status_code == 200
    return response.json()


def filled(answer: Any, **fields: Any) -> dict[str, Any]:
    """Return the form after the answer, as the script leaves it: everybody found is ticked."""
    return {**fields, **answer["fills"], "lookup_found": answer["found"]}


def save(editor: Client, study: Study | None = None, **fields: Any) -> Study:
    """Save the form and return the study."""
    address = reverse(EDIT, args=[study.pk]) if study else reverse(ADD)
    response = editor.post(address, study_form(**fields))
    assert response.status_code == 302, response.context["form"].errors
    return Study.objects.get(pk=study.pk) if study else Study.objects.latest("pk")


ALL_AUTHORS: dict[str, Any] = {"lookup_add_authors": "on", "lookup_authors": ["0", "1", "2", "3"]}
ALL_FUNDERS: dict[str, Any] = {"lookup_add_funders": "on", "lookup_funders": ["0"]}


def test_empty_fields_are_filled_and_typed_ones_kept(editor: Client, known: Registries) -> None:
    answer = ask(
        editor, lookup_query=f"https://doi.org/{DOI}", publisher="My own", publication_year="2022", volume="12"
    )

    assert answer["fills"]["title"] == TITLE
    assert answer["fills"]["access"] == "open"
    assert {"publisher", "publication_year", "publication_month", "volume"}.isdisjoint(answer["fills"])
    assert set(answer["offers"]) == {"publisher", "publication_year"}
    assert "Example University Press" in answer["offers"]["publisher"]
    assert "25 May 2023" in answer["offers"]["publication_year"]
    assert "You keep your own date and publisher" in answer["message"]
    assert answer["sources"]["volume"].startswith("Crossref, ")
    assert answer["sources"]["url"].startswith("Unpaywall, ")
    assert not Study.objects.exists()
    assert not Person.objects.exists()


def test_a_second_study_takes_the_place_of_the_first_but_not_of_what_was_typed(
    editor: Client, known: Registries
) -> None:
    known.know("crossref", "10.5555/chapter.3", "crossref-chapter.json")
    first = ask(editor, lookup_query=DOI)

    form = filled(first, lookup_query="10.5555/chapter.3") | {"container": "My own"}
    second = ask(editor, **form)

    assert second["fills"]["title"] == "Reading groups"
    assert second["fills"]["issue"] == ""
    assert second["fills"]["access"] == "unknown"
    assert second["fills"]["publication_month"] == ""
    assert set(second["offers"]) == {"container"}


def test_the_form_comes_back_filled_without_a_script(editor: Client, known: Registries) -> None:
    rows = PersonFactory()
    sent = study_form(rows.pk, publisher="My <own>", sample="Typed", lookup_query=DOI, publication_year="soon")

    response = editor.post(reverse(ADD), {**sent, "look_up": "identifier"})

    page, form = response.content.decode(), response.context["form"]
    assert form["title"].value() == TITLE
    assert form["sample"].value() == "Typed"
    assert form["publication_year"].value() == "soon"
    assert not form.errors
    assert "Crossref has: <b>Example University Press</b>" in page
    assert "My &lt;own&gt;" in page
    assert "Add these 4 authors" in page
    assert form.formsets["study_authors"].forms[0]["person"].value() == str(rows.pk)
    assert not Study.objects.exists()

    again = {**sent, "lookup_found": form["lookup_found"].value(), "look_up": "use:publisher"}
    taken = editor.post(reverse(ADD), again).context["form"]
    assert taken["publisher"].value() == "Example University Press"
    assert taken["sample"].value() == "Typed"


def test_a_mistake_at_saving_keeps_what_was_found(editor: Client, known: Registries) -> None:
    answer = ask(editor, lookup_query=DOI)

    response = editor.post(reverse(ADD), study_form(**{**filled(answer), **ALL_AUTHORS, "title": ""}))

    page = response.content.decode()
    assert set(response.context["form"].errors) == {"title"}
    assert "Add these 4 authors" in page
    assert f"Crossref has: <b>{TITLE.replace('&', '&amp;')}</b>" in page


@time_machine.travel("2026-11-26 12:00:00+00:00", tick=False)
def test_each_field_remembers_who_said_it_and_what_is_the_editors_own(editor: Client, known: Registries) -> None:
    answer = ask(editor, lookup_query=DOI, publisher="My own")

    study = save(editor, **filled(answer, publisher="My own"), sample="37 prisoners")

    sources = study.field_sources
    assert sources["title"] == {"source": "Crossref", "at": "2026-11-26T12:00:00+00:00", "overridden": False}
    assert sources["url"]["source"] == "Unpaywall"
    assert sources["publisher"]["overridden"] is True
    assert "sample" not in sources
    page = editor.get(reverse(EDIT, args=[study.pk])).content.decode()
    assert page.count("Crossref, 26 November 2026") >= 5
    assert "Yours, in place of what Crossref had on 26 November 2026" in page


def test_what_an_editor_changes_later_is_never_overwritten(editor: Client, known: Registries) -> None:
    study = save(editor, **filled(ask(editor, lookup_query=DOI)))
    fields = {name: getattr(study, name) or "" for name in FIELDS if name != "title"}

    save(editor, study, title="Our own title", **fields)
    study.refresh_from_db()
    again = ask(editor, study=study, lookup_query=DOI, title="Our own title", **{**fields, "pages": "201-238"})

    assert study.field_sources["title"]["overridden"] is True
    assert study.field_sources["volume"]["overridden"] is False
    assert set(again["offers"]) == {"title", "pages"}
    assert "title" not in again["fills"]


def test_authors_and_funders_are_added_by_one_tick_and_known_ones_matched(editor: Client, known: Registries) -> None:
    ada = PersonFactory(name="A. Example", orcid="0000-0002-1694-233X")
    bela = PersonFactory(name="Dr Béla Sample", orcid="")
    answer = ask(editor, lookup_query=DOI)
    assert "in the library, by ORCID iD" in answer["html"]
    assert "in the library, by name" in answer["html"]

    study = save(editor, **filled(answer), **ALL_AUTHORS, **ALL_FUNDERS)

    people = [row.person for row in study.study_authors.all()]
    assert people[:2] == [ada, bela]
    assert [(person.name, person.is_organisation) for person in people[2:]] == [
        ("Mononym", False),
        ("The Wing Study Group", True),
    ]
    funder = study.funders.get()
    assert (funder.name, funder.ror, funder.award) == (
        "Example Research Council",
        "https://ror.org/05a28rw58",
        "EX/1234, EX/5678",
    )
    assert study.latest_revision.content["study_authors"][3]["person"] == people[3].pk
    assert study.field_sources["authors"]["source"] == "Crossref"


def test_nobody_is_made_before_the_editor_saves_nor_by_autosave(editor: Client, known: Registries) -> None:
    fields = {**filled(ask(editor, lookup_query=DOI)), **ALL_AUTHORS}

    response = editor.post(reverse(ADD), study_form(**fields), headers={"Accept": "application/json"})

    assert response.json()["success"] is True
    assert Study.objects.get().field_sources["title"]["source"] == "Crossref"
    assert not Person.objects.exists()


def test_an_author_whose_tick_is_taken_away_is_left_out_and_listed_ones_stay(editor: Client, known: Registries) -> None:
    ada, other = PersonFactory(name="Ada Example"), PersonFactory(name="Somebody Else")
    fields = filled(ask(editor, lookup_query=DOI))

    response = editor.post(
        reverse(ADD),
        study_form(other.pk, ada.pk, **fields, lookup_add_authors="on", lookup_authors=["0", "3", "99", "x"]),
    )

    assert response.status_code == 302
    names = [row.person.name for row in StudyAuthor.objects.order_by("sort_order")]
    assert names == ["Somebody Else", "Ada Example", "The Wing Study Group"]
    assert not Person.objects.filter(name="Mononym").exists()


def test_a_study_that_the_library_has_already_is_pointed_out(editor: Client, known: Registries) -> None:
    twin = StudyFactory(title="The same study", doi=DOI)

    assert "The same study" in ask(editor, lookup_query=DOI)["html"]
    assert "The same study" not in ask(editor, study=twin, lookup_query=DOI)["html"]


@pytest.mark.parametrize("name", ["reference.ris", "reference.bib", "reference.json"])
def test_a_reference_fills_the_form_from_file_and_from_text(editor: Client, name: str) -> None:
    content = (DATA / name).read_bytes()
    address, action = reverse("look_up_study"), "choice:0"

    pasted = ask(editor, action, lookup_text=content.decode())
    file = SimpleUploadedFile(name, content)
    uploaded = editor.post(address, {**study_form(), "look_up": action, "lookup_file": file}).json()

    assert uploaded["fills"] == pasted["fills"]
    assert pasted["fills"]["title"].startswith("Peer support")
    assert pasted["fills"]["publication_month"] == "5"


def test_of_several_references_the_editor_takes_one(editor: Client) -> None:
    text = (DATA / "reference.ris").read_text()

    several = ask(editor, "reference", lookup_text=text)
    one = ask(editor, "choice:1", lookup_text=text)

    assert several["worked"]
    assert "found" not in several
    assert several["html"].count("Take this one") == 2
    assert one["fills"]["title"] == "Letters home"

    file = SimpleUploadedFile("a.ris", text.encode())
    page = editor.post(reverse(ADD), {**study_form(), "look_up": "reference", "lookup_file": file})
    assert page.context["form"]["lookup_text"].value() == text
    assert b"Take this one" in page.content


@pytest.mark.parametrize(
    ("action", "fields", "message"),
    [
        ("identifier", {"lookup_query": ""}, "Enter a DOI"),
        ("identifier", {"lookup_query": "<script>"}, "There is no DOI in this"),
        ("identifier", {"lookup_query": "10.5555/nothing"}, "Neither Crossref nor DataCite knows 10.5555/nothing"),
        ("reference", {}, "There is no reference in this"),
        ("reference", {"lookup_text": "[{"}, "but is damaged"),
        ("choice:7", {"lookup_text": "TY  - JOUR\nTI  - One"}, "Choose the one that is meant"),
        ("use:title", {"lookup_found": "forged"}, "Look the study up once more"),
        ("use:nothing", {}, "Look the study up once more"),
    ],
)
def test_what_cannot_be_looked_up_gets_a_sentence_and_all_stays(
    editor: Client, registries: Registries, action: str, fields: dict[str, str], message: str
) -> None:
    response = editor.post(reverse(ADD), {**study_form(title="Typed", **fields), "look_up": action})

    assert response.status_code == 200
    assert message in response.context["form"].look_up_outcome.message
    assert response.context["form"]["title"].value() == "Typed"


def test_servers_that_are_away_or_slow_are_said_within_five_seconds(
    editor: Client, registries: Registries, settings: Any
) -> None:
    registries.know("crossref", DOI, Response("", 200), seconds=8)
    registries.know("datacite", DOI, Response("", 200), seconds=8)
    began = time.monotonic()

    answer = ask(editor, lookup_query=DOI, title="Typed")
    settings.CROSSREF_URL = settings.DATACITE_URL = "http://127.0.0.1:9/"
    offline = ask(editor, lookup_query=DOI, title="Typed")

    assert time.monotonic() - began < 6
    assert not answer["worked"]
    assert offline["message"].startswith("Crossref cannot be asked now")
    assert offline["message"].endswith("Everything that you typed is still here.")


def test_hostile_answers_are_shown_as_text(editor: Client, registries: Registries) -> None:
    registries.know("crossref", "10.5555/odd", "crossref-hostile.json")
    evil = '"><img src=x onerror=alert(1)>'
    message = {"DOI": "10.5555/evil", "title": [evil], "publisher": evil, "author": [{"family": evil}]}
    registries.know("crossref", "10.5555/evil", Response(json.dumps({"message": message}), 200))

    answer = ask(editor, lookup_query="10.5555/evil", publisher="Mine")

    assert "<img" not in answer["html"] + answer["offers"]["publisher"]
    assert ask(editor, lookup_query="10.5555/odd")["worked"]


@pytest.mark.parametrize("role", [None, "reader"])
def test_only_those_who_keep_studies_may_look_up(client: Client, known: Registries, role: str | None) -> None:
    if role:
        client.force_login(UserFactory())

    for response in (
        client.post(reverse("look_up_study"), {"look_up": "identifier", "lookup_query": DOI}),
        client.get(reverse("study_credits")),
    ):
        assert response.status_code in {302, 403}
    assert not known.asked


def test_looking_up_is_a_post_with_the_forms_token(editor: Client, known: Registries) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(UserFactory(role=EDITOR))

    assert editor.get(reverse("look_up_study")).status_code == 405
    assert strict.post(reverse("look_up_study"), {"look_up": "identifier", "lookup_query": DOI}).status_code == 403
    assert not known.asked


def test_the_authors_of_studies_are_given_once_each_and_in_order(
    editor: Client, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    ada, bela, cleo = (PersonFactory(name=name) for name in ("Ada", "Bela", "Cleo"))
    first, second = StudyFactory(), StudyFactory()
    StudyAuthor.objects.all().delete()
    for place, (study, person) in enumerate([(first, bela), (first, ada), (second, ada), (second, cleo)]):
        StudyAuthor.objects.create(study=study, person=person, sort_order=place)
    address = reverse("study_credits")

    answer = editor.get(address, {"study": [str(first.pk), "0", "x", str(second.pk)]}).json()

    assert [person["string"] for person in answer["people"]] == ["Bela", "Ada", "Cleo"]
    assert editor.get(address).json() == {"people": []}
