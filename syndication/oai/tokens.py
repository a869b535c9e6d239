"""Resumption tokens: what was asked and the last datestamp of the part that was sent, signed.

They hold all that is needed to go on, so nothing is kept on the server: a token can be used again, by several
harvesters, after a restart and after any change. It never expires; it is as good as the key of the site.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

from syndication.oai.errors import Code, OaiError

SALT = "oai-resumption"


@dataclass(frozen=True)
class Place:
    """How far a list has been sent."""

    after: datetime
    sent: int
    size: int


def write(verb: str, arguments: dict[str, str], place: Place) -> str:
    """Return the token with which the list goes on."""
    held = [verb, arguments, place.after.isoformat(), place.sent, place.size]
    token: str = Signer(salt=SALT).sign_object(held)
    return token


def read(token: str, verb: str) -> tuple[dict[str, str], Place]:
    """Return the arguments that the list was asked with, and how far it has been sent. Raises OaiError."""
    try:
        asked, arguments, after, sent, size = Signer(salt=SALT).unsign_object(token)
    except (BadSignature, TypeError, ValueError) as error:
        raise bad_token() from error
    if asked != verb:
        raise bad_token()
    return arguments, Place(datetime.fromisoformat(after), sent, size)


def bad_token() -> OaiError:
    """Return the error of a token that is not of ours, or not of this verb."""
    return OaiError((Code.BAD_RESUMPTION_TOKEN, _("That token is none of this site’s, or belongs to another verb.")))
