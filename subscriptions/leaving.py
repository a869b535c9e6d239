"""How subscribers change their minds: other choices, a pause, the end, and the end of all that is kept of them."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from core.schedule import register_hourly
from subscriptions.addresses import address_hash
from subscriptions.growth import keep_count_of
from subscriptions.models import ConsentRecord, Subscriber, Suppression
from subscriptions.wishes import Choices

UNCONFIRMED_DAYS = 30
DELETED_AT_ONCE = 500
# Why an address is not to come back, as its hash is kept with.
BY_THEMSELVES, BY_THE_TEAM = "erased by the subscriber", "erased by the team"

Event = ConsentRecord.Event
Status = Subscriber.Status


@transaction.atomic
def change(subscriber: Subscriber, choices: Choices, where: str) -> bool:
    """Give the subscriber other choices, and keep from what to what. Returns whether anything changed."""
    before = Choices.of(subscriber)
    if before == choices:
        return False
    choices.apply(subscriber)
    change_of = {"from": before.evidence(), "to": choices.evidence()}
    subscriber.records.create(event=Event.CHANGED, where=where, evidence=change_of)
    return True


@transaction.atomic
def pause(subscriber: Subscriber, until: date | None, where: str) -> None:
    """Send nothing until the day; without one, send again."""
    days = {"from": day(subscriber.paused_until), "to": day(until)}
    Subscriber.objects.filter(pk=subscriber.pk).update(paused_until=until)
    subscriber.records.create(event=Event.CHANGED, where=where, evidence={"paused_until": days})


def day(moment: date | None) -> str:
    """Return the day as it is kept."""
    return moment.isoformat() if moment else ""


@transaction.atomic
def unsubscribe(subscriber: Subscriber, where: str) -> bool:
    """End the subscription. Returns whether that is new."""
    others = Subscriber.objects.filter(pk=subscriber.pk).exclude(status=Status.UNSUBSCRIBED)
    ended = {"status": Status.UNSUBSCRIBED, "ended_at": timezone.now(), "confirmation_due_at": None}
    if not others.update(**ended, paused_until=None, new_email=""):
        return False
    subscriber.records.create(event=Event.UNSUBSCRIBED, where=where)
    return True


@transaction.atomic
def erase(subscriber: Subscriber, reason: str) -> None:
    """Delete all that is kept of the subscriber, but for a hash by which no import brings the address back."""
    Suppression.objects.get_or_create(address_hash=address_hash(subscriber.email), defaults={"reason": reason})
    keep_count_of([subscriber.pk])
    Subscriber.objects.filter(pk=subscriber.pk).delete()


@register_hourly
def forget_unconfirmed() -> int:
    """Delete addresses that nobody has confirmed for a month, and return how many."""
    oldest = timezone.now() - timedelta(days=UNCONFIRMED_DAYS)
    # One that asked again of late has its confirmation still before it.
    asked = ConsentRecord.objects.filter(subscriber=OuterRef("pk"), at__gte=oldest)
    old = Subscriber.objects.filter(~Exists(asked), status=Status.PENDING, created_at__lt=oldest).order_by()
    deleted = 0
    while pks := list(old.values_list("pk", flat=True)[:DELETED_AT_ONCE]):
        deleted += (
            Subscriber.objects.filter(pk__in=pks, status=Status.PENDING).delete()[1].get(Subscriber._meta.label, 0)
        )
    return deleted
