"""Who wants it is told of answers: after both are approved and they have confirmed, once, until they stop it."""

from __future__ import annotations

import re
from datetime import timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.utils import timezone

from comments import replies
from comments.models import Comment
from core.schedule import do_jobs_of_the_round
from tests.factories.comments import CommentFactory
from tests.reading import find, read

pytestmark = pytest.mark.django_db

Status = Comment.Status


def wanting(**values: Any) -> Comment:
    """Return an approved response whose author wants to be told of answers."""
    comment: Comment = CommentFactory(**{"wants_replies": True, "email": "ada@example.org", **values})
    return comment


def confirmed(**values: Any) -> Comment:
    """Return one whose author has confirmed it."""
    now = timezone.now()
    return wanting(**{"replies_asked_at": now, "replies_confirmed_at": now, **values})


def link_in(message: Any, part: str) -> str:
    """Return the path of the link in the plain text."""
    found = re.search(rf"https?://[^/\s]+(/responses/{part}/\S+)", message.body)
    assert found, message.body
    return found[1]


def mails_to(address: str) -> list[Any]:
    """Make a round of the worker, and return what it sent to the address."""
    mail.outbox.clear()
    do_jobs_of_the_round()
    return [message for message in mail.outbox if message.to == [address]]


def test_an_answer_is_told_once_after_confirmation_and_approval() -> None:
    comment = wanting()
    [question] = mails_to("ada@example.org")
    answer = CommentFactory(parent=comment, status=Status.WAITING, name="Bob", text="I see it otherwise.")
    path = link_in(question, "answers")
    for method in (Client().get, Client().head):
        assert method(path).status_code == 200
    assert not mails_to("ada@example.org")
    find(read(path), "form[method=post] button")
    assert Client().post(path).status_code == 200
    assert not mails_to("ada@example.org")
    Comment.objects.filter(pk=answer.pk).update(status=Status.APPROVED)
    [told] = mails_to("ada@example.org")
    assert told.subject == "Bob answered your response"
    for text in (told.body, told.alternatives[0][0]):
        assert "I see it otherwise." in text
        assert f"/responses/{answer.pk}/" in text
    assert not mails_to("ada@example.org")


def test_an_answer_that_came_before_the_confirmation_is_told_after_it() -> None:
    comment = wanting()
    [question] = mails_to("ada@example.org")
    CommentFactory(parent=comment)
    assert not mails_to("ada@example.org")
    Client().post(link_in(question, "answers"))
    assert len(mails_to("ada@example.org")) == 1


@pytest.mark.parametrize("status", [Status.WAITING, Status.SPAM, Status.REMOVED])
def test_nobody_is_asked_or_told_about_what_is_not_published(status: str) -> None:
    wanting(status=status)
    answered = confirmed(email="bob@example.org", status=status)
    CommentFactory(parent=answered)
    CommentFactory(parent=confirmed(email="bob@example.org"), status=status)
    assert not mails_to("ada@example.org")
    assert not mails_to("bob@example.org")


def test_nobody_is_told_who_did_not_ask_or_answers_themselves() -> None:
    CommentFactory(parent=CommentFactory(email="cy@example.org"))
    CommentFactory(parent=confirmed(), email="ADA@example.org")
    assert not mails_to("cy@example.org")
    assert not mails_to("ada@example.org")


def test_nothing_is_sent_of_a_review_that_readers_cannot_see() -> None:
    comment, unasked = confirmed(), wanting(email="bob@example.org")
    CommentFactory(parent=comment)
    comment.page.unpublish()
    unasked.page.unpublish()
    assert not mails_to("ada@example.org")
    assert not mails_to("bob@example.org")


def test_an_address_is_asked_once_a_day_and_never_again_once_it_has_confirmed() -> None:
    with time_machine.travel("2026-03-02 12:00+00:00", tick=False) as clock:
        wanting()
        wanting(email="Ada@Example.org")
        [question] = mails_to("ada@example.org") + mails_to("Ada@Example.org")
        clock.shift(timedelta(hours=25))
        wanting()
        assert len(mails_to("ada@example.org")) == 1
        Client().post(link_in(question, "answers"))
        assert not Comment.objects.filter(replies_confirmed_at=None).exists()
        clock.shift(timedelta(days=30))
        latest = wanting()
        assert not mails_to("ada@example.org")
        CommentFactory(parent=latest)
        assert len(mails_to("ada@example.org")) == 1


def test_mails_stop_by_a_button_and_by_a_provider_s_one_click_and_have_to_be_confirmed_anew() -> None:
    CommentFactory(parent=(comment := confirmed()))
    [told] = mails_to("ada@example.org")
    assert told.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = link_in(told, "no-answers")
    assert path in told.extra_headers["List-Unsubscribe"]
    for method in (Client().get, Client().head):
        answer = method(path)
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "ada" not in answer.content.decode().lower()
    assert Comment.objects.get(pk=comment.pk).wants_replies
    one_click = Client(enforce_csrf_checks=True).post(path, {"List-Unsubscribe": "One-Click"})
    assert one_click.status_code == 200
    CommentFactory(parent=comment)
    assert not mails_to("ada@example.org")
    wanting()
    assert len(mails_to("ada@example.org")) == 1


@pytest.mark.parametrize("token", ["nonsense", "1", "1:AAAA", "%00"])
def test_a_link_that_is_none_of_ours_says_so_and_does_nothing(token: str) -> None:
    confirmed()
    for part in ("answers", "no-answers"):
        assert Client().get(f"/responses/{part}/{token}/").status_code == 404
        assert Client().post(f"/responses/{part}/{token}/").status_code == 404
    assert Comment.objects.filter(wants_replies=True, replies_confirmed_at__isnull=False).count() == 1


def test_a_link_for_one_purpose_serves_no_other() -> None:
    wanting()
    [question] = mails_to("ada@example.org")
    token = link_in(question, "answers").split("/")[3]
    assert Client().post(f"/responses/no-answers/{token}/").status_code == 404


def test_hostile_names_and_texts_stay_text_and_begin_no_header() -> None:
    name = "Eve\r\nBcc: all@example.org <b>"
    CommentFactory(parent=confirmed(), name=name[:80], text="<script>alert(1)</script> {{ x }} <mj-raw>")
    [told] = mails_to("ada@example.org")
    assert "\n" not in told.subject
    assert told.recipients() == ["ada@example.org"]
    assert "<script>" not in told.alternatives[0][0]
    assert "<script>alert(1)</script>" in told.body


def test_a_server_that_is_away_is_tried_again_and_a_refused_address_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = CommentFactory(parent=confirmed())

    def fail_with(error: OSError) -> None:
        def send(*args: Any) -> None:
            raise error

        monkeypatch.setattr(EmailBackend, "send_messages", send)
        replies.announce_answers()

    fail_with(ConnectionRefusedError())
    assert Comment.objects.get(pk=answer.pk).announced_at is None
    fail_with(SMTPRecipientsRefused({"ada@example.org": (451, b"later")}))
    assert Comment.objects.get(pk=answer.pk).announced_at is None
    fail_with(SMTPRecipientsRefused({"ada@example.org": (550, b"unknown")}))
    assert Comment.objects.get(pk=answer.pk).announced_at


def test_two_workers_tell_of_an_answer_once() -> None:
    answer = CommentFactory(parent=confirmed())
    found = Comment.objects.select_related("parent", "page").get(pk=answer.pk)
    mail.outbox.clear()
    replies.announce(found)
    replies.announce(found)
    assert len(mail.outbox) == 1
