"""A reader who subscribes, and the mails that reach them."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client

from tests.reading import find, read

FROM_HERE = {"Sec-Fetch-Site": "same-origin"}
PAGE = "/subscribe/"


def fields(page: BeautifulSoup | None = None, selector: str = "main form.response-form") -> dict[str, Any]:
    """Return what the form sends when nothing is changed in it."""
    form = find(page or read(PAGE), selector)
    sent: dict[str, Any] = {}
    for field in form.select("input[name]"):
        kind = field.get("type", "text")
        if kind not in ("radio", "checkbox"):
            sent[str(field["name"])] = str(field.get("value", ""))
        elif field.has_attr("checked"):
            sent.setdefault(str(field["name"]), []).append(str(field.get("value", "on")))
    return sent


def subscribe(email: str = "reader@example.org", client: Client | None = None, **changes: Any) -> Any:
    """Send the form of /subscribe/, as a browser does."""
    headers = {**FROM_HERE, **changes.pop("headers", {})}
    data = {**fields(), "email": email, **changes}
    return (client or Client()).post(PAGE, data, headers=headers)


def press(address: str, action: str = "", client: Client | None = None, **data: Any) -> Any:
    """Press a button of a page behind a subscriber's link, as a browser that names no page does."""
    return (client or Client()).post(address, {"action": action, **data}, headers={"Origin": "null"}, follow=True)


def link_in(message: Any, part: str = "") -> str:
    """Return the path of the first link in the plain part of a mail whose path has the part."""
    found = [urlsplit(address).path for address in re.findall(r"https?://\S+", message.body)]
    return next(path for path in found if part in path)


def newest_mail() -> Any:
    """Return the mail that was sent last."""
    return mail.outbox[-1]
