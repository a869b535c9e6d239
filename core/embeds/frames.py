"""How each site's addresses lead to its player.

A function a site: it takes the address of a page and returns the address of the frame, empty where there is none for
this kind of page. Ids are taken only in their exact form, and nothing else of an address reaches a frame.
"""

from __future__ import annotations

import math
import re
from urllib.parse import quote, urlencode

from core.embeds.web_address import WebAddress

YOUTUBE_ID = re.compile(r"[A-Za-z0-9_-]{11}")
YOUTUBE_PATH = re.compile(r"/(?:shorts|live|embed|v)/([A-Za-z0-9_-]{11})")
# They have the form of an id and stand for a list, or for whatever is on air.
NO_VIDEOS = {"videoseries", "live_stream"}
SPAN = re.compile(r"(?:([0-9]{1,2})h)?(?:([0-9]{1,4})m)?(?:([0-9]{1,6})s?)?")
VIMEO_PATH = re.compile(
    r"(?:/video|/channels/[a-z0-9]+|/groups/[a-z0-9]+/videos|/(?:album|showcase)/[0-9]+/video)?"
    r"/([0-9]{6,12})(?:/([0-9a-f]{6,16}))?"
)
VIMEO_HASH = re.compile(r"[0-9a-f]{6,16}")
SPOTIFY_PATH = re.compile(
    r"(?:/intl-[a-z]{2})?(?:/embed)?/((?:track|album|playlist|episode|show|artist)/[A-Za-z0-9]{22})"
)
SOUNDCLOUD_PATH = re.compile(r"/([A-Za-z0-9_-]+)/(?:sets/)?([A-Za-z0-9_-]+)(?:/s-[A-Za-z0-9]+)?")
SOUNDCLOUD_LISTS = {
    "albums",
    "comments",
    "followers",
    "following",
    "likes",
    "popular-tracks",
    "reposts",
    "sets",
    "tracks",
}
SOUNDCLOUD_OWN = {"charts", "discover", "jobs", "pages", "people", "search", "stations", "tags", "upload", "you"}
BLUESKY_PATH = re.compile(
    r"/(?:profile|embed)/((?:[A-Za-z0-9-]+\.)+[A-Za-z]+|did:plc:[a-z2-7]{24})"
    r"/(?:post|app\.bsky\.feed\.post)/([a-z2-7]{13})"
)
MASTODON_PATH = re.compile(r"/(@[A-Za-z0-9_][A-Za-z0-9_.-]{0,60}/[0-9]{1,20})(?:/embed)?")
DEGREES = r"(-?[0-9]{1,3}(?:\.[0-9]{1,16})?)"
MAP_PLACE = re.compile(rf"([0-9]{{1,2}})/{DEGREES}/{DEGREES}")
MAP_BOX = re.compile(",".join([DEGREES] * 4))
MAP_POINT = re.compile(f"{DEGREES},{DEGREES}")
# Where the map of the world that the tiles show ends.
NORTHERNMOST = 85
# Each step of the zoom halves what a tile of 256 pixels shows of the 360 degrees. The frame is about 640 by 400.
TILES_ACROSS, TILES_DOWN = 640 / 256, 400 / 256
# !1m18!1m12!… as Google writes what its map shows: a number, a type, a value.
GOOGLE_MAP = re.compile(r"""(?:![0-9]{1,3}[a-z][^!<>"`\x00-\x1f]*)+""")
GOOGLE_MAP_ID = re.compile(r"[A-Za-z0-9_-]{10,80}")
DATAWRAPPER_PATH = re.compile(r"(?:/_)?/([A-Za-z0-9]{5})(?:/[0-9]{1,4})?(?:/index\.html)?")


def youtube(address: WebAddress) -> str:
    """A video, from the address of YouTube that sets no cookie before it is played."""
    if address.site == "youtu.be":
        wanted = address.path.removeprefix("/")
    elif address.path == "/watch":
        wanted = address.query.get("v", "")
    else:
        match = YOUTUBE_PATH.fullmatch(address.path)
        wanted = match[1] if match else ""
    if not YOUTUBE_ID.fullmatch(wanted) or wanted in NO_VIDEOS:
        return ""
    start = start_of(address)
    return f"https://www.youtube-nocookie.com/embed/{wanted}" + (f"?start={start}" if start else "")


def vimeo(address: WebAddress) -> str:
    """A video, in a player that is asked not to track; an unlisted one by its hash."""
    match = VIMEO_PATH.fullmatch(address.path)
    if not match:
        return ""
    unlisted = match[2] or address.query.get("h", "")
    key = f"h={unlisted}&" if VIMEO_HASH.fullmatch(unlisted) else ""
    start = start_of(address)
    return f"https://player.vimeo.com/video/{match[1]}?{key}dnt=1" + (f"#t={start}s" if start else "")


def spotify(address: WebAddress) -> str:
    """A track, episode, or list of them."""
    match = SPOTIFY_PATH.fullmatch(address.path)
    return f"https://open.spotify.com/embed/{match[1]}" if match else ""


def soundcloud(address: WebAddress) -> str:
    """A track or a set."""
    match = SOUNDCLOUD_PATH.fullmatch(address.path)
    if not match or match[1] in SOUNDCLOUD_OWN or match[2] in SOUNDCLOUD_LISTS:
        return ""
    return "https://w.soundcloud.com/player/?" + urlencode({"url": f"https://soundcloud.com{address.path}"})


def bluesky(address: WebAddress) -> str:
    """A post."""
    match = BLUESKY_PATH.fullmatch(address.path)
    return f"https://embed.bsky.app/embed/{match[1]}/app.bsky.feed.post/{match[2]}" if match else ""


def mastodon(address: WebAddress) -> str:
    """A post, on the server that it was written on."""
    match = MASTODON_PATH.fullmatch(address.path)
    return f"https://{address.host}/{match[1]}/embed" if match else ""


def openstreetmap(address: WebAddress) -> str:
    """The part of the map that the address shows, with its marker."""
    if address.path == "/export/embed.html":
        match = MAP_BOX.fullmatch(address.query.get("bbox", ""))
        box = [float(number) for number in match.groups()] if match else []
        marker = address.query.get("marker", "")
    else:
        box = box_around(address.fragment.get("map", ""))
        marker = f"{address.query.get('mlat')},{address.query.get('mlon')}"
    if not box:
        return ""
    shown = {"bbox": ",".join(f"{number:.5f}" for number in box), "layer": "mapnik"}
    if MAP_POINT.fullmatch(marker):
        shown["marker"] = marker
    return "https://www.openstreetmap.org/export/embed.html?" + urlencode(shown)


def box_around(place: str) -> list[float]:
    """Return west, south, east and north of what zoom/latitude/longitude shows; nothing where it is no place."""
    match = MAP_PLACE.fullmatch(place)
    if not match:
        return []
    zoom, latitude, longitude = int(match[1]), float(match[2]), float(match[3])
    if zoom > 20 or abs(latitude) > NORTHERNMOST or abs(longitude) > 180:
        return []
    tile = 360 / 2**zoom
    across = min(TILES_ACROSS * tile, 360) / 2
    down = min(TILES_DOWN * tile * math.cos(math.radians(latitude)), 2 * NORTHERNMOST) / 2
    north, south = min(latitude + down, NORTHERNMOST), max(latitude - down, -NORTHERNMOST)
    return [longitude - across, south, longitude + across, north]


def google_maps(address: WebAddress) -> str:
    """A map for which Google itself gave out the address to embed, or one of somebody's own maps."""
    if address.path == "/maps/embed":
        shown = address.query.get("pb", "")
        if GOOGLE_MAP.fullmatch(shown):
            return f"https://www.google.com/maps/embed?pb={quote(shown, safe='!')}"
    elif address.path in ("/maps/d/embed", "/maps/d/viewer"):
        own = address.query.get("mid", "")
        if GOOGLE_MAP_ID.fullmatch(own):
            return f"https://www.google.com/maps/d/embed?mid={own}"
    return ""


def datawrapper(address: WebAddress) -> str:
    """A chart, map or table, in its latest version."""
    match = DATAWRAPPER_PATH.fullmatch(address.path)
    return f"https://datawrapper.dwcdn.net/{match[1]}/" if match else ""


def start_of(address: WebAddress) -> int:
    """Return the second at which to begin: t=90, start=90, #t=1m30s."""
    names = ("t", "start", "time_continue")
    said = next((address.query[name] for name in names if name in address.query), address.fragment.get("t", ""))
    match = SPAN.fullmatch(said)
    hours, minutes, seconds = (int(part or 0) for part in match.groups()) if match else (0, 0, 0)
    return hours * 3600 + minutes * 60 + seconds
