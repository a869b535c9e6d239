"""From a planned mailing to a delivery for each subscriber: begun when due, filled in pieces, then ended."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.schedule import register_each_round, register_steady
from subscriptions import digests, planning, subscribers
from subscriptions.models import Delivery, Mailing, Subscriber
from subscriptions.models.subscribers import SubscriberQuerySet

# A review that is still not public by then is no news any more.
LONGEST_WAIT = timedelta(days=14)
DELIVERIES_A_PIECE = 5_000

Status = Mailing.Status


@register_each_round
def start_due() -> None:
    """Begin every mailing whose time has come."""
    due = Mailing.objects.filter(status=Status.PLANNED, send_after__lte=timezone.now())
    for mailing in due.select_related("page").order_by("send_after", "pk"):
        if not planning.is_public(mailing):
            keep_waiting(mailing)
        else:
            begin(mailing)


# After the above, because a digest covers what has begun.
register_each_round(digests.plan_digest)


def keep_waiting(mailing: Mailing) -> None:
    """Leave the mailing until its review is public, though not for ever."""
    if mailing.page is None:
        planning.skip(mailing, _("The review was deleted."))
    elif mailing.send_after < timezone.now() - LONGEST_WAIT:
        planning.skip(mailing, _("The review was not public for two weeks."))
    elif not mailing.reason:
        reason = _("The review is not public. The mail goes out once it is.")
        Mailing.objects.filter(pk=mailing.pk, status=Status.PLANNED).update(reason=reason)


def begin(mailing: Mailing) -> None:
    """Begin a mailing. One that had to wait counts from now: its review belongs to this week's digest."""
    now = timezone.now()
    Mailing.objects.filter(pk=mailing.pk, status=Status.PLANNED).update(
        status=Status.SENDING,
        started_at=now,
        send_after=now if mailing.reason else mailing.send_after,
        title=mailing.page.title if mailing.page else mailing.title,
        reason="",
    )


@register_steady
def fill_next() -> bool:
    """Make the next deliveries of a mailing that has not all of them. Returns whether there was one."""
    pk = Mailing.objects.filter(status=Status.SENDING, is_filled=False).values_list("pk", flat=True).first()
    return pk is not None and fill(pk)


@transaction.atomic
def fill(pk: int) -> bool:
    """Make a mailing's next deliveries. Returns whether it was this worker's to do."""
    unfilled = Mailing.objects.select_for_update(skip_locked=True, no_key=True).filter(
        pk=pk, status=Status.SENDING, is_filled=False
    )
    if (mailing := unfilled.first()) is None:
        return False
    rest = recipients(mailing).filter(pk__gt=mailing.filled_to).order_by("pk")
    keys = list(rest.values_list("pk", flat=True)[:DELIVERIES_A_PIECE])
    Delivery.objects.bulk_create(
        (Delivery(mailing=mailing, subscriber_id=key) for key in keys), ignore_conflicts=True, batch_size=1_000
    )
    mailing.filled_to = keys[-1] if keys else mailing.filled_to
    mailing.is_filled = len(keys) < DELIVERIES_A_PIECE
    mailing.save(update_fields=["filled_to", "is_filled"])
    return True


def recipients(mailing: Mailing) -> SubscriberQuerySet:
    """Return who is to get the mailing."""
    if mailing.kind == Mailing.Kind.DIGEST:
        return digests.recipients(mailing)
    return subscribers.for_review(mailing.page) if mailing.page else Subscriber.objects.none()


def end(mailing: Mailing) -> None:
    """End a mailing of which nothing is left to send."""
    open_ones = mailing.deliveries.filter(status__in=(Delivery.Status.QUEUED, Delivery.Status.SENDING))
    if mailing.is_filled and not open_ones.exists():
        sending = Mailing.objects.filter(pk=mailing.pk, status=Status.SENDING)
        sending.update(status=Status.SENT, finished_at=timezone.now())
