"""Moderators find what waits, decide about it, undo that, edit, note and answer; everything is on record."""

from __future__ import annotations

import csv
import re
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from comments.models import Comment
from core.roles import EDITOR, MODERATOR, SITE_OWNER
from tests.comments.conftest import Committed
from tests.factories import PASSWORD, ReviewPageFactory, TopicPageFactory, UserFactory
from tests.factories.comments import CommentFactory
from tests.reading import every, find, read, words
from tests.research_reviews.desk import signed_in

pytestmark = pytest.mark.django_db

QUEUE = "/admin/responses/"
Status = Comment.Status


@pytest.fixture
def moderator() -> Client:
    """A signed-in moderator."""
    return signed_in(MODERATOR)


def waiting(**values: Any) -> Comment:
    """Return a response that waits."""
    comment: Comment = CommentFactory(status=Status.WAITING, **values)
    return comment


def decide(client: Client, decision: str, *chosen: Comment, **more: Any) -> Any:
    """Press a button of the queue, with these responses ticked."""
    data = {"decide": decision, "chosen": [comment.pk for comment in chosen], **more}
    return client.post(reverse("decide_responses"), data, follow=True)


def listed(client: Client, query: str = "") -> list[str]:
    """Return the names of those whose responses are listed."""
    return every(read(f"{QUEUE}{query}", client), ".moderation__by strong")


def status_of(comment: Comment) -> str:
    """Return the status in the database."""
    return Comment.objects.get(pk=comment.pk).status


def seen(comment: Comment) -> bool:
    """Whether readers see it on its review."""
    return comment.text in Client().get(comment.page.url).content.decode()


def undo(client: Client, response: Any) -> Any:
    """Press the button "Undo" of the message."""
    action = re.search(r'name="action" value="([^"]+)"', response.content.decode())
    assert action
    return client.post(reverse("undo_decision"), {"action": action[1]}, follow=True)


def test_the_queue_shows_what_waits_and_how_many_stand_under_each_status(moderator: Client) -> None:
    waiting(name="Wanda Waiting")
    CommentFactory(name="Anna Approved")
    CommentFactory(name="Sam Spam", status=Status.SPAM, reasons=["It has 9 links; 2 are allowed."])
    page = read(QUEUE, moderator)
    assert every(page, ".moderation__by strong") == ["Wanda Waiting"]
    assert every(page, ".moderation-tabs a") == ["Waiting 1", "Approved 1", "Spam 1", "Removed 0", "All 3"]
    assert "Responses (1)" in moderator.get("/admin/").content.decode()
    spam = read(f"{QUEUE}?status=spam", moderator)
    assert every(spam, ".moderation__reason") == ["It has 9 links; 2 are allowed."]


def test_an_empty_queue_says_so_in_words_that_fit(moderator: Client) -> None:
    assert "No reader has responded yet" in words(find(read(QUEUE, moderator), ".result-list"))
    CommentFactory()
    assert "Nothing waits" in words(find(read(QUEUE, moderator), ".result-list"))
    assert "No response fits" in words(find(read(f"{QUEUE}?q=zebra", moderator), ".result-list"))


def test_responses_are_found_by_review_topic_day_name_address_and_words(moderator: Client) -> None:
    topic = TopicPageFactory()
    review = ReviewPageFactory(topic=topic)
    waiting(name="Ada", page=review, text="About chairs", email="ada@example.org")
    CommentFactory(name="Bob", text="About windows")
    assert listed(moderator, f"?review={review.pk}") == ["Ada"]
    assert listed(moderator, f"?topic={topic.pk}&status=all") == ["Ada"]
    assert listed(moderator, "?q=windows") == ["Bob"]
    assert listed(moderator, "?q=ada@example.org") == ["Ada"]
    assert listed(moderator, "?created_at__gte=2000-01-01+00:00:00%2B00:00&status=all") == ["Bob", "Ada"]
    assert listed(moderator, "?created_at__lt=2000-01-01+00:00:00%2B00:00&status=all") == []


@pytest.mark.parametrize("query", ["?review=x", "?topic=999999999999999", "?status=nonsense", "?q=%00", "?p=9999"])
def test_nonsense_in_the_address_ends_in_a_list(moderator: Client, query: str) -> None:
    waiting()
    read(f"{QUEUE}{query}", moderator)


def test_hostile_text_is_shown_as_text(moderator: Client) -> None:
    comment = waiting(
        name="<script>alert(1)</script>", text="<img src=x onerror=alert(2)>\u202etxt", reasons=["<b>x</b>"]
    )
    for address in (QUEUE, reverse("responses_modeladmin_inspect", args=[comment.pk])):
        content = moderator.get(address).content.decode()
        assert "<script>alert(1)" not in content
        assert "<img src=x" not in content
        assert "<b>x</b>" not in content


def test_an_approved_response_is_seen_at_once_and_a_removed_one_is_gone_at_once(
    moderator: Client, page_cache: None, committed: Committed
) -> None:
    comment = waiting()
    assert not seen(comment)
    with committed():
        said = decide(moderator, f"approved:{comment.pk}")
    assert "1 response is published." in said.content.decode()
    assert seen(comment)
    with committed():
        decide(moderator, f"removed:{comment.pk}")
    assert not seen(comment)
    with committed():
        decide(moderator, f"waiting:{comment.pk}")
    assert status_of(comment) == Status.WAITING
    assert not seen(comment)


def test_many_are_decided_at_once_and_put_back_by_one_undo(moderator: Client) -> None:
    first, second, other = waiting(), CommentFactory(), waiting()
    said = decide(moderator, "spam", first, second)
    assert "2 responses were marked as spam." in said.content.decode()
    assert [status_of(comment) for comment in (first, second, other)] == ["spam", "spam", "waiting"]
    assert "2 responses are as they were before." in undo(moderator, said).content.decode()
    assert [status_of(comment) for comment in (first, second, other)] == ["waiting", "approved", "waiting"]


def test_undo_leaves_what_somebody_has_decided_otherwise_since(moderator: Client) -> None:
    comment = waiting()
    said = decide(moderator, "spam", comment)
    decide(signed_in(SITE_OWNER), "approved", comment)
    assert "nothing to undo" in undo(moderator, said).content.decode()
    assert status_of(comment) == Status.APPROVED


def test_nobody_undoes_what_another_moderator_did(moderator: Client) -> None:
    comment = waiting()
    said = decide(moderator, "spam", comment)
    undo(signed_in(MODERATOR), said)
    assert status_of(comment) == Status.SPAM


def test_a_second_moderator_is_told_that_somebody_was_quicker(moderator: Client) -> None:
    comment = waiting()
    decide(signed_in(MODERATOR), "approved", comment)
    assert "somebody else was quicker" in decide(moderator, "approved", comment).content.decode()
    assert ModelLogEntry.objects.filter(action="comments.approve").count() == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"decide": "approved"}, "No response was ticked"),
        ({"decide": "published:1"}, "Nothing was decided"),
        ({}, "Nothing was decided"),
        ({"decide": "approved:99999999999999999999"}, "somebody else was quicker"),
        ({"decide": "undo", "next": "https://elsewhere.example/"}, "Nothing was decided"),
    ],
)
def test_a_button_without_sense_changes_nothing_and_says_so(moderator: Client, data: dict, said: str) -> None:
    comment = waiting()
    response = moderator.post(reverse("decide_responses"), data, follow=True)
    assert said in response.content.decode()
    assert response.redirect_chain[-1][0] == QUEUE
    assert status_of(comment) == Status.WAITING


def test_decisions_need_a_moderator_a_post_and_a_token(moderator: Client) -> None:
    comment = waiting()
    addresses = [
        reverse("decide_responses"),
        reverse("undo_decision"),
        reverse("note_on_response", args=[comment.pk]),
        reverse("answer_response", args=[comment.pk]),
    ]
    data = {"decide": f"approved:{comment.pk}", "note": "x", "answer": "x", "signed": "x"}
    editor, strict = signed_in(EDITOR), Client(enforce_csrf_checks=True)
    strict.login(username=UserFactory(role=MODERATOR).username, password=PASSWORD)
    for address in addresses:
        assert moderator.get(address).status_code == 405
        assert Client().post(address, data).status_code == 302
        assert editor.post(address, data).status_code == 302
        assert strict.post(address, data).status_code == 403
    assert editor.get(QUEUE).status_code == 302
    assert "Responses (" not in editor.get("/admin/").content.decode()
    assert status_of(comment) == Status.WAITING
    assert not comment.notes.exists()
    assert not comment.replies.exists()


def test_a_response_is_shown_with_all_that_helps_to_decide(moderator: Client) -> None:
    first = CommentFactory(name="First", text="The beginning.", email="ada@example.org")
    comment = waiting(parent=first, name="Second", email="bob@example.org", reasons=["It came within a second."])
    CommentFactory(parent=comment, name="Third", text="An answer to it.")
    CommentFactory(name="Bob, elsewhere", email="bob@example.org", status=Status.REMOVED)
    page = words(find(read(reverse("responses_modeladmin_inspect", args=[comment.pk]), moderator), ".moderation-page"))
    for expected in (
        "The beginning.",
        "An answer to it.",
        "Bob, elsewhere",
        "It came within a second.",
        first.page.title,
    ):
        assert expected in page


def test_notes_are_kept_for_moderators_alone(moderator: Client) -> None:
    comment = CommentFactory()
    address = reverse("note_on_response", args=[comment.pk])
    assert "The note is kept" in moderator.post(address, {"note": "I know them."}, follow=True).content.decode()
    assert "I know them." in moderator.get(reverse("responses_modeladmin_inspect", args=[comment.pk])).content.decode()
    assert "I know them." not in Client().get(comment.page.url).content.decode()
    refused = moderator.post(address, {"note": "  "})
    assert refused.status_code == 422
    assert "Write the note first." in refused.content.decode()


def test_an_answer_of_the_team_is_published_marked_and_approves_what_it_answers(moderator: Client) -> None:
    comment = waiting()
    address = reverse("answer_response", args=[comment.pk])
    refused = moderator.post(address, {"answer": "My words stay.", "signed": "\u200b"})
    assert refused.status_code == 422
    assert "My words stay." in refused.content.decode()
    assert status_of(comment) == Status.WAITING
    moderator.post(address, {"answer": "Thank you for this.", "signed": "Edith Editor"})
    assert status_of(comment) == Status.APPROVED
    answer = Comment.objects.get(parent=comment)
    assert (answer.standing, answer.status, answer.name) == ("editor", Status.APPROVED, "Edith Editor")
    assert seen(answer)


def test_the_owner_of_a_review_answers_as_its_author() -> None:
    user = UserFactory(role=MODERATOR)
    comment = CommentFactory(page=ReviewPageFactory(owner=user))
    client = Client()
    client.force_login(user)
    client.post(reverse("answer_response", args=[comment.pk]), {"answer": "Yes.", "signed": "Me"})
    assert Comment.objects.get(parent=comment).standing == "author"


@pytest.mark.parametrize("status", [Status.SPAM, Status.REMOVED])
def test_what_readers_do_not_see_cannot_be_answered(moderator: Client, status: str) -> None:
    comment = CommentFactory(status=status)
    moderator.post(reverse("answer_response", args=[comment.pk]), {"answer": "Yes.", "signed": "Me"})
    assert not comment.replies.exists()


def test_an_edit_is_seen_by_readers_and_its_history_says_what_stood_there(
    moderator: Client, page_cache: None, committed: Committed
) -> None:
    comment = CommentFactory(text="Call me on 01234 567890.")
    assert seen(comment)
    address = reverse("responses_modeladmin_edit", args=[comment.pk])
    data = {"text": "Call me.", "name": comment.name, "website": "", "standing": "researcher"}
    with committed():
        assert moderator.post(address, data).status_code == 302
    comment.text = "01234"
    assert not seen(comment)
    assert "author of the study" in Client().get(comment.page.url).content.decode()
    page = moderator.get(reverse("responses_modeladmin_inspect", args=[comment.pk])).content.decode()
    assert "Edited: response, written as" in page
    assert "Before: Call me on 01234 567890." in page
    entry = ModelLogEntry.objects.get(action="comments.edit")
    assert entry.data["before"] == {"text": "Call me on 01234 567890.", "standing": ""}


def test_an_edit_that_leaves_nothing_to_read_is_refused(moderator: Client) -> None:
    comment = CommentFactory()
    address = reverse("responses_modeladmin_edit", args=[comment.pk])
    data = {"text": "\u200b", "name": "", "website": "javascript:alert(1)", "standing": ""}
    page = moderator.post(address, data)
    assert page.status_code == 200
    assert set(page.context["form"].errors) == {"text", "name", "website"}
    assert comment.text == Comment.objects.get(pk=comment.pk).text


def test_nobody_makes_up_or_deletes_a_response(moderator: Client) -> None:
    comment = CommentFactory()
    moderator.post(reverse("responses_modeladmin_delete", args=[comment.pk]))
    moderator.get(reverse("responses_modeladmin_create"))
    assert Comment.objects.count() == 1


def test_the_list_is_taken_away_as_a_file_in_which_no_cell_is_a_formula(moderator: Client) -> None:
    waiting(name="=HYPERLINK(1)", text="+1 agree", reasons=["Because."])
    response: Any = moderator.get(f"{QUEUE}?export=csv")
    rows = list(csv.DictReader(StringIO(b"".join(response.streaming_content).decode())))
    assert rows[0]["Name"] == "'=HYPERLINK(1)"
    assert "'+1 agree" in rows[0].values()


def test_the_queue_asks_the_same_of_the_database_however_many_wait(
    moderator: Client, django_assert_num_queries: Any
) -> None:
    waiting()
    moderator.get(QUEUE)
    with django_assert_num_queries(30, exact=False) as few:
        moderator.get(QUEUE)
    page = ReviewPageFactory()
    for _number in range(10):
        waiting(page=page, parent=CommentFactory(page=page))
    with django_assert_num_queries(len(few)):
        moderator.get(QUEUE)


def test_the_editor_of_a_review_lists_its_responses_with_the_same_buttons(moderator: Client) -> None:
    comment = waiting(name="Wanda Waiting")
    CommentFactory(name="Sam Spam", page=comment.page, status=Status.SPAM)
    panels = reverse("editor_panels", args=[comment.page_id])
    page = read(panels, moderator)
    assert every(page, ".editor-panels__list strong") == ["Wanda Waiting"]
    assert find(page, "[data-name=decide]")["value"] == f"approved:{comment.pk}"
    answer = moderator.post(
        reverse("decide_responses"),
        {"decide": f"approved:{comment.pk}"},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    assert answer.content.decode() == "1 response is published."
    assert "Approved" in words(read(panels, moderator)).title()
    assert "Wanda" not in signed_in(EDITOR).get(panels).content.decode()
