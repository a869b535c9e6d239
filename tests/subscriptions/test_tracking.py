"""What a provider reports: mails that came back and complaints end the subscription, once, and only with the secret."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from django.test import Client

from subscriptions.models import ConsentRecord, Delivery, Subscriber
from tests.factories.pages import ReviewPageFactory
from tests.factories.subscriptions import DeliveryFactory, MailingFactory, SubscriberFactory

pytestmark = pytest.mark.django_db
SECRET = "provider:only-for-tests"
MESSAGE_ID = "883953f4-6105-42a2-a16a-77a8eac79483"


@pytest.fixture
def delivery() -> Delivery:
    """A mail that a provider took."""
    mailing = MailingFactory(page=ReviewPageFactory(published=False), is_filled=True, status="sent")
    sent: Delivery = DeliveryFactory(mailing=mailing, status="sent", message_id=MESSAGE_ID)
    return sent


def report(client: Client, email: str, secret: str = SECRET, **fields: Any) -> int:
    """Report as Postmark does, and return the answer's status."""
    event = {"MessageID": MESSAGE_ID, "Email": email, "BouncedAt": "2026-06-05T08:00:00Z", "ID": 7, **fields}
    return client.post(
        "/anymail/postmark/tracking/",
        json.dumps(event),
        content_type="application/json",
        headers={"Authorization": f"Basic {base64.b64encode(secret.encode()).decode()}"},
    ).status_code


def reader(delivery: Delivery) -> Subscriber:
    """Return whom the delivery goes to."""
    assert delivery.subscriber is not None
    return delivery.subscriber


def bounce(client: Client, email: str, **fields: Any) -> int:
    """Report that an address does not exist."""
    said = {"RecordType": "Bounce", "Type": "HardBounce", "TypeCode": 1, "Details": "550 5.1.1 No such user"}
    return report(client, email, **{**said, **fields})


def test_a_mail_that_came_back_ends_the_subscription_once(client: Client, delivery: Delivery) -> None:
    for _time in range(2):
        assert bounce(client, reader(delivery).email) == 200
    delivery.refresh_from_db()
    assert (delivery.status, reader(delivery).status) == ("bounced", "suppressed")
    assert "No such user" in reader(delivery).suppressed_because
    assert reader(delivery).records.get().event == ConsentRecord.Event.BOUNCED


def test_a_complaint_ends_the_subscription(client: Client, delivery: Delivery) -> None:
    report(client, reader(delivery).email, RecordType="SpamComplaint", Type="SpamComplaint", TypeCode=512)
    delivery.refresh_from_db()
    assert (delivery.status, reader(delivery).status) == ("complained", "suppressed")
    assert reader(delivery).records.get().event == ConsentRecord.Event.COMPLAINED


def test_a_mail_that_is_late_changes_nothing(client: Client, delivery: Delivery) -> None:
    bounce(client, reader(delivery).email, Type="Transient", TypeCode=2)
    delivery.refresh_from_db()
    assert (delivery.status, reader(delivery).status) == ("sent", "active")


def test_a_confirmation_that_came_back_is_no_delivery_and_ends_its_subscription(client: Client) -> None:
    asked = SubscriberFactory(status="pending")
    bounce(client, asked.email.upper(), MessageID="of-a-confirmation")
    asked.refresh_from_db()
    assert asked.status == Subscriber.Status.SUPPRESSED


def test_an_address_that_the_subscriber_left_since_is_not_theirs_any_more(client: Client, delivery: Delivery) -> None:
    old = reader(delivery).email
    Subscriber.objects.filter(pk=reader(delivery).pk).update(email="new@example.org")
    bounce(client, old)
    delivery.refresh_from_db()
    assert (delivery.status, reader(delivery).status) == ("bounced", "active")


def test_nobody_reports_without_the_secret(client: Client, delivery: Delivery) -> None:
    assert bounce(client, reader(delivery).email, secret="provider:guessed") == 400
    delivery.refresh_from_db()
    assert delivery.status == "sent"
