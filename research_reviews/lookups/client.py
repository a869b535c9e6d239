"""Asking the registries whose addresses the owner's settings name; nothing else inside the network is reached."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from core import safe_http
from core.safe_http import Answer, FetchFailed, download

SECONDS = 5
# What a server asks us to wait is believed up to a day.
LONGEST_WAIT = 86_400


class LookupFailed(Exception):  # noqa: N818 - named for what happened
    """A registry gave no answer that can be used. Its text is a sentence for the editor.

    status is the HTTP status where there was one; retry_after is how many seconds the registry asks to be left alone.
    """

    def __init__(self, message: str, status: int | None = None, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.retry_after = retry_after


def bases() -> list[str]:
    """Return the addresses of the registries, as the settings name them."""
    return [settings.CROSSREF_URL, settings.DATACITE_URL, settings.UNPAYWALL_URL, settings.PUBMED_URL]


def fetch(
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    params: Mapping[str, Any] | None = None,
    timeout: float = SECONDS,
) -> Answer:
    """Return what a server answers, whatever its status: at most 2 MB of it, within timeout seconds in all.

    Public addresses only, but for those that the settings name. Raises LookupFailed with a sentence for the editor.
    """
    try:
        return safe_http.fetch(url, headers=headers, params=params, timeout=timeout, trusted=bases())
    except FetchFailed as error:
        raise LookupFailed(str(error)) from error


def ask(
    registry: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    params: Mapping[str, Any] | None = None,
    timeout: float = SECONDS,
) -> Any:
    """Return what a registry says, read from JSON; None where it knows nothing of the kind (404, 410).

    registry is its name for the editor. Raises LookupFailed where it is away, asks to be left alone or talks nonsense.
    """
    try:
        answer = fetch(url, headers=headers, params=params, timeout=timeout)
    except LookupFailed as error:
        message = _("%(registry)s cannot be asked now. %(reason)s") % {"registry": registry, "reason": error}
        raise LookupFailed(message) from error
    return understood(registry, answer)


def understood(registry: str, answer: Answer) -> Any:
    """Return the JSON of an answer; None for 404 and 410, whose body is often plain text. Raises LookupFailed."""
    if answer.status in (404, 410):
        return None
    if answer.status == 429:
        message = _("%(registry)s asks to be left alone for a while. Try again later.") % {"registry": registry}
        raise LookupFailed(message, answer.status, seconds_to_wait(answer.headers))
    if answer.status != 200:
        message = _("%(registry)s has trouble of its own (%(status)d). Try again later.")
        details = {"registry": registry, "status": answer.status}
        raise LookupFailed(message % details, answer.status, seconds_to_wait(answer.headers))
    try:
        return answer.json()
    except (ValueError, RecursionError) as error:
        message = _("%(registry)s gave an answer that cannot be read.") % {"registry": registry}
        raise LookupFailed(message, answer.status) from error


def seconds_to_wait(headers: Mapping[str, str]) -> float | None:
    """Return for how many seconds Retry-After (RFC 9110, section 10.2.3) asks to be left alone: a number or a date."""
    value = headers.get("Retry-After", "").strip()
    if re.fullmatch(r"[0-9]{1,9}", value):
        return float(min(int(value), LONGEST_WAIT))
    try:
        then = parsedate_to_datetime(value)
    except ValueError:
        return None
    then = then if then.tzinfo else then.replace(tzinfo=UTC)
    return min(max((then - datetime.now(UTC)).total_seconds(), 0.0), LONGEST_WAIT)


__all__ = ["Answer", "LookupFailed", "ask", "download", "fetch", "seconds_to_wait", "understood"]
