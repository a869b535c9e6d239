"""What is kept of a subscriber, for who asks what there is of them or that it goes."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from core.personal_data import Records, register
from subscriptions import leaving
from subscriptions.addresses import canonical
from subscriptions.models import Delivery, Subscriber


def record_of(subscriber: Subscriber) -> dict[str, Any]:
    """Return everything that is kept of the subscriber."""
    return {
        "email": subscriber.email,
        "new_email": subscriber.new_email,
        "status": subscriber.status,
        "suppressed_because": subscriber.suppressed_because,
        "rhythm": subscriber.rhythm,
        "all_topics": subscriber.all_topics,
        "topics": [topic.title for topic in subscriber.topics.order_by("title")],
        "paused_until": subscriber.paused_until,
        "first_asked": subscriber.created_at,
        "confirmed": subscriber.confirmed_at,
        "ended": subscriber.ended_at,
        "confirmation_sent": subscriber.confirmation_sent_at,
        "consent": list(subscriber.records.values("event", "wording", "where", "at", "evidence")),
        "mails": [mail_of(delivery) for delivery in subscriber.deliveries.select_related("mailing")],
    }


def mail_of(delivery: Delivery) -> dict[str, Any]:
    """Return what is kept of a mail to the subscriber."""
    return {
        "subject": delivery.mailing.title,
        "status": delivery.status,
        "sent": delivery.sent_at,
        "message_id": delivery.message_id,
        "answer": delivery.detail,
    }


def export(email: str) -> Records:
    """Return what is kept of the address."""
    moving = Subscriber.objects.filter(new_email__in=spellings(email))
    return {
        "subscription": [record_of(subscriber) for subscriber in Subscriber.objects.filter(email__in=spellings(email))],
        "asked for by another subscriber": [{"new_email": subscriber.new_email} for subscriber in moving],
    }


def erase(email: str) -> dict[str, int]:
    """Erase what is kept of the address."""
    subscribers = list(Subscriber.objects.filter(email__in=spellings(email)))
    for subscriber in subscribers:
        leaving.erase(subscriber, leaving.BY_THE_TEAM)
    asked = Subscriber.objects.filter(new_email__in=spellings(email)).update(new_email="")
    return {"subscription": len(subscribers), "asked for by another subscriber": asked}


def spellings(email: str) -> list[str]:
    """Return how the address may be kept."""
    try:
        return [canonical(email)]
    except ValidationError:
        return [email.lower()]


register(export, erase)
