"""A subscriber's own links, as they stand in mails.

Each is signed for one purpose and names its subscriber by number, never by address. It holds as long as the subscriber
keeps the key: erased, or with a new key, all of them are void. Those that confirm something end by themselves as well.
"""

from __future__ import annotations

import base64
import hmac
import time
from datetime import timedelta
from enum import Enum
from hashlib import sha256

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import base36_to_int, int_to_base36

from core.site_address import absolute
from subscriptions.models import Subscriber

CONFIRMATION_DAYS = 7
CONFIRMATION_LASTS = timedelta(days=CONFIRMATION_DAYS)


class Purpose(Enum):
    """What a link lets its reader do."""

    PREFERENCES = "preferences"
    UNSUBSCRIBE = "unsubscribe"
    CONFIRM = "confirm"
    NEW_ADDRESS = "new-address"


PASSING = (Purpose.CONFIRM, Purpose.NEW_ADDRESS)


class LinkError(Exception):
    """The link is not one of ours, or its subscriber is gone."""


class LinkOverError(LinkError):
    """The link was one of ours, and its days are over."""


def preferences_path(subscriber: Subscriber) -> str:
    """Return where the subscriber finds their preferences."""
    return reverse("subscriptions:preferences", args=[_lasting(subscriber, Purpose.PREFERENCES)])


def preferences_url(subscriber: Subscriber) -> str:
    """Return the whole address of the subscriber's preferences."""
    return absolute(preferences_path(subscriber))


def unsubscribe_path(subscriber: Subscriber) -> str:
    """Return where the subscriber, or the mail program for them, unsubscribes."""
    return reverse("subscriptions:unsubscribe", args=[_lasting(subscriber, Purpose.UNSUBSCRIBE)])


def unsubscribe_url(subscriber: Subscriber) -> str:
    """Return the whole address where the subscriber, or the mail program for them, unsubscribes."""
    return absolute(unsubscribe_path(subscriber))


def confirm_url(subscriber: Subscriber) -> str:
    """Return the whole address where the subscription is confirmed within a week."""
    return absolute(reverse("subscriptions:confirm", args=[_passing(subscriber, Purpose.CONFIRM)]))


def new_address_url(subscriber: Subscriber) -> str:
    """Return the whole address where the subscriber's new e-mail address is confirmed within a week."""
    return absolute(reverse("subscriptions:new_address", args=[_passing(subscriber, Purpose.NEW_ADDRESS)]))


def subscriber_of(token: str, purpose: Purpose) -> Subscriber:
    """Return whose link it is. Raises LinkError for any that does not hold, LinkOverError where it once did."""
    number, _dash, rest = token.partition("-")
    made, _dash, signature = rest.partition("-")
    try:
        subscriber = Subscriber.objects.filter(pk=base36_to_int(number)).first()
        age = time.time() - base36_to_int(made) if purpose in PASSING else 0
    except (ValueError, OverflowError):
        raise LinkError from None
    if subscriber is None or not _is_signed(subscriber, purpose, made, signature):
        raise LinkError
    if age > CONFIRMATION_LASTS.total_seconds() or (purpose is Purpose.CONFIRM and _was_left_since(subscriber, made)):
        raise LinkOverError
    return subscriber


def _was_left_since(subscriber: Subscriber, made: str) -> bool:
    """Whether the subscription ended after the link was made: an old mail does not begin it again."""
    return bool(subscriber.ended_at and base36_to_int(made) < int(subscriber.ended_at.timestamp()))


def _lasting(subscriber: Subscriber, purpose: Purpose) -> str:
    return _token(subscriber, purpose, "")


def _passing(subscriber: Subscriber, purpose: Purpose) -> str:
    return _token(subscriber, purpose, int_to_base36(int(time.time())))


def _token(subscriber: Subscriber, purpose: Purpose, made: str) -> str:
    return f"{int_to_base36(subscriber.pk)}-{made}-{_signature(settings.SECRET_KEY, subscriber, purpose, made)}"


def _is_signed(subscriber: Subscriber, purpose: Purpose, made: str, signature: str) -> bool:
    # Mails are kept for years: a link holds also after the site's key was changed, where the old one is still named.
    keys = [settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)]
    return any(constant_time_compare(signature, _signature(key, subscriber, purpose, made)) for key in keys)


def _signature(secret: str, subscriber: Subscriber, purpose: Purpose, made: str) -> str:
    # A link to a new address is void once another one was asked for.
    address = subscriber.new_email if purpose is Purpose.NEW_ADDRESS else ""
    signed = "\n".join(("subscriptions.links", purpose.value, str(subscriber.pk), subscriber.key, made, address))
    digest = hmac.digest(secret.encode(), signed.encode(), sha256)
    return base64.urlsafe_b64encode(digest[:24]).decode()
