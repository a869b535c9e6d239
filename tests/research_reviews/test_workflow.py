"""From the editor's draft over the moderator's approval to the reader, now or at a set time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState

from core.roles import EDITOR, MODERATOR
from research_reviews.models import ReviewPage
from tests.factories import PersonFactory, StudyFactory, TopicPageFactory, UserFactory
from tests.factories.editor import draft_form, review_form
from tests.research_reviews.desk import add_review, edit_page, errors_of, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def form() -> dict[str, Any]:
    return review_form(StudyFactory(), TopicPageFactory(), PersonFactory())


@pytest.fixture
def submitted(form: dict[str, Any]) -> ReviewPage:
    response = add_review(signed_in(EDITOR), form, "action-submit")
    assert response.status_code == 302, errors_of(response)
    return ReviewPage.objects.get()


def approve(client: Client, page: ReviewPage, **headers: str) -> Any:
    state = page.current_workflow_task_state
    assert state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    return client.post(address, {"comment": ""}, headers=headers, follow=True)


def is_readable(page: ReviewPage) -> bool:
    return Client().get(f"/reviews/{page.slug}/").status_code == 200


def test_an_editor_submits_and_a_moderator_approves(submitted: ReviewPage) -> None:
    assert not is_readable(submitted)
    approve(signed_in(MODERATOR), submitted)
    assert is_readable(submitted)


def test_a_moderator_finds_what_waits_on_the_first_screen(submitted: ReviewPage) -> None:
    moderator = signed_in(MODERATOR)
    assert submitted.title in moderator.get(reverse("wagtailadmin_home")).content.decode()


def test_a_moderator_asks_for_changes_and_the_editor_submits_again(submitted: ReviewPage, form: dict[str, Any]) -> None:
    state = submitted.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[submitted.pk, "reject", state.pk])
    signed_in(MODERATOR).post(address, {"comment": "Who says so?"})
    assert TaskState.objects.get(pk=state.pk).comment == "Who says so?"
    edit_page(signed_in(EDITOR), submitted, form, "action-submit")
    approve(signed_in(MODERATOR), ReviewPage.objects.get())
    assert is_readable(submitted)


def test_an_editor_cannot_publish(form: dict[str, Any]) -> None:
    add_review(signed_in(EDITOR), form, "action-publish")
    assert not ReviewPage.objects.get().live


def test_approving_a_draft_that_became_unready_is_refused_in_words(submitted: ReviewPage) -> None:
    moderator = signed_in(MODERATOR)
    edit_page(moderator, submitted, draft_form("Emptied again"))
    response = approve(moderator, ReviewPage.objects.get())
    assert "“Emptied again” cannot be published yet" in response.content.decode()
    assert not ReviewPage.objects.get().live
    assert ReviewPage.objects.get().workflow_in_progress


def test_the_dialog_of_an_approval_leads_to_the_editor(submitted: ReviewPage) -> None:
    moderator = signed_in(MODERATOR)
    edit_page(moderator, submitted, draft_form("Emptied again"))
    state = ReviewPage.objects.get().current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[submitted.pk, "approve", state.pk])
    response = moderator.post(address, {"comment": ""}, headers={"X-Requested-With": "XMLHttpRequest"})
    assert response.json()["redirect"] == reverse("wagtailadmin_pages:edit", args=[submitted.pk])


def test_approving_in_the_editor_asks_at_the_fields(submitted: ReviewPage) -> None:
    data = {**draft_form("Emptied"), "workflow-action-name": "approve", "workflow-action-extra-data": '{"comment": ""}'}
    response = edit_page(signed_in(MODERATOR), submitted, data, "action-workflow-action")
    assert "interests" in errors_of(response)
    assert not ReviewPage.objects.get().live


def test_an_unready_draft_can_still_be_sent_back(submitted: ReviewPage) -> None:
    moderator = signed_in(MODERATOR)
    edit_page(moderator, submitted, draft_form("Emptied again"))
    state = ReviewPage.objects.get().current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[submitted.pk, "reject", state.pk])
    moderator.post(address, {"comment": "Please finish."})
    assert TaskState.objects.get(pk=state.pk).status == TaskState.STATUS_REJECTED


def test_a_review_goes_live_at_the_set_time(form: dict[str, Any]) -> None:
    with time_machine.travel(datetime(2026, 3, 1, 9, tzinfo=timezone.get_current_timezone()), tick=False) as clock:
        add_review(signed_in(MODERATOR), {**form, "go_live_at": "2026-03-02 06:00"}, "action-publish")
        page = ReviewPage.objects.get()
        call_command("publish_scheduled")
        assert not is_readable(page)
        clock.shift(timedelta(days=1))
        call_command("publish_scheduled")
        assert is_readable(page)
        assert ReviewPage.objects.get().published_on == timezone.localdate()


def test_a_review_goes_down_at_the_set_time(form: dict[str, Any]) -> None:
    with time_machine.travel(datetime(2026, 3, 1, 9, tzinfo=timezone.get_current_timezone()), tick=False) as clock:
        add_review(signed_in(MODERATOR), {**form, "expire_at": "2026-03-02 06:00"}, "action-publish")
        page = ReviewPage.objects.get()
        assert is_readable(page)
        clock.shift(timedelta(days=1))
        call_command("publish_scheduled")
        assert not is_readable(page)


def test_a_moderator_takes_a_review_down_and_locks_it(form: dict[str, Any]) -> None:
    moderator = signed_in(MODERATOR)
    add_review(moderator, form, "action-publish")
    page = ReviewPage.objects.get()
    moderator.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    moderator.post(reverse("wagtailadmin_pages:lock", args=[page.pk]))
    page = ReviewPage.objects.get()
    assert not page.live
    assert page.locked
    edit_page(signed_in(EDITOR), page, draft_form("Changed all the same"))
    assert ReviewPage.objects.get().get_latest_revision_as_object().title == page.title


def test_who_is_signed_out_is_asked_to_sign_in(submitted: ReviewPage) -> None:
    response = Client().get(reverse("editor_checks", args=[submitted.pk]))
    assert response.status_code == 302
    client = Client()
    client.force_login(UserFactory())
    assert client.get(reverse("wagtailadmin_pages:edit", args=[submitted.pk])).status_code == 302
