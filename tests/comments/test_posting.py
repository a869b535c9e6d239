"""A reader responds: what is kept, and what the reader is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from comments.models import Comment
from research_reviews.models import ReviewPage
from tests.comments.conftest import SetRules
from tests.factories import PASSWORD, ReviewPageFactory, UserFactory
from tests.factories.comments import OWN_SITE, CommentFactory, respond, response_form
from tests.reading import find, links, read, words

pytestmark = pytest.mark.django_db

NAMES = {"name", "email", "website", "text", "replies"}


@pytest.fixture
def review() -> ReviewPage:
    made: ReviewPage = ReviewPageFactory()
    return made


def form_of(answer: Any) -> dict[str, str]:
    """Return what is filled in in the form of an answer."""
    page = read_answer(answer)
    fields = {field["name"]: str(field.get("value", "")) for field in page.select("form.response-form input")}
    return {**fields, "text": find(page, "textarea").get_text().removeprefix("\n")}


def read_answer(answer: Any) -> Any:
    """Return the page of an answer."""
    from bs4 import BeautifulSoup

    return BeautifulSoup(answer.content, "html.parser")


def moderator(client: Client) -> Any:
    """Sign in somebody who may moderate."""
    user = UserFactory()
    user.user_permissions.add(Permission.objects.get(codename="change_comment", content_type__app_label="comments"))
    client.login(username=user.username, password=PASSWORD)
    return user


def test_the_form_below_a_review_holds_what_a_reader_fills_in_and_no_secret_of_theirs(review: ReviewPage) -> None:
    client = Client()
    form = find(read(review.url, client), "form.response-form")
    assert (form["method"], form["action"]) == ("post", "/responses/")
    assert {field["name"] for field in form.select("input, textarea")} >= NAMES
    assert [field["name"] for field in form.select("[required]")] == ["name", "email", "text"]
    assert "csrf" not in str(form)
    assert not client.cookies


def test_the_page_is_the_same_for_everyone_who_reads_it(review: ReviewPage) -> None:
    CommentFactory(page=review)
    client = Client()
    with time_machine.travel(timezone.now(), tick=False):
        respond(review, client)
        answers = [reader.get(review.url) for reader in (client, Client())]
    assert answers[0].content == answers[1].content
    assert not any(answer.cookies for answer in answers)


def test_a_response_waits_and_only_its_author_finds_it(review: ReviewPage) -> None:
    answer = respond(review, text="Not yet for everyone.", website="ada.example", replies="on")
    assert answer.status_code == 303
    assert answer["Location"].startswith(f"{review.url}?response=waiting&see=")
    comment = Comment.objects.get()
    assert (comment.status, comment.name, comment.email) == ("waiting", "Ada Reader", "ada@example.org")
    assert (comment.website, comment.wants_replies) == ("https://ada.example", True)
    page = read(answer["Location"])
    assert "when a moderator has approved it" in words(find(page, '[role="status"]'))
    assert "Not yet for everyone." not in page.get_text()
    own = links(find(page, '[role="status"]'))["See your response"]
    seen = Client().get(own)
    assert "Not yet for everyone." in seen.content.decode()
    assert "no-store" in seen["Cache-Control"]
    comment.status = Comment.Status.APPROVED
    comment.save()
    assert Client().get(own)["Location"] == f"{review.url}#response-{comment.pk}"


def test_a_link_to_a_waiting_response_cannot_be_made_up(review: ReviewPage) -> None:
    comment = CommentFactory(page=review, status="waiting")
    for token in (f"{comment.pk}", f"{comment.pk}:abc", "x", "%00"):
        assert Client().get(f"/responses/waiting/{token}/").status_code == 404
    page = read(f"{review.url}?response=waiting&see={comment.pk}:abc")
    assert not links(find(page, '[role="status"]'))


def test_a_notice_of_somebody_elses_words_is_none(review: ReviewPage) -> None:
    page = read(f"{review.url}?response=You+have+won")
    assert not page.select('.responses [role="status"]')


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " \u202e\n"},
        {"name": "x" * 81},
        {"email": ""},
        {"email": "ada@example.org\nBcc: b@example.org"},
        {"website": "javascript:alert(1)"},
        {"website": "ftp://a.example/"},
        {"website": f"https://a.example/{'x' * 300}"},
        {"text": "\u200b \x08"},
        {"text": "x" * 10_001},
        {"name": "nul\0"},
    ],
)
def test_what_is_wrong_comes_back_filled_with_the_error_at_its_field(review: ReviewPage, wrong: dict[str, Any]) -> None:
    answer = respond(review, **wrong)
    assert answer.status_code == 422
    assert not Comment.objects.exists()
    page, [name] = read_answer(answer), wrong
    field = find(page, f'[name="{name}"]')
    assert field["aria-invalid"] == "true"
    assert words(find(page, f"#{field['aria-describedby']}"))
    sent = {"name": "Ada Reader", "email": "ada@example.org", "text": "I have seen this in my own work."}
    assert {key: form_of(answer)[key] for key in sent if key != name} == {k: v for k, v in sent.items() if k != name}


def test_unicode_and_one_line_names_are_kept(review: ReviewPage) -> None:
    respond(review, name="  Ада \n אדא  ", text="Grüße 👩‍⚕️\r\n\r\n\r\nשבת")
    comment = Comment.objects.get()
    assert (comment.name, comment.text) == ("Ада אדא", "Grüße 👩‍⚕️\n\nשבת")


def test_an_old_form_comes_back_with_a_fresh_stamp(review: ReviewPage) -> None:
    with time_machine.travel("2026-01-01"):
        old = response_form(review)
    answer = Client().post("/responses/", old, headers=OWN_SITE)
    assert answer.status_code == 422
    assert "send your response again" in words(find(read_answer(answer), '[role="alert"]'))
    assert form_of(answer)["text"] == old["text"]
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        assert Client().post("/responses/", form_of(answer), headers=OWN_SITE).status_code == 303


def test_the_same_again_is_kept_once(review: ReviewPage) -> None:
    respond(review)
    answer = respond(review)
    assert answer["Location"] == f"{review.url}?response=duplicate#responses"
    assert "We have this response already" in words(find(read(answer["Location"]), '[role="status"]'))
    assert Comment.objects.count() == 1


def test_a_form_of_another_site_is_refused(review: ReviewPage) -> None:
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {}):
        assert Client().post("/responses/", response_form(review), headers=headers).status_code == 403
    assert not Comment.objects.exists()


def test_reading_writes_nothing(review: ReviewPage) -> None:
    comment = CommentFactory(page=review)
    for address in ("/responses/", f"/responses/{comment.pk}/", f"/responses/{comment.pk}/reply/", review.url):
        assert Client().get(address, response_form(review)).status_code in {200, 302}
        assert Client().head(address).status_code in {200, 302}
    assert Client().post(f"/responses/{comment.pk}/reply/", response_form(review)).status_code in {403, 405}
    assert Comment.objects.count() == 1


def test_an_answer_stands_below_what_it_answers(review: ReviewPage) -> None:
    parent = CommentFactory(page=review, name="Bo")
    page = read(f"/responses/{parent.pk}/reply/")
    assert parent.text in page.get_text()
    assert words(find(page, "h1")) == "Reply to Bo"
    assert find(page, '[name="parent"]')["value"] == str(parent.pk)
    respond(review, parent=parent.pk)
    assert Comment.objects.latest("pk").parent == parent


def test_an_answer_to_what_is_no_longer_there_comes_back(review: ReviewPage) -> None:
    gone, elsewhere = CommentFactory(page=review, status="removed"), CommentFactory()
    for key in (gone.pk, elsewhere.pk, "x", "9" * 40):
        answer = respond(review, parent=key)
        assert answer.status_code == 422
        assert "no longer here" in words(find(read_answer(answer), '[role="alert"]'))
        assert "parent" not in form_of(answer)
    assert Comment.objects.count() == 2


def test_a_closed_review_gives_the_text_back(review: ReviewPage, rules: SetRules) -> None:
    rules(are_open=False)
    answer = respond(review, text="Hours of work.")
    assert answer.status_code == 409
    assert "Hours of work." in answer.content.decode()
    assert not Comment.objects.exists()


@pytest.mark.parametrize("key", ["", "x", "0", "9" * 40, "²"])
def test_a_response_to_no_review_is_not_taken(review: ReviewPage, key: str) -> None:
    assert respond(review, page=key).status_code == 404
    review.unpublish()
    assert respond(review).status_code == 404


def test_what_a_moderator_sends_is_marked_and_appears_at_once(review: ReviewPage) -> None:
    client = Client()
    user = moderator(client)
    answer = respond(review, client)
    comment = Comment.objects.get()
    assert (comment.status, comment.standing, comment.user) == ("approved", "editor", user)
    assert answer["Location"] == f"{review.url}?response=published#response-{comment.pk}"
    ReviewPage.objects.filter(pk=review.pk).update(owner=user)
    respond(review, client, text="And as the author.")
    assert Comment.objects.latest("pk").standing == "author"


def test_a_user_who_may_not_moderate_is_a_reader(review: ReviewPage) -> None:
    client = Client()
    client.login(username=UserFactory().username, password=PASSWORD)
    respond(review, client)
    comment = Comment.objects.get()
    assert (comment.status, comment.standing, comment.user) == ("waiting", "", None)


def test_no_network_address_is_kept_where_the_owner_wants_none(review: ReviewPage, rules: SetRules) -> None:
    respond(review)
    rules(keep_sender_days=0)
    respond(review, text="Again, but other words.")
    assert [len(sender) for sender in Comment.objects.order_by("pk").values_list("sender", flat=True)] == [64, 0]
