"""What a mail provider tells afterwards, through anymail's webhooks: mails that came back, and complaints."""

from __future__ import annotations

from typing import Any

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason, tracking
from django.dispatch import receiver

from subscriptions.faults import said
from subscriptions.models import ConsentRecord, Delivery, Subscriber
from subscriptions.suppressing import suppress, unsubscribe_by_provider

Status = Delivery.Status
CAME_BACK, COMPLAINED, LEFT, FAILED = "came back", "complained", "left", "failed"
MEANINGS = {
    EventType.BOUNCED: CAME_BACK,
    EventType.COMPLAINED: COMPLAINED,
    EventType.UNSUBSCRIBED: LEFT,
    EventType.FAILED: FAILED,
}
# A provider that sends nothing to an address any more says why it stopped.
REJECTIONS = {
    RejectReason.BOUNCED: CAME_BACK,
    RejectReason.INVALID: CAME_BACK,
    RejectReason.SPAM: COMPLAINED,
    RejectReason.UNSUBSCRIBED: LEFT,
}
STATUSES = {CAME_BACK: Status.BOUNCED, COMPLAINED: Status.COMPLAINED, FAILED: Status.FAILED}
EVENTS = {CAME_BACK: ConsentRecord.Event.BOUNCED, COMPLAINED: ConsentRecord.Event.COMPLAINED}


@receiver(tracking)
def provider_told(event: AnymailTrackingEvent, esp_name: str, **kwargs: Any) -> None:
    """Write down what became of a mail. A provider may tell the same thing several times."""
    meaning = meaning_of(event)
    if not meaning:
        return
    answer = said(event.mta_response or event.description or event.reject_reason or event.event_type)
    delivery = delivery_of(event)
    if delivery and meaning in STATUSES:
        Delivery.objects.filter(pk=delivery.pk).update(status=STATUSES[meaning], detail=answer)
    if subscriber := subscriber_of(event, delivery):
        if meaning in EVENTS:
            suppress(subscriber, EVENTS[meaning], answer, provider=esp_name, message_id=event.message_id or "")
        elif meaning == LEFT:
            unsubscribe_by_provider(subscriber, esp_name)


def meaning_of(event: AnymailTrackingEvent) -> str:
    """Return what an event means for us; empty where it means nothing."""
    if event.event_type == EventType.REJECTED:
        return REJECTIONS.get(event.reject_reason, FAILED)
    return MEANINGS.get(event.event_type, "")


def delivery_of(event: AnymailTrackingEvent) -> Delivery | None:
    """Return the delivery that the event is of, where it is of one: confirmations have none."""
    if not event.message_id:
        return None
    sent = Delivery.objects.filter(message_id=event.message_id[:200]).exclude(status=Status.DROPPED)
    return sent.select_related("subscriber").first()


def subscriber_of(event: AnymailTrackingEvent, delivery: Delivery | None) -> Subscriber | None:
    """Return whom the event is about: the address counts, which may not be the subscriber's any more."""
    if event.recipient:
        return Subscriber.objects.filter(email=event.recipient.strip().lower()).first()
    return delivery.subscriber if delivery else None
