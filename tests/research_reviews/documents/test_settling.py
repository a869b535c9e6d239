"""Who and what a document is about is settled before its draft opens, and taken back where nothing came of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.roles import EDITOR
from core.schedule import do_hourly_jobs
from research_reviews.models import IntakeDocument, Person, ReviewPage, Study
from tests.factories import PersonFactory, ReviewPageFactory, StudyFactory, block_id, review_index
from tests.research_reviews.desk import signed_in
from tests.research_reviews.documents.samples import WRITE_UP, brought, choices, draft_url, settle_url, settled, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Client:
    review_index()
    return signed_in(EDITOR)


def test_nothing_is_made_before_the_editor_goes_on(editor: Client) -> None:
    intake = brought(editor)

    page = text_of(editor.get(settle_url(intake)).content)

    assert "Dr Ada Sample" in page
    assert "@adasample" in page
    assert "New: make a profile" in page
    assert (Person.objects.count(), Study.objects.count()) == (0, 0)


def test_going_on_makes_the_people_and_the_study_and_opens_the_draft(editor: Client) -> None:
    intake = brought(editor)

    response = editor.post(settle_url(intake), choices(editor, intake))

    assert response["Location"] == draft_url(intake)
    assert list(Person.objects.values_list("name", "x").order_by("pk")) == [
        ("Dr Ada Sample", "adasample"),
        ("Ben Sample", "bensample"),
    ]
    study = Study.objects.get()
    assert (study.doi, study.publication_date.iso) == ("10.5555/wing.2023", "2023-05-25")
    assert study.study_authors.count() == 2


def test_who_is_in_the_library_is_offered_and_taken_from_there(editor: Client) -> None:
    known = PersonFactory(name="Ada Sample", x="", orcid="")
    study = StudyFactory(doi="10.5555/wing.2023")
    number = Person.objects.count()

    intake = brought(editor)
    page = text_of(editor.get(settle_url(intake)).content)
    editor.post(settle_url(intake), choices(editor, intake))

    assert "Ada Sample, in the library, by this name" in page
    assert Person.objects.count() == number + 1
    known.refresh_from_db()
    assert (known.name, known.x) == ("Ada Sample", "adasample")
    intake.refresh_from_db()
    assert (intake.people[0], intake.study) == (known.pk, study)


def test_somebody_can_be_left_out_renamed_or_made_anew(editor: Client) -> None:
    known = PersonFactory(name="Ada Sample", orcid="")

    intake = settled(
        editor,
        **{"credit-0-choice": "new", "credit-1-name": "Benjamin Sample", "study-choice": "nobody"},
    )
    other = settled(editor, **{"credit-0-choice": "nobody", "credit-1-choice": "nobody"})

    assert intake.people[0] not in (None, known.pk)
    assert Person.objects.get(pk=intake.people[1]).name == "Benjamin Sample"
    assert intake.study is None
    assert other.people == [None, None]
    html = editor.get(draft_url(other)).context["form"].instance
    assert len(html.credits) == 0


def test_what_was_typed_wrong_is_said_and_nothing_is_made(editor: Client) -> None:
    intake = brought(editor)
    wrong = {"study-doi": "nonsense", "study-published": "May", "credit-0-name": "", "credit-1-name": "Kept Name"}

    response = editor.post(settle_url(intake), choices(editor, intake, **wrong))

    assert response.status_code == 422
    assert {"doi", "published"} == set(response.context["study_form"].errors)
    assert "Kept Name" in response.content.decode()
    assert Person.objects.count() == 0


def test_sent_twice_it_is_made_once(editor: Client) -> None:
    intake = brought(editor)
    data = choices(editor, intake)

    first, second = (editor.post(settle_url(intake), data) for _number in range(2))

    assert first["Location"] == second["Location"]
    assert (Person.objects.count(), Study.objects.count()) == (2, 1)


def test_a_document_that_names_nobody_goes_on_at_once(editor: Client) -> None:
    intake = brought(editor, "A short note\n\nSome words that name nobody and nothing at all in this text.")

    assert editor.get(settle_url(intake))["Location"] == draft_url(intake)


def test_reviews_of_this_site_that_the_page_led_to_are_offered(editor: Client) -> None:
    related = ReviewPageFactory(title="What waiting rooms tell us")
    page = (
        f"<html><body><main><h1>A title of a review</h1><p>{'Some words. ' * 30}</p></main>"
        '<div class="related-posts"><h3>Related posts</h3><ul>'
        f'<li><a href="https://old.example/{related.slug}/">What waiting rooms tell us</a></li>'
        '<li><a href="https://old.example/other/">Another one</a></li></ul></div></body></html>'
    )

    intake = brought(editor, file=("page.html", page.encode()))
    editor.post(settle_url(intake), choices(editor, intake))

    review = editor.get(draft_url(intake)).context["form"].instance
    assert [row.chosen.pk for row in review.chosen_reviews.all()] == [related.pk]


def test_discarding_takes_back_whom_it_had_made_and_keeps_whom_it_had_found(editor: Client) -> None:
    known = PersonFactory(name="Ben Sample")
    number = Person.objects.count()
    intake = settled(editor)

    response = editor.post(reverse("discard_review_document", args=[intake.pk]), follow=True)

    assert "Nothing of it was kept" in response.content.decode()
    assert Person.objects.count() == number
    assert Person.objects.filter(pk=known.pk).exists()
    assert (Study.objects.count(), IntakeDocument.objects.count()) == (0, 0)


@pytest.mark.parametrize("use", ["credit", "bio", "revision"])
def test_discarding_keeps_whom_somebody_else_has_used_or_changed(editor: Client, use: str) -> None:
    intake = settled(editor)
    person = Person.objects.get(name="Ben Sample")
    use_of(person, use)

    editor.post(reverse("discard_review_document", args=[intake.pk]))

    assert set(Person.objects.filter(name__in=["Ben Sample", "Dr Ada Sample"])) == {person}


def use_of(person: Person, use: str) -> None:
    """Let somebody be credited, written about, or credited in a draft of a published review alone."""
    if use == "bio":
        Person.objects.filter(pk=person.pk).update(bio="Wrote a book.")
        return
    review = ReviewPageFactory()
    value: dict[str, Any] = {"person": person.pk, "contribution": "contributor", "descriptor": ""}
    stored = [*review.credits.raw_data, {"type": "credit", "id": block_id("new"), "value": value}]
    review.credits = review._meta.get_field("credits").stream_block.to_python(stored)
    revision = review.save_revision()
    if use == "credit":
        revision.publish()


def test_a_document_is_its_editor_s_alone(editor: Client) -> None:
    intake, settled_one = brought(editor), settled(editor)
    other = signed_in(EDITOR)

    assert other.get(settle_url(intake)).status_code == 404
    assert other.post(reverse("discard_review_document", args=[intake.pk])).status_code == 404
    assert other.get(draft_url(settled_one)).status_code == 404
    assert IntakeDocument.objects.count() == 2


def test_looking_at_a_link_discards_nothing(editor: Client) -> None:
    intake = brought(editor)

    assert editor.get(reverse("discard_review_document", args=[intake.pk])).status_code == 405


def test_the_hour_takes_back_what_was_left_for_a_week(editor: Client) -> None:
    left, young = settled(editor), brought(editor, WRITE_UP.replace("Sample", "Other"))
    IntakeDocument.objects.filter(pk=left.pk).update(created_at=timezone.now() - timedelta(days=8))

    do_hourly_jobs()

    assert list(IntakeDocument.objects.all()) == [young]
    assert (Person.objects.count(), Study.objects.count()) == (0, 0)


def test_the_source_of_a_draft_stays_until_it_is_published(editor: Client) -> None:
    draft, published = settled(editor), settled(editor)
    old = timezone.now() - timedelta(days=8)
    for intake, live in ((draft, False), (published, True)):
        page = ReviewPageFactory(published=live)
        IntakeDocument.objects.filter(pk=intake.pk).update(page=page, created_at=old)

    do_hourly_jobs()

    assert [intake.pk for intake in IntakeDocument.objects.all()] == [draft.pk]
    assert ReviewPage.objects.count() == 2
