"""Handles, ORCID iDs and addresses as people write them beside a name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from research_reviews.handles import clean_handle
from research_reviews.identifiers import clean_orcid

ORCID = re.compile(
    r"(?:https?://)?(?:www\.)?(?:orcid(?:\.org)?[:/\s]*)?(\d{4}-\d{4}-\d{4}-\d{3}[\dXx])(?!\d)", re.IGNORECASE
)
ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>()\[\]“”\"]+|(?<![\w@.])(?:x|twitter|linkedin|bsky)\.(?:com|app)/[^\s<>()\[\]“”\"]+",
    re.IGNORECASE,
)
# Without an @ before it, this is an e-mail address.
MASTODON = re.compile(r"@[A-Za-z0-9_][A-Za-z0-9_.-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}", re.IGNORECASE)
BLUESKY = re.compile(
    r"(?<!\w)@[a-z0-9-]+(?:\.[a-z0-9-]+)+(?![\w@])|@[a-z0-9-]+\.bsky\.social\b|(?<![\w@.])[a-z0-9-]+\.bsky\.social\b",
    re.IGNORECASE,
)
# The part before the @ in small letters: else it is a name and a handle run together.
EMAIL = re.compile(r"(?<![\w.@+-])[a-z0-9][a-z0-9._+-]*@(?![a-z0-9-]+\.bsky\.social)[a-z0-9-]+(?:\.[a-z0-9-]+)+")
X = re.compile(r"@\s?([A-Za-z0-9_]{1,40})(?![\w@]|\.\w)")
ANY = re.compile(r"@\s?\w|orcid|https?://|www\.|(?:x|twitter|linkedin|bsky)\.|\d{4}-\d{4}", re.IGNORECASE)
FULL_STOP = ".,;:!?)]"


@dataclass
class Presence:
    """Where somebody is found, and the text that is left once it is taken out."""

    rest: str
    handles: dict[str, str] = field(default_factory=dict)
    orcid: str = ""
    website: str = ""
    emails: list[str] = field(default_factory=list)
    # Where the first of them stood: before it is the name, after it what is said of the person.
    first: int = -1


# What stands in the place of a handle until the name and the descriptor are told apart.
GAP = "\ufffc"


def find(text: str, addresses: list[str]) -> Presence:
    """Return every handle and identifier of a text and of the addresses that its links lead to."""
    presence = Presence(text)
    for address in addresses:
        take_address(presence, address)
    if not ANY.search(text):
        return presence
    presence.rest = EMAIL.sub(lambda match: taken_email(presence, match), presence.rest)
    presence.rest = ORCID.sub(lambda match: taken_orcid(presence, match), presence.rest)
    presence.rest = ADDRESS.sub(lambda match: taken_address(presence, match), presence.rest)
    for network, form in (("mastodon", MASTODON), ("bluesky", BLUESKY), ("x", X)):
        presence.rest = form.sub(lambda match, network=network: taken(presence, network, match), presence.rest)  # type: ignore[misc]
    presence.first = presence.rest.find(GAP)
    return presence


def taken_email(presence: Presence, match: re.Match[str]) -> str:
    """Take an e-mail address out: a person's record has no place for it, so it stays with what is said of them."""
    presence.emails.append(match[0])
    return GAP


def taken_orcid(presence: Presence, match: re.Match[str]) -> str:
    """Take an ORCID iD out; leave one with a wrong digit where it stands."""
    try:
        presence.orcid = presence.orcid or clean_orcid(match[1])
    except ValidationError:
        return match[0]
    return GAP


def taken_address(presence: Presence, match: re.Match[str]) -> str:
    """Take a written address out; leave one that says nothing of the person where it stands."""
    address = match[0].rstrip(FULL_STOP)
    return GAP + match[0][len(address) :] if take_address(presence, address) else match[0]


def take_address(presence: Presence, address: str) -> bool:
    """Note a profile's address, or a website of the person's own. Returns whether it was any."""
    if "orcid.org/" in address.casefold():
        try:
            presence.orcid = presence.orcid or clean_orcid(address)
        except ValidationError:
            return False
        return True
    for network, sign in (
        ("x", r"(?:^|//|\.)(?:x|twitter)\.com/"),
        ("bluesky", r"bsky\.app/profile/"),
        ("linkedin", r"linkedin\.com/"),
        ("mastodon", r"^https?://[^/]+/@"),
    ):
        if re.search(sign, address, re.IGNORECASE):
            return note(presence, network, address)
    if address.startswith(("http://", "https://", "www.")) and not presence.website:
        presence.website = address if "//" in address else f"https://{address}"
        return True
    return False


def taken(presence: Presence, network: str, match: re.Match[str]) -> str:
    """Take a handle out; leave what is none of the network's where it stands."""
    return GAP if note(presence, network, match[0].replace(" ", "")) else match[0]


def note(presence: Presence, network: str, value: str) -> bool:
    """Note a handle, the first of each network. Returns whether it is one of that network's."""
    try:
        handle = clean_handle(network, value)
    except ValidationError:
        return False
    if not handle or presence.handles.get(network, handle).casefold() != handle.casefold():
        return False
    presence.handles.setdefault(network, handle)
    return True
