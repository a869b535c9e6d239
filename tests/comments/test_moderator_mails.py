"""Moderators are told what waits: at once, one mail a round, or once a day; and nobody else is."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from comments import moderation
from comments.models import Comment
from core.roles import EDITOR, MODERATOR, SITE_OWNER
from core.schedule import do_jobs_of_the_round
from tests.comments.conftest import SetRules
from tests.factories import ReviewPageFactory, UserFactory
from tests.factories.comments import CommentFactory

pytestmark = pytest.mark.django_db

Status = Comment.Status


@pytest.fixture(autouse=True)
def team() -> None:
    """A moderator, an owner, and those who are not told."""
    UserFactory(role=MODERATOR, email="mo@team.example")
    UserFactory(role=SITE_OWNER, email="olive@team.example")
    UserFactory(role=EDITOR, email="ed@team.example")
    UserFactory(role=MODERATOR, email="gone@team.example", is_active=False)
    UserFactory(role=MODERATOR, email="")


def told() -> list[Any]:
    """Make a round of the worker, and return its mails."""
    mail.outbox.clear()
    do_jobs_of_the_round()
    return list(mail.outbox)


def test_all_that_came_since_the_last_round_is_told_in_one_mail_each() -> None:
    first = CommentFactory(status=Status.WAITING, name="Ada", text="<b>Chairs</b> matter.", reasons=["It has 2 links."])
    CommentFactory(status=Status.WAITING)
    CommentFactory(status=Status.SPAM)
    messages = told()
    assert [message.to for message in messages] == [["mo@team.example"], ["olive@team.example"]]
    message = messages[0]
    assert message.subject == "2 responses wait for a moderator"
    assert "<b>Chairs</b> matter." in message.body
    assert "&lt;b&gt;Chairs" in message.alternatives[0][0]
    for expected in ("Ada", first.page.title, "It has 2 links.", f"/admin/responses/inspect/{first.pk}/"):
        assert expected in message.body
    assert told() == []
    CommentFactory(status=Status.WAITING)
    assert told()[0].subject == "A response waits for a moderator"


def test_a_flood_makes_one_short_mail() -> None:
    page = ReviewPageFactory()
    for _number in range(23):
        CommentFactory(page=page, status=Status.WAITING)
    messages = told()
    assert len(messages) == 2
    assert "3 more wait in the queue." in messages[0].body


def test_the_daily_mail_comes_at_its_hour_with_all_that_wait_and_is_caught_up_once(rules: SetRules) -> None:
    rules(tell_moderators="daily", tell_at_hour=8)
    # In London's summer, so that the hour is not that of UTC.
    with time_machine.travel("2026-07-01 06:00+00:00", tick=False) as clock:
        CommentFactory(status=Status.WAITING)
        assert told() == []
        clock.move_to("2026-07-01 07:01+00:00")
        assert len(told()) == 2
        clock.move_to("2026-07-01 09:00+00:00")
        CommentFactory(status=Status.WAITING)
        assert told() == []
        clock.move_to("2026-07-04 11:00+00:00")
        assert told()[0].subject == "2 responses wait for a moderator"
        assert told() == []


def test_who_wants_no_mail_gets_none(rules: SetRules) -> None:
    rules(tell_moderators="never")
    CommentFactory(status=Status.WAITING)
    assert told() == []


def test_what_could_not_be_sent_is_told_in_the_next_round(monkeypatch: pytest.MonkeyPatch) -> None:
    CommentFactory(status=Status.WAITING)

    def away(*args: Any) -> None:
        raise ConnectionRefusedError

    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", away)
        assert told() == []
    assert len(told()) == 2


def test_a_response_that_a_moderator_puts_back_into_the_queue_is_no_news() -> None:
    comment = CommentFactory()
    moderation.decide(comment, Status.WAITING, UserFactory(role=MODERATOR))
    assert told() == []
