"""Where a service loads from, as its owner writes it down."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

HOST = re.compile(r"(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")


def clean_hosts(text: str) -> list[str]:
    """Return the host names, one for each word. Raises ValidationError at the field where one is none."""
    hosts = []
    for word in text.lower().split():
        try:
            host = word.encode("idna").decode()
        except UnicodeError:
            host = ""
        if not HOST.fullmatch(host):
            message = _("“%(host)s” is no host name. Write it like player.example.org, without https:// and path.")
            raise ValidationError({"hosts": message % {"host": word}})
        hosts.append(host)
    return hosts


def script_hosts(address: str) -> list[str]:
    """Return the host of a script; nothing without a script. Raises ValidationError at the field."""
    if not address:
        return []
    try:
        parts = urlsplit(address)
        is_secure = parts.scheme == "https" and parts.port in (None, 443) and HOST.fullmatch(parts.hostname or "")
    except ValueError:
        is_secure = None
    if not is_secure:
        message = _("Give the script's whole address, such as https://statistics.example.org/script.js.")
        raise ValidationError({"script_url": message})
    return [parts.hostname or ""]
