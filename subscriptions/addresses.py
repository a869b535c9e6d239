"""E-mail addresses as they are kept and compared: one way to write each, and nothing that could begin a header."""

from __future__ import annotations

import hmac
import re
from hashlib import sha256
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.encoding import punycode
from django.utils.translation import gettext_lazy as _

LONGEST, LONGEST_LOCAL = 254, 64
# No mail to this machine itself.
validate_address = EmailValidator(allowlist=[])
# A plain address has none of these: quoted names, lists, display names, control characters.
NOT_PLAIN = re.compile(r"""[\s,;:<>()"\[\]\\\x00-\x1f\x7f-\x9f]""")
REFUSED = _("This is not an e-mail address that mail can be sent to. Write it like name@example.org.")


def canonical(address: str) -> str:
    """Return the address as it is kept: in small letters, the domain as mail servers know it.

    Raises ValidationError for what is no plain address.
    """
    address = address.strip(" ")
    if NOT_PLAIN.search(address):
        raise ValidationError(REFUSED, code="invalid")
    validate_address(address)
    local, _at, domain = address.rpartition("@")
    try:
        kept = f"{local.lower()}@{punycode(domain.lower()).lower()}"
    except UnicodeError:
        raise ValidationError(REFUSED, code="invalid") from None
    if len(kept) > LONGEST or len(local) > LONGEST_LOCAL:
        raise ValidationError(REFUSED, code="invalid")
    return kept


class AddressField(forms.CharField):
    """An e-mail address, cleaned to the form in which it is kept."""

    widget = forms.EmailInput({"autocomplete": "email"})

    def __init__(self, **kwargs: Any) -> None:
        missing = {"required": _("Your e-mail address is missing.")}
        super().__init__(max_length=LONGEST, strip=False, error_messages=missing, **kwargs)

    def clean(self, value: Any) -> str:
        """Return the address. Raises ValidationError."""
        address: str = super().clean((value or "").strip(" "))
        try:
            return canonical(address)
        except ValidationError:
            raise ValidationError(REFUSED, code="invalid") from None


def address_hash(address: str, secret: str = "") -> str:
    """Return what is kept of an address that was erased."""
    said = f"subscriptions.suppression\n{address}"
    return hmac.digest((secret or settings.SECRET_KEY).encode(), said.encode(), sha256).hex()


def address_hashes(address: str) -> list[str]:
    """Return what may have been kept of the address, also under earlier keys of the site."""
    return [address_hash(address, secret) for secret in (settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS))]
