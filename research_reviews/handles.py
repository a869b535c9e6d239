"""Handles on social networks: stored clean, shown as links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


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
    # What may stand before the handle: the network's own addresses.
    prefix: re.Pattern[str]
    handle: re.Pattern[str]
    example: str


NETWORKS = {
    "x": Network(
        "X",
        re.compile(r"^(?:https?://)?(?:www\.|mobile\.)?(?:x|twitter)\.com/", re.IGNORECASE),
        re.compile(r"^\w{1,15}$", re.ASCII),
        "peersupport",
    ),
    "bluesky": Network(
        "Bluesky",
        re.compile(r"^(?:https?://)?(?:www\.)?bsky\.app/profile/", re.IGNORECASE),
        re.compile(r"^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*$", re.IGNORECASE),
        "name.bsky.social",
    ),
    "mastodon": Network(
        "Mastodon",
        re.compile(r"^$"),
        re.compile(r"^\w[\w.-]*@(?:[a-z0-9-]+\.)+[a-z]{2,}$", re.IGNORECASE),
        "name@server.example",
    ),
    "linkedin": Network(
        "LinkedIn",
        re.compile(r"^(?:https?://)?(?:[a-z]{2,3}\.)?linkedin\.com/", re.IGNORECASE),
        re.compile(r"^(?:(?:in|company|school)/)?[\w%-]+$"),
        "in/your-name",
    ),
}
HANDLE_FIELDS = tuple(NETWORKS)
MASTODON_ADDRESS = re.compile(
    r"^https?://(?P<server>[^/\s]+)/(?:@|users/)(?P<name>[^/@\s?#]+)(?:@(?P<home>[^/\s?#]+))?/?$", re.IGNORECASE
)


def clean_handle(field: str, value: str) -> str:
    """Return a handle without '@' and address, whatever form it came in; empty for empty.

    Raises ValidationError where it cannot be one of that network.
    """
    network = NETWORKS[field]
    value = value.strip()
    if field == "mastodon" and (address := MASTODON_ADDRESS.match(value)):
        value = f"{address['name']}@{address['home'] or address['server']}"
    bare = re.split(r"[?#]", network.prefix.sub("", value))[0].strip("/").removeprefix("@")
    if bare and not network.handle.match(bare):
        message = _("This is not a handle on %(network)s. One looks like %(example)s.")
        raise ValidationError(message % {"network": network.name, "example": network.example})
    if field == "linkedin" and bare and "/" not in bare:
        bare = f"in/{bare}"
    return bare


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
    return Handle(name, value.rpartition("/")[2], f"https://www.linkedin.com/{quote(value, safe='/%')}/")
