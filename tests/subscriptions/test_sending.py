"""Each subscriber gets each mailing once: what is sent, put off, given up and dropped."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused, SMTPServerDisconnected
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends import locmem
from django.utils import timezone

from subscriptions import contents, planning, sending
from subscriptions.claims import Claim
from subscriptions.models import ConsentRecord, Delivery, Mailing, Subscriber
from tests.factories.pages import ReviewPageFactory
from tests.factories.subscriptions import DeliveryFactory, MailingFactory
from tests.subscriptions.workers import work

Status = Delivery.Status
pytestmark = pytest.mark.django_db


class Server(locmem.EmailBackend):
    """A mail server that does to each mail what the test says."""

    faults: dict[str, Exception] = {}
    is_away = False
    opened = 0

    def open(self) -> None:
        """Answer the call, unless away."""
        if Server.is_away:
            raise ConnectionRefusedError(111, "Connection refused")
        Server.opened += 1

    def send_messages(self, messages: Any) -> int:
        """Take the mails, but for those to an address with a fault."""
        for message in messages:
            if fault := Server.faults.get(message.to[0]):
                raise fault
        return super().send_messages(messages)


@pytest.fixture(autouse=True)
def server(settings: Any, monkeypatch: pytest.MonkeyPatch) -> type[Server]:
    """The mail server, without faults, which nobody found away before."""
    settings.EMAIL_BACKEND = "tests.subscriptions.test_sending.Server"
    monkeypatch.setattr(sending.Pause, "until", 0.0)
    monkeypatch.setattr(Server, "faults", {})
    monkeypatch.setattr(Server, "is_away", False)
    monkeypatch.setattr(Server, "opened", 0)
    return Server


@pytest.fixture
def mailing() -> Iterator[Mailing]:
    """A mailing of a public review that is being sent."""
    review = ReviewPageFactory()
    Mailing.objects.all().delete()
    return MailingFactory(page=review, is_filled=True)


def received() -> list[str]:
    """Who got a mail, in order."""
    return [message.to[0] for message in mail.outbox]


def refused(delivery: Delivery, code: int, text: bytes) -> SMTPRecipientsRefused:
    """What a server says that refuses the subscriber's address."""
    assert delivery.subscriber is not None
    return SMTPRecipientsRefused({delivery.subscriber.email: (code, text)})


def later(**kwargs: float) -> time_machine.travel:
    """Travel ahead."""
    return time_machine.travel(timezone.now() + timedelta(**kwargs), tick=True)


def test_every_delivery_is_sent_once_over_one_connection(mailing: Mailing, server: type[Server]) -> None:
    readers = [delivery.subscriber.email for delivery in DeliveryFactory.create_batch(60, mailing=mailing)]
    work()
    work()
    assert received() == readers
    assert server.opened <= 3
    mailing.refresh_from_db()
    assert mailing.status == Mailing.Status.SENT
    assert mailing.finished_at
    assert not mailing.deliveries.exclude(status=Status.SENT).exists()


def test_a_mail_says_how_to_leave_and_which_list_it_is_of(mailing: Mailing) -> None:
    delivery = DeliveryFactory(mailing=mailing)
    work()
    message = mail.outbox[0].message()
    assert message["List-Unsubscribe"].startswith("<http://localhost/subscribe/unsubscribe/")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["List-Id"] == "<reviews.localhost>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Precedence"] == "bulk"
    delivery.refresh_from_db()
    assert delivery.message_id == message["Message-ID"]
    assert delivery.sent_at
    assert delivery.subscriber.email not in message["Message-ID"]


def test_a_mail_that_is_tried_again_keeps_its_message_id(mailing: Mailing) -> None:
    delivery = DeliveryFactory(mailing=mailing)
    work()
    Delivery.objects.filter(pk=delivery.pk).update(status=Status.FAILED)
    planning.retry_failed(mailing)
    work()
    first, second = (message.message()["Message-ID"] for message in mail.outbox)
    assert first == second


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"status": "unsubscribed"}, "Unsubscribed"),
        ({"status": "suppressed"}, "Bounced or complained"),
        ({"paused_until": timezone.localdate() + timedelta(days=400)}, "Paused"),
    ],
)
def test_whoever_left_since_the_mailing_began_gets_nothing(mailing: Mailing, change: dict[str, Any], said: str) -> None:
    delivery = DeliveryFactory(mailing=mailing)
    Subscriber.objects.filter(pk=delivery.subscriber.pk).update(**change)
    work()
    delivery.refresh_from_db()
    assert (received(), delivery.status) == ([], Status.DROPPED)
    assert delivery.detail.startswith(said)


def test_whoever_was_erased_since_gets_nothing(mailing: Mailing) -> None:
    delivery = DeliveryFactory(mailing=mailing)
    delivery.subscriber.delete()
    work()
    delivery.refresh_from_db()
    assert (received(), delivery.status) == ([], Status.DROPPED)


def test_whoever_leaves_while_mails_before_theirs_are_sent_gets_nothing(
    mailing: Mailing, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = DeliveryFactory.create_batch(2, mailing=mailing)
    send = Server.send_messages

    def unsubscribe(self: Server, messages: Any) -> int:
        Subscriber.objects.filter(pk=second.subscriber.pk).update(status="unsubscribed")
        return send(self, messages)

    monkeypatch.setattr(Server, "send_messages", unsubscribe)
    work()
    assert received() == [first.subscriber.email]


@pytest.mark.parametrize(
    "fault",
    [
        SMTPDataError(451, b"4.7.1 Greylisted"),
        SMTPSenderRefused(550, b"5.7.1 Not allowed to send", "reviews@example.org"),
        SMTPServerDisconnected("Connection unexpectedly closed"),
        TimeoutError("timed out"),
    ],
)
def test_a_fault_that_may_pass_is_tried_again_ever_later_and_given_up_after_hours(
    mailing: Mailing, server: type[Server], fault: Exception
) -> None:
    delivery, other = DeliveryFactory.create_batch(2, mailing=mailing)
    server.faults = {delivery.subscriber.email: fault}
    waits = []
    moment = timezone.now()
    while True:
        with time_machine.travel(moment, tick=False):
            work()
        delivery.refresh_from_db()
        if delivery.status != Status.QUEUED:
            break
        waits.append(round((delivery.due_at - moment).total_seconds() / 60))
        moment = delivery.due_at + timedelta(seconds=1)
    assert waits == [1, 5, 30, 120, 360]
    assert (delivery.status, delivery.attempts) == (Status.FAILED, 6)
    assert delivery.detail
    assert received() == [other.subscriber.email]
    mailing.refresh_from_db()
    assert mailing.status == Mailing.Status.SENT


def test_a_fault_that_passes_is_forgotten(mailing: Mailing, server: type[Server]) -> None:
    delivery = DeliveryFactory(mailing=mailing)
    server.faults = {delivery.subscriber.email: SMTPDataError(452, b"4.2.2 Mailbox full")}
    work()
    delivery.refresh_from_db()
    assert "452 4.2.2 Mailbox full" in delivery.detail
    server.faults = {}
    with later(minutes=2):
        work()
    delivery.refresh_from_db()
    assert (delivery.status, delivery.attempts, delivery.detail) == (Status.SENT, 2, "")
    assert received() == [delivery.subscriber.email]


def test_a_mail_that_is_refused_for_good_is_not_tried_again(mailing: Mailing, server: type[Server]) -> None:
    delivery = DeliveryFactory(mailing=mailing)
    server.faults = {delivery.subscriber.email: SMTPDataError(554, b"5.7.1 We take it for spam")}
    work()
    delivery.refresh_from_db()
    assert (delivery.status, delivery.detail) == (Status.FAILED, "554 5.7.1 We take it for spam")
    assert delivery.subscriber.status == Subscriber.Status.ACTIVE


def test_an_address_that_does_not_exist_gets_no_mail_any_more(mailing: Mailing, server: type[Server]) -> None:
    delivery = DeliveryFactory(mailing=mailing)
    server.faults = {delivery.subscriber.email: refused(delivery, 550, b"5.1.1 No such user\r\nhere")}
    work()
    delivery.refresh_from_db()
    assert delivery.status == Status.FAILED
    assert delivery.subscriber.status == Subscriber.Status.SUPPRESSED
    assert "No such user here" in delivery.subscriber.suppressed_because
    assert delivery.subscriber.records.get().event == ConsentRecord.Event.BOUNCED


def test_a_server_that_is_away_is_left_alone_for_a_minute_and_nobody_s_tries_are_spent(
    mailing: Mailing, server: type[Server], caplog: pytest.LogCaptureFixture
) -> None:
    DeliveryFactory.create_batch(3, mailing=mailing)
    server.is_away = True
    work()
    assert set(mailing.deliveries.values_list("status", "attempts", "worker")) == {(Status.QUEUED, 0, "")}
    assert "The mail server is away" in caplog.text
    server.is_away = False
    work()
    assert received() == []
    sending.Pause.until = 0.0
    work()
    assert len(received()) == 3


def test_a_server_that_cuts_every_connection_is_taken_to_be_away(mailing: Mailing, server: type[Server]) -> None:
    deliveries = DeliveryFactory.create_batch(9, mailing=mailing)
    server.faults = {one.subscriber.email: SMTPServerDisconnected("cut") for one in deliveries}
    work()
    assert mailing.deliveries.filter(attempts=0).count() == 9 - sending.MOST_CUTS


def test_a_mail_that_cannot_be_written_stops_its_mailing_and_no_other(
    mailing: Mailing, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    DeliveryFactory(mailing=mailing)
    other = DeliveryFactory(mailing=MailingFactory(page=ReviewPageFactory(published=False), is_filled=True))
    other.mailing.page.save_revision().publish()
    render = contents.render

    def broken(one: Mailing, topics: Any = None) -> contents.Content:
        if one == mailing:
            raise ValueError("no such template")
        return render(one, topics)

    monkeypatch.setattr(contents, "render", broken)
    work()
    mailing.refresh_from_db()
    assert mailing.status == Mailing.Status.STOPPED
    assert "could not be written" in mailing.reason
    assert "no such template" in caplog.text
    assert received() == [other.subscriber.email]


def test_what_a_killed_worker_had_is_sent_once_its_time_is_over(mailing: Mailing) -> None:
    delivery = DeliveryFactory(mailing=mailing)
    assert Claim(mailing).keys == [delivery.pk]
    work()
    assert received() == []
    with later(seconds=121):
        work()
    assert received() == [delivery.subscriber.email]


def test_two_workers_never_claim_the_same(mailing: Mailing) -> None:
    DeliveryFactory.create_batch(2, mailing=mailing)
    assert len(Claim(mailing).keys) == 2
    assert Claim(mailing).keys == []


def test_a_worker_whose_time_is_over_neither_sends_nor_writes(mailing: Mailing) -> None:
    delivery = DeliveryFactory(mailing=mailing)
    slow = Claim(mailing)
    with later(seconds=121):
        assert slow.current(delivery.pk) is None
        quick = Claim(mailing)
        assert not slow.record(delivery.pk, Status.FAILED)
        slow.release()
        assert quick.record(delivery.pk, Status.SENT)
    delivery.refresh_from_db()
    assert delivery.status == Status.SENT


def test_a_worker_that_takes_long_keeps_its_claim(mailing: Mailing) -> None:
    first, second = DeliveryFactory.create_batch(2, mailing=mailing)
    claim = Claim(mailing)
    with later(seconds=70):
        assert claim.current(first.pk)
    with later(seconds=150):
        assert Claim(mailing).keys == []
        assert claim.current(second.pk)


def test_thousands_of_subscribers_have_their_delivery_made_in_pieces(
    mailing: Mailing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("subscriptions.starting.DELIVERIES_A_PIECE", 10)
    Mailing.objects.update(is_filled=False)
    Subscriber.objects.bulk_create(Subscriber(email=f"r{n}@example.com", status="active") for n in range(25))
    work()
    assert len(received()) == len(set(received())) == 25
    mailing.refresh_from_db()
    assert (mailing.status, mailing.is_filled) == (Mailing.Status.SENT, True)


def test_a_mailing_to_nobody_ends() -> None:
    ReviewPageFactory()
    with later(minutes=2):
        work()
    assert Mailing.objects.get().status == Mailing.Status.SENT
