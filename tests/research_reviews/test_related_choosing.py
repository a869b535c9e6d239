"""The related reviews that an editor chooses: in the page editor, in its preview and on the page."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction
from wagtail.test.utils.form_data import inline_formset

from core.roles import EDITOR
from research_reviews.models import ChosenReview, ReviewPage
from tests.factories import PersonFactory, ReviewPageFactory, StudyFactory, TopicPageFactory
from tests.factories.editor import draft_form, review_form
from tests.reading import every, read
from tests.research_reviews.desk import add_review, edit_page, signed_in

pytestmark = pytest.mark.django_db


def chosen(*reviews: ReviewPage | None) -> Any:
    """Return the list of chosen reviews as the editor sends it; None for an empty row."""
    return inline_formset([{"chosen": review.pk if review else "", "id": ""} for review in reviews])


def publish(*reviews: ReviewPage, **fields: Any) -> ReviewPage:
    """Publish a review whose editor has chosen these, in the page editor."""
    topic = fields.pop("topic", None) or TopicPageFactory()
    form = review_form(StudyFactory(), topic, PersonFactory(), chosen_reviews=chosen(*reviews), **fields)
    response = add_review(signed_in(), form, "action-publish")
    assert response.status_code == 302, response.context["form"].errors
    return ReviewPage.objects.get(slug="someone-awake")


def led_to(address: str, client: Client | None = None) -> list[str]:
    """Return the titles that a reader of the page is led to."""
    return every(read(address, client).main, ".related li a")


def errors_at_rows(response: Any) -> list[str]:
    """Return what the editor says at the rows of the list, and at the list itself."""
    formset = response.context["form"].formsets["chosen_reviews"]
    return [error for errors in formset.errors for error in errors.get("chosen", [])] + list(formset.non_form_errors())


def test_what_an_editor_chooses_comes_first_and_in_the_editors_order() -> None:
    topic = TopicPageFactory()
    near, nearer = ReviewPageFactory(header_image=None, topic=topic), ReviewPageFactory(header_image=None, topic=topic)
    first, second = ReviewPageFactory(header_image=None), ReviewPageFactory(header_image=None)
    page = publish(first, second, topic=topic)
    titles = led_to(page.url)
    assert titles[:2] == [first.title, second.title]
    assert titles[2] in {near.title, nearer.title}


def test_one_that_would_be_found_as_well_is_there_once() -> None:
    topic = TopicPageFactory()
    others = [ReviewPageFactory(header_image=None, topic=topic) for _number in range(2)]
    assert sorted(led_to(publish(others[0], topic=topic).url)) == sorted(other.title for other in others)


def test_one_that_is_not_public_is_passed_over_until_it_is() -> None:
    draft, private, public = (
        ReviewPageFactory(header_image=None, published=False),
        ReviewPageFactory(header_image=None),
        ReviewPageFactory(header_image=None),
    )
    restriction = PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    page = publish(draft, private, public)
    assert led_to(page.url)[0] == public.title
    draft.get_latest_revision().publish()
    restriction.delete()
    assert led_to(page.url) == [draft.title, private.title, public.title]


def test_an_editor_is_told_of_one_that_readers_cannot_see() -> None:
    draft = ReviewPageFactory(header_image=None, title="Unfinished", published=False)
    page = publish(draft)
    checks = read(reverse("editor_checks", args=[page.pk]), signed_in(EDITOR))
    assert "The related review “Unfinished” is not public" in checks.text


@pytest.mark.parametrize("action", ["", "action-publish"])
def test_the_review_itself_and_one_twice_are_refused_where_they_stand(action: str) -> None:
    other, page = ReviewPageFactory(header_image=None), publish()
    rows = chosen(other, page, other)
    form = review_form(StudyFactory(), TopicPageFactory(), PersonFactory(), chosen_reviews=rows)
    response = edit_page(signed_in(), page, form, action)
    assert errors_at_rows(response) == ["This is the review itself.", "This review is in the list already."]
    assert not ChosenReview.objects.exists()


def test_a_row_that_is_deleted_counts_no_more() -> None:
    other = ReviewPageFactory(header_image=None)
    rows = inline_formset([{"chosen": other.pk, "id": ""}, {"chosen": other.pk, "id": "", "DELETE": "on"}])
    assert add_review(signed_in(EDITOR), draft_form(chosen_reviews=rows)).status_code == 302


def test_a_fourth_is_refused() -> None:
    others = [ReviewPageFactory(header_image=None) for _number in range(4)]
    response = add_review(signed_in(EDITOR), draft_form(chosen_reviews=chosen(*others)))
    assert errors_at_rows(response) == ["Please submit at most 3 forms."]


def test_an_empty_row_does_not_stop_a_draft() -> None:
    assert add_review(signed_in(EDITOR), draft_form(chosen_reviews=chosen(None))).status_code == 302


def test_the_preview_leads_to_what_has_just_been_chosen() -> None:
    found, newly = ReviewPageFactory(header_image=None), ReviewPageFactory(header_image=None)
    private = ReviewPageFactory(header_image=None, title="Private")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    page, editor = publish(found), signed_in(EDITOR)
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    row = {"chosen": found.pk, "id": page.chosen_reviews.get().pk, "DELETE": "on"}
    rows = inline_formset([row, {"chosen": private.pk, "id": ""}, {"chosen": newly.pk, "id": ""}], initial=1)
    assert editor.post(address, draft_form(chosen_reviews=rows)).json()["is_valid"]
    assert led_to(address, editor)[0] == newly.title
    assert led_to(page.url)[0] == found.title


def test_an_unsaved_review_can_be_previewed() -> None:
    other, editor = ReviewPageFactory(header_image=None), signed_in(EDITOR)
    parent = other.get_parent()
    address = reverse("wagtailadmin_pages:preview_on_add", args=["research_reviews", "reviewpage", parent.pk])
    assert editor.post(address, draft_form(chosen_reviews=chosen(other))).json()["is_valid"]
    assert led_to(address, editor) == [other.title]


def test_the_tab_readers_says_what_was_chosen_and_what_was_found() -> None:
    topic = TopicPageFactory()
    found, other = ReviewPageFactory(header_image=None, topic=topic), ReviewPageFactory(header_image=None)
    page, draft = publish(other, topic=topic), ReviewPageFactory(header_image=None, published=False)
    editor = signed_in(EDITOR)
    assert every(panel(page, editor), "li") == [
        f"{other.title} chosen {other.date:%-d %b %Y}",
        f"{found.title} found {found.date:%-d %b %Y}",
    ]
    assert "when the review is published" in panel(draft, editor).text


def panel(page: ReviewPage, client: Client) -> BeautifulSoup:
    """Return the panel of related reviews in the editor of the page."""
    panels = read(reverse("editor_panels", args=[page.pk]), client)
    section = panels.select_one("section[aria-label='Readers are led to']")
    assert section
    return BeautifulSoup(str(section), "html.parser")
