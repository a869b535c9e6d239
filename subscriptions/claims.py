"""Who sends which delivery: claimed for a while, so that what a killed worker had is sent by another.

A claim marks rows as this worker's until a moment. Before each mail the row is read again: whether it is still ours,
the mailing still goes on and the subscriber still wants it. What was sent is marked at once. So a worker that is killed
leaves at most one mail that the server may have and the row does not know of.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import get_random_string

from subscriptions.models import Delivery, Mailing

DELIVERIES_A_CLAIM = 50
OPEN = (Delivery.Status.QUEUED, Delivery.Status.SENDING)


def lease() -> timedelta:
    """Return how long a worker that does not answer is taken to be alive."""
    return timedelta(seconds=settings.DELIVERY_LEASE_SECONDS)


class Claim:
    """Some deliveries of a mailing, for this worker alone."""

    def __init__(self, mailing: Mailing) -> None:
        self.worker = get_random_string(32)
        self.keys = self._take(mailing)

    @transaction.atomic
    def _take(self, mailing: Mailing) -> list[int]:
        """Take what is due: never tried, to be tried again, or left behind by a worker whose time is over."""
        due = Delivery.objects.filter(
            mailing=mailing, mailing__status=Mailing.Status.SENDING, status__in=OPEN, due_at__lte=timezone.now()
        )
        first = due.order_by("due_at", "pk").select_for_update(skip_locked=True, of=("self",))
        keys = list(first.values_list("pk", flat=True)[:DELIVERIES_A_CLAIM])
        Delivery.objects.filter(pk__in=keys).update(
            status=Delivery.Status.SENDING, worker=self.worker, due_at=timezone.now() + lease()
        )
        return keys

    def current(self, key: int) -> Delivery | None:
        """Return the delivery as it is now with its subscriber; None where it is not to be sent by this worker."""
        now = timezone.now()
        ours = self._ours(pk=key, mailing__status=Mailing.Status.SENDING, due_at__gt=now)
        delivery = ours.select_related("subscriber").first()
        if delivery and delivery.due_at < now + lease() / 2:
            self._ours(pk__in=self.keys).update(due_at=now + lease())
        return delivery

    def record(self, key: int, status: str, **changes: Any) -> bool:
        """Write down what became of a delivery. Returns whether it was still this worker's."""
        return bool(self._ours(pk=key).update(status=status, worker="", **changes))

    def release(self) -> None:
        """Give back what was not tried."""
        rest = self._ours(pk__in=self.keys)
        rest.update(status=Delivery.Status.QUEUED, worker="", due_at=timezone.now())

    def _ours(self, **which: Any) -> QuerySet[Delivery]:
        return Delivery.objects.filter(worker=self.worker, status=Delivery.Status.SENDING, **which)
