"""An address as an editor gives it, taken apart; what is none of the web, or pretends to be another, is none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

LONGEST = 2000
# What browsers drop from an address (controls, spaces), take for a slash (a backslash) or read as one (%2F): an
# address with it leads elsewhere than it seems to.
MISLEADING = re.compile(r"[\x00-\x20\x7f\\]")


@dataclass(frozen=True)
class WebAddress:
    """The parts by which a site's pages are told apart. Of what stands more than once, the first counts."""

    host: str
    path: str
    query: dict[str, str]
    fragment: dict[str, str]

    @property
    def site(self) -> str:
        """The host as people name it."""
        return self.host.removeprefix("www.")


def read_address(url: str) -> WebAddress | None:
    """Return the parts; None where a user name, a port or an encoded path makes it no plain address."""
    if len(url) > LONGEST or MISLEADING.search(url):
        return None
    try:
        parts = urlsplit(url)
        is_plain = parts.scheme in ("http", "https") and parts.netloc.lower() == parts.hostname
        if not is_plain or "%" in parts.path:
            return None
        query, fragment = parse_qs(parts.query), parse_qs(parts.fragment)
    except ValueError:
        return None
    return WebAddress(parts.hostname or "", parts.path.rstrip("/"), firsts(query), firsts(fragment))


def firsts(values: dict[str, list[str]]) -> dict[str, str]:
    """Return the first of each name's values."""
    return {name: several[0] for name, several in values.items()}


def host_name(url: str) -> str:
    """Return the host that a web address leads to; empty where it is no web address."""
    try:
        parts = urlsplit(url)
        return (parts.hostname or "") if parts.scheme in ("http", "https") else ""
    except ValueError:
        return ""
