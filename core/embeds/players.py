"""Which sites can be shown in place, and the player for an address of theirs."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from core.embeds import frames
from core.embeds import providers as known
from core.embeds.providers import Provider
from core.embeds.web_address import WebAddress, host_name, read_address

# A public host name: no number, no single word, none that stands for a machine nearby.
PUBLIC_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:[a-z]{2,}|xn--[a-z0-9-]+)")
NEARBY = (".arpa", ".home", ".internal", ".lan", ".local", ".localhost", ".onion")
# As long as a service's slug may be.
LONGEST_SLUG = 40


@dataclass(frozen=True)
class Player:
    """A frame that shows the content in place."""

    provider: Provider
    frame: str

    @property
    def source(self) -> str:
        """From where the frame is loaded, as a content security policy names it."""
        return "https://" + urlsplit(self.frame).netloc


@dataclass(frozen=True)
class Site:
    """A provider's site, or the part of it that is below a path, and how its addresses lead to the player."""

    provider: Provider
    find_frame: Callable[[WebAddress], str]
    below: str = ""


YOUTUBE = Site(known.YOUTUBE, frames.youtube)
VIMEO = Site(known.VIMEO, frames.vimeo)
SOUNDCLOUD = Site(known.SOUNDCLOUD, frames.soundcloud)
BLUESKY = Site(known.BLUESKY, frames.bluesky)
SITES = {
    "youtube.com": YOUTUBE,
    "m.youtube.com": YOUTUBE,
    "music.youtube.com": YOUTUBE,
    "youtube-nocookie.com": YOUTUBE,
    "youtu.be": YOUTUBE,
    "vimeo.com": VIMEO,
    "player.vimeo.com": VIMEO,
    "open.spotify.com": Site(known.SPOTIFY, frames.spotify),
    "soundcloud.com": SOUNDCLOUD,
    "m.soundcloud.com": SOUNDCLOUD,
    "bsky.app": BLUESKY,
    "embed.bsky.app": BLUESKY,
    "openstreetmap.org": Site(known.OPENSTREETMAP, frames.openstreetmap),
    "google.com": Site(known.GOOGLE_MAPS, frames.google_maps, below="/maps"),
    "datawrapper.dwcdn.net": Site(known.DATAWRAPPER, frames.datawrapper),
    "datawrapper.de": Site(known.DATAWRAPPER, frames.datawrapper, below="/_/"),
}


def find_player(url: str) -> Player | None:
    """Return the player for the address; None where the site, or this kind of page of it, cannot be shown in place."""
    address = read_address(url)
    if address is None:
        return None
    site = site_of(address)
    provider = site.provider if site else server_of(address)
    frame = site.find_frame(address) if site else frames.mastodon(address)
    return Player(provider, frame) if provider and frame else None


def find_provider(url: str) -> Provider | None:
    """Return the provider whose site the address is on, also where this page of it cannot be shown in place."""
    address = read_address(url)
    if address and (site := site_of(address)):
        return site.provider
    player = find_player(url)
    return player.provider if player else None


def provider_name(url: str) -> str:
    """Return the name that readers know the site of url by: its own, or its host name."""
    provider = find_provider(url)
    return provider.name if provider else host_name(url).removeprefix("www.")


def site_of(address: WebAddress) -> Site | None:
    """Return the known site that the address is on."""
    site = SITES.get(address.site)
    return site if site and address.path.startswith(site.below) else None


def server_of(address: WebAddress) -> Provider | None:
    """Return the Mastodon server of the host. Nothing in an address tells what runs there, but any public host may."""
    host = address.host
    is_taken = any(f".{host}".endswith(f".{site}") for site in SITES)
    if len(host) > LONGEST_SLUG or is_taken or host.endswith(NEARBY) or not PUBLIC_HOST.fullmatch(host):
        return None
    provider = known.mastodon(host)
    return provider if len(provider.slug) <= LONGEST_SLUG else None
