"""The sites whose content can be shown in place, and what a reader's browser gives and gets when it is loaded.

What is said here is what each site itself publishes. Where a cookie depends on what the reader does, the text says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


class Shape(StrEnum):
    """The kind of frame, by which its size is known before it is loaded."""

    VIDEO = "video"
    AUDIO = "audio"
    POST = "post"
    MAP = "map"
    CHART = "chart"


@dataclass(frozen=True)
class Cookie:
    """Something that the provider may keep in the reader's browser."""

    name: str
    what_for: Text
    lifetime: Text


@dataclass(frozen=True)
class Provider:
    """A site, who runs it, and what its player does."""

    slug: str
    name: str
    company: str
    policy: str
    shape: Shape
    what_it_loads: Text
    hosts: tuple[str, ...]
    cookies: tuple[Cookie, ...] = ()


THE_VISIT = _("the visit")

YOUTUBE = Provider(
    slug="youtube",
    name="YouTube",
    company="Google Ireland Limited",
    policy="https://policies.google.com/privacy",
    shape=Shape.VIDEO,
    what_it_loads=_(
        "The video and its player, from YouTube's address with enhanced privacy: cookies come, if at all, when the "
        "video is played."
    ),
    hosts=(
        "www.youtube-nocookie.com",
        "*.googlevideo.com",
        "*.ytimg.com",
        "*.ggpht.com",
        "*.gstatic.com",
        "*.googleapis.com",
        "*.doubleclick.net",
        "www.google.com",
    ),
    cookies=(
        Cookie("YSC", _("May be set when the video is played: counts views, guards against abuse"), THE_VISIT),
        Cookie("VISITOR_INFO1_LIVE", _("May be set when the video is played: recognises your browser"), _("180 days")),
        Cookie("yt-remote-*", _("May keep the player's settings in your browser's storage"), _("until you clear it")),
    ),
)
VIMEO = Provider(
    slug="vimeo",
    name="Vimeo",
    company="Vimeo.com, Inc.",
    policy="https://vimeo.com/privacy",
    shape=Shape.VIDEO,
    what_it_loads=_("The video and its player, which is asked not to track you."),
    hosts=("player.vimeo.com", "*.vimeocdn.com", "*.akamaized.net"),
    cookies=(
        Cookie("__cf_bm", _("May be set to tell people from programs"), _("30 minutes")),
        Cookie("_cfuvid", _("May be set to limit how many requests one visitor makes"), THE_VISIT),
        Cookie("player", _("May keep the volume and picture quality that you choose"), _("1 year")),
    ),
)
SPOTIFY = Provider(
    slug="spotify",
    name="Spotify",
    company="Spotify AB",
    policy="https://www.spotify.com/legal/privacy-policy/",
    shape=Shape.AUDIO,
    what_it_loads=_("The recording and its player."),
    hosts=("open.spotify.com", "*.spotify.com", "*.spotifycdn.com", "*.scdn.co"),
    cookies=(
        Cookie("sp_t", _("May be set to recognise your browser"), _("1 year")),
        Cookie("sp_landing", _("May be set to remember from which page you came"), _("1 day")),
    ),
)
SOUNDCLOUD = Provider(
    slug="soundcloud",
    name="SoundCloud",
    company="SoundCloud Global Limited & Co. KG",
    policy="https://soundcloud.com/pages/privacy",
    shape=Shape.AUDIO,
    what_it_loads=_("The recording and its player."),
    hosts=("w.soundcloud.com", "*.soundcloud.com", "*.sndcdn.com"),
    cookies=(Cookie("sc_anonymous_id", _("May be set to recognise your browser"), _("10 years")),),
)
BLUESKY = Provider(
    slug="bluesky",
    name="Bluesky",
    company="Bluesky Social, PBC",
    policy="https://bsky.social/about/support/privacy-policy",
    shape=Shape.POST,
    what_it_loads=_("The post with its author's picture, and the pictures and previews in it."),
    hosts=("embed.bsky.app", "public.api.bsky.app", "cdn.bsky.app", "video.bsky.app"),
)
OPENSTREETMAP = Provider(
    slug="openstreetmap",
    name="OpenStreetMap",
    company="OpenStreetMap Foundation",
    policy="https://osmfoundation.org/wiki/Privacy_Policy",
    shape=Shape.MAP,
    what_it_loads=_("The map, in tiles for the part that you look at."),
    hosts=("www.openstreetmap.org", "tile.openstreetmap.org"),
)
GOOGLE_MAPS = Provider(
    slug="google-maps",
    name="Google Maps",
    company="Google Ireland Limited",
    policy="https://policies.google.com/privacy",
    shape=Shape.MAP,
    what_it_loads=_("The map, with what Google knows of the places on it."),
    hosts=("www.google.com", "maps.googleapis.com", "maps.gstatic.com", "fonts.googleapis.com", "fonts.gstatic.com"),
    cookies=(Cookie("NID", _("May be set to recognise your browser, also for advertisements"), _("6 months")),),
)
DATAWRAPPER = Provider(
    slug="datawrapper",
    name="Datawrapper",
    company="Datawrapper GmbH",
    policy="https://www.datawrapper.de/privacy",
    shape=Shape.CHART,
    what_it_loads=_("The chart or table and its data."),
    hosts=("datawrapper.dwcdn.net",),
)


def mastodon(host: str) -> Provider:
    """Return the server of the host: on Mastodon each is a provider of its own, whom a reader may trust or not.

    A hyphen becomes two and a dot one, so that no two hosts share a slug.
    """
    return Provider(
        slug="mastodon-" + host.replace("-", "--").replace(".", "-"),
        name=f"Mastodon ({host})",
        company=host,
        policy=f"https://{host}/privacy-policy",
        shape=Shape.POST,
        what_it_loads=_("The post with its author's picture, and the pictures and previews in it."),
        hosts=(host,),
    )
