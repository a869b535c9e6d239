"""Who sends a form of the site, as far as it may be asked: no cookie, no token in the page, no address kept.

Pages are the same bytes for everyone, so a form carries no CSRF token. That it was sent from a page of ours is seen
by what browsers say of themselves: `Sec-Fetch-Site` (Fetch Metadata Request Headers, W3C), and `Origin` (RFC 6454)
where a browser does not send that.
"""

from __future__ import annotations

import hmac
import logging
import time
from collections.abc import Callable
from functools import wraps
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponseBase]
logger = logging.getLogger(__name__)


def is_from_this_site(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this very host sent the request.

    A browser that says nothing of it at all is refused, as is one that says `null`.
    """
    fetch_site = request.headers.get("Sec-Fetch-Site")
    if fetch_site is not None:
        return fetch_site == "same-origin"
    sender = request.headers.get("Origin") or request.headers.get("Referer", "")
    try:
        parts = urlsplit(sender)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and parts.netloc.lower() == request.get_host().lower()


def takes_own_forms(view: View) -> View:
    """Refuse to the view what was not sent from a page of ours, with status 403; the view needs no CSRF token."""

    @csrf_exempt
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and not is_from_this_site(request):
            return render(request, "refused.html", status=403)
        return view(request, *args, **kwargs)

    return checked


def address(request: HttpRequest) -> str:
    """Return the sender's address: what the outermost of our own proxies (setting PROXIES) was asked from.

    What stands further left in `X-Forwarded-For` is the sender's own claim.
    """
    claimed = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    if settings.PROXIES and len(claimed) >= settings.PROXIES and claimed[-settings.PROXIES]:
        return claimed[-settings.PROXIES]
    return request.META.get("REMOTE_ADDR", "")


def hashed_address(request: HttpRequest) -> str:
    """Return the sender's network as it may be kept: hashed with the site's key, so that nobody can try addresses."""
    said = f"sender\n{network(address(request))}"
    return hmac.digest(settings.SECRET_KEY.encode(), said.encode(), "sha256").hex()


def network(address: str) -> str:
    """Return what one sender has of addresses: of IPv6 usually 2^64, of which each request can use another."""
    for written in (address, address.rpartition(":")[0].strip("[]")):  # some proxies write the port as well
        try:
            parsed = ip_address(written)
        except ValueError:
            continue
        if isinstance(parsed, IPv6Address):
            return str(parsed.ipv4_mapped or IPv6Network((int(parsed) >> 64 << 64, 64)))
        return str(parsed)
    return address


def is_within(limit: int, seconds: int, purpose: str, sender: str = "") -> bool:
    """Whether this is at most the limit-th time in the present span of seconds that the sender does this.

    The sender is kept hashed, and only for the span; without one, all senders are counted together. With the cache
    away nobody is limited.
    """
    said = f"{purpose}\n{int(time.time() // seconds)}\n{sender}"
    key = "limit:" + hmac.digest(settings.SECRET_KEY.encode(), said.encode(), "sha256").hex()
    cache = caches["default"]
    try:
        cache.add(key, 0, seconds)
        return int(cache.incr(key)) <= limit
    except Exception:
        logger.exception("The cache is away: nobody is limited.")
        return True
