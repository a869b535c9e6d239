"""How a subscriber moves to another address: asked for on the preferences page, confirmed at the new one."""

from __future__ import annotations

import logging

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.mail import compose
from core.schedule import register_each_round
from subscriptions.asking import Answer, claim, take_back
from subscriptions.current import current_settings
from subscriptions.faults import Fault, Kind, fault_of
from subscriptions.joining import MOST_A_ROUND, TRY_AGAIN
from subscriptions.links import CONFIRMATION_DAYS, new_address_url
from subscriptions.models import ConsentRecord, Subscriber
from subscriptions.sender import sender
from subscriptions.tasks import send_new_address

logger = logging.getLogger(__name__)


def ask(subscriber: Subscriber, email: str) -> None:
    """Keep the new address until it is confirmed, and have the worker ask there. The page says the same in any case."""
    Subscriber.objects.filter(pk=subscriber.pk).update(new_email=email, new_email_due_at=timezone.now())
    send_new_address.enqueue(subscriber.pk)


@register_each_round
def send_what_is_due() -> None:
    """Ask at the addresses that had to wait, the longest waiting first."""
    due = Subscriber.objects.filter(new_email_due_at__lte=timezone.now()).exclude(new_email="")
    for subscriber_id in due.order_by("new_email_due_at").values_list("pk", flat=True)[:MOST_A_ROUND]:
        send(subscriber_id)


def send(subscriber_id: int) -> None:
    """Ask at the new address whether it is theirs, at most once a day; later where the hour's number is reached."""
    waiting = Subscriber.objects.filter(pk=subscriber_id, new_email_due_at__isnull=False).exclude(new_email="")
    subscriber = waiting.first()
    if not subscriber or (answer := claim(subscriber.new_email)) is Answer.NOT_IN_THIS_HOUR:
        return
    waiting.update(new_email_due_at=None)
    if answer is not Answer.YES:
        return
    try:
        message_to(subscriber).send()
    except Exception as error:
        put_back(subscriber, fault_of(error))


def message_to(subscriber: Subscriber) -> EmailMessage:
    """Return the mail to the new address."""
    settings = current_settings()
    return compose(
        "new_address",
        to=subscriber.new_email,
        subject=_("Is this your new address?"),
        context={"url": new_address_url(subscriber), "days": CONFIRMATION_DAYS},
        from_email=sender(settings),
        reply_to=settings.reply_to,
    )


def put_back(subscriber: Subscriber, fault: Fault) -> None:
    """Let a mail that did not go out be tried again later, unless that is useless."""
    logger.warning("The new address of subscriber %s was not asked: %s", subscriber.pk, fault.answer)
    if fault.kind not in (Kind.NEVER, Kind.NO_ADDRESS):
        take_back(subscriber.new_email)
        Subscriber.objects.filter(pk=subscriber.pk).update(new_email_due_at=timezone.now() + TRY_AGAIN)


@transaction.atomic
def take(subscriber: Subscriber, where: str) -> bool:
    """Send to the new address from now on, as its owner says. Returns whether that is new.

    Was it known already, both become one: what it had agreed to is kept, what this subscriber chose holds.
    """
    subscriber = Subscriber.objects.select_for_update(of=("self",)).get(pk=subscriber.pk)
    email = subscriber.new_email
    if not email:
        return False
    for other in Subscriber.objects.filter(email=email).exclude(pk=subscriber.pk):
        other.records.update(subscriber=subscriber)
        other.delete()
    Subscriber.objects.filter(pk=subscriber.pk).update(email=email, new_email="", new_email_due_at=None)
    subscriber.records.create(
        event=ConsentRecord.Event.CHANGED, where=where, evidence={"email": {"from": subscriber.email, "to": email}}
    )
    return True
