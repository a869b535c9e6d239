"""What mail programs and providers read of a delivery: how to leave the list, which list it is, and which mail."""

from __future__ import annotations

import hmac
from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings

from subscriptions.links import unsubscribe_path
from subscriptions.models import Delivery, Subscriber


def headers(delivery: Delivery, subscriber: Subscriber, root: str) -> dict[str, str]:
    """Return the headers of a delivery, on the site whose address root is."""
    host = urlsplit(root).hostname or "localhost"
    return {
        "Message-ID": message_id(delivery, host),
        "List-Id": f"<reviews.{host}>",
        # RFC 8058: the mail program posts there by itself when its reader says so.
        "List-Unsubscribe": f"<{root}{unsubscribe_path(subscriber)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Precedence": "bulk",
        "Auto-Submitted": "auto-generated",
    }


def message_id(delivery: Delivery, host: str) -> str:
    """Return the delivery's Message-ID: the same at each try, so that a mail that came twice is known to be one."""
    key = settings.SECRET_KEY.encode()
    mark = hmac.digest(key, f"subscriptions.headers\n{delivery.pk}".encode(), sha256).hex()
    return f"<{delivery.pk}.{mark[:16]}@{host}>"
