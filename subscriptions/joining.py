"""How an address becomes a subscriber's: somebody asks, its owner confirms.

At most one of our mails a day goes to an address, whoever asks and however often; and at most so many an hour as the
settings say, to whomever. What is due beyond that follows in a later round of the worker.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.mail import compose
from core.schedule import register_each_round
from subscriptions.addresses import address_hashes
from subscriptions.asking import DAY, Answer, claim, take_back, was_asked
from subscriptions.current import current_settings
from subscriptions.faults import Kind, fault_of
from subscriptions.links import CONFIRMATION_DAYS, confirm_url, preferences_url
from subscriptions.models import ConsentRecord, Subscriber, Suppression
from subscriptions.sender import sender
from subscriptions.wishes import Choices, Wish

TRY_AGAIN = timedelta(minutes=10)
MOST_A_ROUND = 50

Event = ConsentRecord.Event
Status = Subscriber.Status
logger = logging.getLogger(__name__)


def take(wish: Wish) -> None:
    """Write down what is asked for, and send the mail that is due. Safe to do twice."""
    with transaction.atomic():
        subscriber = Subscriber.objects.get_or_create(email=wish.email)[0]
        subscriber = Subscriber.objects.select_for_update(of=("self",)).get(pk=subscriber.pk)
        # Whoever asks may not be the owner: what an active subscriber has chosen stays.
        if subscriber.status != Status.ACTIVE:
            wish.choices.apply(subscriber)
            write_down(subscriber, wish)
        if was_asked(wish.email):
            return
        waiting = Subscriber.objects.filter(pk=subscriber.pk, confirmation_due_at__isnull=True)
        waiting.update(confirmation_due_at=timezone.now())
    send_due(subscriber)


def write_down(subscriber: Subscriber, wish: Wish) -> None:
    """Keep what was asked for: of several times before a confirmation, the latest of each day."""
    kept = {"wording": wish.wording, "where": wish.where, "at": timezone.now(), "evidence": wish.choices.evidence()}
    last = subscriber.records.last()
    if last and last.event == Event.ASKED and last.at > timezone.now() - DAY:
        subscriber.records.filter(pk=last.pk).update(**kept)
    else:
        subscriber.records.create(event=Event.ASKED, **kept)


@register_each_round
def send_what_is_due() -> None:
    """Send the confirmations that had to wait, the longest waiting first, until the hour's number is reached."""
    due = Subscriber.objects.filter(confirmation_due_at__lte=timezone.now()).order_by("confirmation_due_at")
    for subscriber in due[:MOST_A_ROUND]:
        if not send_due(subscriber):
            return


def send_due(subscriber: Subscriber) -> bool:
    """Send the mail that is due to the subscriber. Returns whether others may be sent as well."""
    answer = claim(subscriber.email)
    if answer is Answer.NOT_IN_THIS_HOUR:
        return False
    Subscriber.objects.filter(pk=subscriber.pk).update(confirmation_due_at=None)
    return send(subscriber) if answer is Answer.YES else True


def send(subscriber: Subscriber) -> bool:
    """Send the confirmation, or to somebody active the way to their preferences. Returns whether others may follow."""
    try:
        message_to(subscriber).send()
    except Exception as error:
        return put_back(subscriber, error)
    Subscriber.objects.filter(pk=subscriber.pk).update(confirmation_sent_at=timezone.now())
    return True


def message_to(subscriber: Subscriber) -> EmailMessage:
    """Return the mail with the link that leads on."""
    settings = current_settings()
    is_active = subscriber.status == Status.ACTIVE
    return compose(
        "already_subscribed" if is_active else "confirmation",
        to=subscriber.email,
        subject=_("You are subscribed already") if is_active else str(settings.confirmation_subject),
        context={
            "text": settings.confirmation_text,
            "url": preferences_url(subscriber) if is_active else confirm_url(subscriber),
            "days": CONFIRMATION_DAYS,
        },
        from_email=sender(settings),
        reply_to=settings.reply_to,
    )


def put_back(subscriber: Subscriber, error: Exception) -> bool:
    """Let a mail that did not go out be tried again later, unless that is useless."""
    fault = fault_of(error)
    if fault.kind in (Kind.NEVER, Kind.NO_ADDRESS):
        logger.warning("A confirmation was refused for good: %s", fault.answer)
        return True
    logger.warning("A confirmation did not go out; it is tried again in %s: %s", TRY_AGAIN, fault.answer)
    later = timezone.now() + TRY_AGAIN
    take_back(subscriber.email)
    Subscriber.objects.filter(pk=subscriber.pk).update(confirmation_due_at=later)
    return fault.kind is not Kind.AWAY


@transaction.atomic
def confirm(subscriber: Subscriber, where: str, wording: str = "") -> bool:
    """Begin the subscription, as its owner says. Returns whether that is new."""
    of_it = Subscriber.objects.filter(pk=subscriber.pk).exclude(status=Status.ACTIVE)
    begun = {"status": Status.ACTIVE, "confirmed_at": timezone.now(), "ended_at": None, "suppressed_because": ""}
    if not of_it.update(**begun, paused_until=None, confirmation_due_at=None):
        return False
    asked = subscriber.records.filter(event=Event.ASKED).last()
    subscriber.records.create(
        event=Event.CONFIRMED,
        wording=wording or (asked.wording if asked else ""),
        where=where,
        evidence=Choices.of(subscriber).evidence(),
    )
    # Who comes back by themselves may be written to again.
    Suppression.objects.filter(address_hash__in=address_hashes(subscriber.email)).delete()
    return True
