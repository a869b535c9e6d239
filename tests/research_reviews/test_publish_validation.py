"""A review is published by nobody and by no way before it has what a review needs."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, streamfield

from core.roles import MODERATOR
from research_reviews.models import ReviewPage
from research_reviews.readiness import NotReadyError
from tests.factories import PersonFactory, ReviewPageFactory, StudyFactory, TopicPageFactory, UserFactory, blocks
from tests.factories.editor import draft_form, findings_input, issue_input, prose_input, review_form
from tests.research_reviews.desk import add_review, edit_page, errors_of, signed_in, the_review

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator() -> Client:
    return signed_in(MODERATOR)


def form(**fields: Any) -> dict[str, Any]:
    return review_form(**{"study": StudyFactory(), "topic": TopicPageFactory(), "reviewer": PersonFactory(), **fields})


def bulk_publish(client: Client, *pages: Any, **fields: str) -> Any:
    ids = "&".join(f"id={page.pk}" for page in pages)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    return client.post(f"{address}?next=/admin/reviews/&{ids}", fields, follow=True)


def messages_of(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def test_a_complete_review_is_published(moderator: Client) -> None:
    assert add_review(moderator, form(), "action-publish").status_code == 302
    assert ReviewPage.objects.get().live


def test_each_thing_that_is_missing_is_said_at_its_field(moderator: Client) -> None:
    errors = errors_of(add_review(moderator, draft_form(slug="only-a-title"), "action-publish"))
    assert set(errors) == {"topic", "no_study_reason", "standfirst", "key_messages", "body", "interests"}
    assert "say here why there is none" in errors["no_study_reason"][0]
    assert "Findings" in errors["body"][0]
    assert not ReviewPage.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("topic", None),
        ("standfirst", "   "),
        ("interests", ""),
        ("key_messages", streamfield([("message", "Only one.")])),
        ("key_messages", streamfield([("message", f"Message {number}") for number in range(6)])),
        ("body", streamfield([("section", {"heading": "Background", "body": prose_input()})])),
        ("body", streamfield([findings_input()])),
        ("body", streamfield([findings_input(issue_input(""))])),
    ],
)
def test_one_missing_thing_is_enough_to_refuse(moderator: Client, field: str, value: Any) -> None:
    assert set(errors_of(add_review(moderator, form(**{field: value}), "action-publish"))) == {field}


def test_a_reason_stands_in_for_a_study(moderator: Client) -> None:
    without = form(review_studies=inline_formset([]), no_study_reason="An overview of five years of inspections")
    assert add_review(moderator, without, "action-publish").status_code == 302


def test_a_study_that_was_taken_away_again_does_not_count(moderator: Client) -> None:
    deleted = inline_formset([{"study": StudyFactory().pk, "id": "", "DELETE": "on"}])
    assert set(errors_of(add_review(moderator, form(review_studies=deleted), "action-publish"))) == {"no_study_reason"}


def test_a_refused_form_comes_back_filled_in(moderator: Client) -> None:
    response = add_review(moderator, form(title="Kept as typed", interests=""), "action-publish")
    assert response.context["form"]["title"].value() == "Kept as typed"


@pytest.mark.parametrize("action", ["action-submit", "action-publish"])
def test_neither_submitting_nor_scheduling_skips_the_questions(moderator: Client, action: str) -> None:
    later = timezone.localtime().replace(year=2050).strftime("%Y-%m-%d %H:%M")
    response = add_review(moderator, form(interests="", go_live_at=later), action)
    assert set(errors_of(response)) == {"interests"}


def test_publishing_several_at_once_names_the_page_and_what_it_lacks(moderator: Client) -> None:
    ready = ReviewPageFactory(published=False)
    unready = ReviewPageFactory(published=False, title="Not yet", interests="", topic=None)
    response = bulk_publish(moderator, ready, unready)
    assert messages_of(response) == [
        "“Not yet” cannot be published yet. It lacks a topic and the reviewer's interests."
    ]
    assert not ReviewPage.objects.filter(live=True).exists()


def test_publishing_what_stands_below_a_page_asks_as_well(moderator: Client) -> None:
    ReviewPageFactory(published=False, title="Not yet", interests="")
    index = ReviewPage.objects.get().get_parent()
    response = bulk_publish(moderator, index, include_descendants="on")
    assert "“Not yet” cannot be published yet" in messages_of(response)[0]
    assert not ReviewPage.objects.filter(live=True).exists()


def test_ready_reviews_are_published_several_at_once(moderator: Client) -> None:
    pages = [ReviewPageFactory(published=False) for _number in range(2)]
    bulk_publish(moderator, *pages)
    assert ReviewPage.objects.filter(live=True).count() == 2


def test_a_block_left_empty_in_a_draft_stops_the_other_ways_too(moderator: Client) -> None:
    body = blocks.stream(blocks.findings(blocks.issue("An issue")), blocks.conclusion(heading=""))
    unready = ReviewPageFactory(published=False, title="Not yet", body=body)
    assert "what is empty in the body" in messages_of(bulk_publish(moderator, unready))[0]


def test_a_copy_of_an_unready_draft_is_no_way_round(moderator: Client) -> None:
    page = ReviewPageFactory(published=False, interests="")
    copy_form = {
        "new_title": "Copy",
        "new_slug": "copy",
        "new_parent_page": page.get_parent().pk,
        "publish_copies": "on",
    }
    moderator.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), copy_form)
    copy = ReviewPage.objects.get(slug="copy")
    assert not copy.live
    bulk_publish(moderator, copy)
    assert not ReviewPage.objects.get(pk=copy.pk).live


def test_an_unready_version_of_old_cannot_be_brought_back_live(moderator: Client) -> None:
    add_review(moderator, draft_form("First thought"))
    page = ReviewPage.objects.get()
    first = page.get_latest_revision()
    edit_page(moderator, page, form(), "action-publish")
    address = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, first.pk])
    response = moderator.post(address, {**draft_form("First thought"), "action-publish": "1"})
    assert "interests" in errors_of(response)
    assert ReviewPage.objects.get().title == "Someone awake"


def test_code_that_publishes_in_somebodys_name_is_refused() -> None:
    page = ReviewPageFactory(published=False, interests="")
    with pytest.raises(NotReadyError, match="lacks the reviewer's interests"):
        page.get_latest_revision().publish(user=UserFactory(superuser=True))


def test_a_draft_of_a_live_review_may_lack_what_the_live_one_has(moderator: Client) -> None:
    page = ReviewPageFactory()
    assert edit_page(moderator, page, draft_form(page.title)).status_code == 302
    assert the_review().interests == ""
    assert ReviewPage.objects.get().interests == "None"
