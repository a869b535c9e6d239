"""Handles on social networks: stored clean, shown as links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from research_reviews.identifiers import visible


@dataclass(frozen=True)
class Handle:
    """A handle as readers see it: the network's name, the text of the link and where it leads."""

    network: str
    text: str
    url: str


@dataclass(frozen=True)
class Network:
    """How a network writes handles and addresses."""

    name: str
    # An address of a profile or of something below it.
    address: re.Pattern[str]
    handle: re.Pattern[str]
    example: str
    # What stands in the place of a handle in the network's own addresses.
    reserved: frozenset[str] = frozenset()


NETWORKS = {
    "x": Network(
        "X",
        re.compile(r"(?i)(?:https?://)?(?:www\.|mobile\.)?(?:x|twitter)\.com(?:/(?:#!/)?@?(?P<handle>[^/?#]*).*)?"),
        re.compile(r"[A-Za-z0-9_]{1,15}"),
        "peersupport",
        frozenset({"explore", "hashtag", "home", "i", "intent", "login", "search", "settings", "share"}),
    ),
    "bluesky": Network(
        "Bluesky",
        re.compile(r"(?i)(?:(?:https?://)?(?:www\.)?bsky\.app/profile/|at://)@?(?P<handle>[^/?#]*).*"),
        re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?"),
        "name.bsky.social",
    ),
    "mastodon": Network(
        "Mastodon",
        re.compile(
            r"(?i)(?:https?://)?(?P<server>[^/@\s]+)/(?:web/)?(?:@|users/)(?P<handle>[^/@\s?#]+)(?:@(?P<home>[^/\s?#]+))?"
            r"(?:[/?#].*)?"
        ),
        re.compile(
            r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]+"
        ),
        "name@server.example",
    ),
    "linkedin": Network(
        "LinkedIn",
        re.compile(
            r"(?i)(?:https?://)?(?:[a-z]{2,3}\.)?linkedin\.com(?:/(?P<handle>(?:in|company|school|showcase)/[^/?#]*).*)?"
        ),
        re.compile(r"(?:(?:in|company|school|showcase)/)?[\w&'.-]*\w[\w&'.-]*"),
        "in/your-name",
        frozenset({"company", "in", "school", "showcase"}),
    ),
}
HANDLE_FIELDS = tuple(NETWORKS)


def clean_handle(field: str, value: str) -> str:
    """Return a handle without '@' and address, whatever form it came in; empty for empty.

    Raises ValidationError where it cannot be one of that network.
    """
    network = NETWORKS[field]
    value = visible(value)
    if not value:
        return ""
    handle = bare_handle(field, value)
    if not network.handle.fullmatch(handle) or handle.lower() in network.reserved:
        message = _("This is not a handle on %(network)s. One looks like %(example)s.")
        raise ValidationError(message % {"network": network.name, "example": network.example})
    if field == "linkedin" and "/" not in handle:
        return f"in/{handle}"
    return handle


def bare_handle(field: str, value: str) -> str:
    """Return what may be the handle in a value: of an address the part that names the profile."""
    address = NETWORKS[field].address.fullmatch(value)
    handle = (address["handle"] or "") if address else value.removesuffix("/")
    if field == "mastodon":
        if address:
            handle = f"{handle}@{address['home'] or address['server']}"
        name, at, server = handle.removeprefix("acct:").removeprefix("@").partition("@")
        return f"{name}{at}{server.lower()}"
    if field == "linkedin":
        return unquote(handle).removeprefix("@")
    handle = handle.removeprefix("@")
    return handle.lower() if field == "bluesky" else handle


def handle_link(field: str, value: str) -> Handle:
    """Return a stored handle as a link."""
    name = NETWORKS[field].name
    if field == "x":
        return Handle(name, f"@{value}", f"https://x.com/{quote(value)}")
    if field == "bluesky":
        return Handle(name, f"@{value}", f"https://bsky.app/profile/{quote(value)}")
    if field == "mastodon":
        user, _at, server = value.partition("@")
        return Handle(name, f"@{value}", f"https://{server}/@{quote(user)}")
    return Handle(name, value.rpartition("/")[2], f"https://www.linkedin.com/{quote(value, safe='/')}/")
