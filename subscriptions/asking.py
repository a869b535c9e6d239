"""How often an address may be asked whether it wants our mails: once a day, and all of them so many times an hour."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum

from django.db import transaction
from django.utils import timezone
from wagtail.models import Site

from core.schedule import register_hourly
from subscriptions.addresses import address_hash
from subscriptions.current import current_settings
from subscriptions.models import AskedAddress

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


class Answer(Enum):
    """Whether an address may be asked now."""

    YES = "yes"
    NOT_TODAY = "it was asked within a day"
    NOT_IN_THIS_HOUR = "too many were asked within an hour"


@transaction.atomic
def claim(email: str) -> Answer:
    """Say whether the address may be asked now. If so, nobody else may within a day."""
    # One worker at a time, so that two do not take the last place of the hour.
    Site.objects.select_for_update(of=("self",), no_key=True).filter(is_default_site=True).first()
    if was_asked(email):
        return Answer.NOT_TODAY
    asked = AskedAddress.objects.filter(at__gt=timezone.now() - HOUR).count()
    if asked >= current_settings().confirmations_an_hour:
        return Answer.NOT_IN_THIS_HOUR
    AskedAddress.objects.update_or_create(address_hash=address_hash(email), defaults={"at": timezone.now()})
    return Answer.YES


def was_asked(email: str) -> bool:
    """Whether the address was asked within a day."""
    asked = AskedAddress.objects.filter(address_hash=address_hash(email), at__gt=timezone.now() - DAY)
    return asked.exists()


def take_back(email: str) -> None:
    """Let the address be asked again: the mail did not go out."""
    AskedAddress.objects.filter(address_hash=address_hash(email)).delete()


@register_hourly
def forget_asked() -> None:
    """Delete what no longer limits anything."""
    AskedAddress.objects.filter(at__lte=timezone.now() - DAY).delete()
