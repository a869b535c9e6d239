"""No more mail to an address whose mails come back or whose owner calls them spam."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from subscriptions.models import ConsentRecord, Subscriber

Status = Subscriber.Status


@transaction.atomic
def suppress(subscriber: Subscriber, event: str, reason: str, **evidence: Any) -> bool:
    """Send nothing more to the subscriber, and keep why. Returns whether that is new."""
    mailed = Subscriber.objects.filter(pk=subscriber.pk, status__in=(Status.PENDING, Status.ACTIVE))
    is_new = bool(mailed.update(status=Status.SUPPRESSED, suppressed_because=reason[:250], ended_at=timezone.now()))
    if is_new:
        ConsentRecord.objects.create(subscriber=subscriber, event=event, where=reason[:500], evidence=evidence)
    return is_new


@transaction.atomic
def unsubscribe_by_provider(subscriber: Subscriber, where: str) -> bool:
    """End the subscription of somebody who told their mail provider so. Returns whether that is new."""
    mailed = Subscriber.objects.filter(pk=subscriber.pk, status__in=(Status.PENDING, Status.ACTIVE))
    is_new = bool(mailed.update(status=Status.UNSUBSCRIBED, ended_at=timezone.now()))
    if is_new:
        ConsentRecord.objects.create(subscriber=subscriber, event=ConsentRecord.Event.UNSUBSCRIBED, where=where[:500])
    return is_new
