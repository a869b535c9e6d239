"""How a subscriber moves to another address: asked for on the preferences page, confirmed at the new one."""

from __future__ import annotations

import logging

from django.db import transaction
from django.utils.translation import gettext as _

from core.mail import compose
from subscriptions.asking import Answer, claim
from subscriptions.current import current_settings
from subscriptions.links import CONFIRMATION_DAYS, new_address_url
from subscriptions.models import ConsentRecord, Subscriber
from subscriptions.sender import sender
from subscriptions.tasks import send_new_address

logger = logging.getLogger(__name__)


def ask(subscriber: Subscriber, email: str) -> None:
    """Keep the new address until it is confirmed, and have the worker ask there. The page says the same in any case."""
    Subscriber.objects.filter(pk=subscriber.pk).update(new_email=email)
    send_new_address.enqueue(subscriber.pk)


def send(subscriber_id: int) -> None:
    """Ask at the new address whether it is theirs, at most once a day there."""
    subscriber = Subscriber.objects.filter(pk=subscriber_id).exclude(new_email="").first()
    if not subscriber:
        return
    answer = claim(subscriber.new_email)
    if answer is not Answer.YES:
        logger.warning("The new address of subscriber %s was not asked: %s.", subscriber_id, answer.value)
        return
    settings = current_settings()
    compose(
        "new_address",
        to=subscriber.new_email,
        subject=_("Is this your new address?"),
        context={"url": new_address_url(subscriber), "days": CONFIRMATION_DAYS},
        from_email=sender(settings),
        reply_to=settings.reply_to,
    ).send()


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
    Subscriber.objects.filter(pk=subscriber.pk).update(email=email, new_email="")
    subscriber.records.create(
        event=ConsentRecord.Event.CHANGED, where=where, evidence={"email": {"from": subscriber.email, "to": email}}
    )
    return True
