"""What a public form carries so that programs give themselves away: a signed time stamp, and a field to leave empty.

`{% form_guard "purpose" %}` (core_tags) writes both into a form. A page is the same for everyone, so its stamp says
when its content was asked for (`listing_time`), not when a reader opened it.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from datetime import timedelta
from enum import StrEnum

from django.conf import settings
from django.utils import timezone

from core.querysets import listing_time

# Named like something that programs fill in and browsers do not.
HONEYPOT = "subject"
FIELD = "stamp"
# Pages are made anew at least once a day; what is older was kept in a tab, or by a program.
OLDEST = timedelta(days=3)
QUICKEST = timedelta(seconds=2)


class Reading(StrEnum):
    """What a stamp says of the form that it came with."""

    FINE = "fine"
    HASTY = "hasty"
    OLD = "old"
    FORGED = "forged"


def stamp(purpose: str) -> str:
    """Return a stamp for a form of the page that is being made. Only a form of the same purpose can be sent with it."""
    seconds = str(int(listing_time().timestamp()))
    return f"{seconds}.{_signature(purpose, seconds)}"


def read(text: str, purpose: str) -> Reading:
    """Say what a stamp that came with a form is worth. A missing one is as good as forged."""
    seconds, _dot, signature = text.partition(".")
    if not hmac.compare_digest(signature.encode(), _signature(purpose, seconds).encode()):
        return Reading.FORGED
    age = timedelta(seconds=timezone.now().timestamp() - int(seconds))
    if age > OLDEST:
        return Reading.OLD
    return Reading.HASTY if age < QUICKEST else Reading.FINE


def _signature(purpose: str, seconds: str) -> str:
    said = f"stamp\n{purpose}\n{seconds}"
    digest = hmac.digest(settings.SECRET_KEY.encode(), said.encode(), "sha256")
    return urlsafe_b64encode(digest[:15]).decode()
