"""From the address that an editor gives to the frame that a reader may load: known sites, exact ids, nothing else."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.embeds import find_player, provider_name
from core.embeds.players import SITES
from tests.core.embed_addresses import DISGUISED, FRAMES, OTHER_PAGES

# Nothing in a frame's address can end an attribute, a path or a policy.
PLAIN = re.compile(r"https://[a-z0-9.-]+/[A-Za-z0-9/_.@:%?&=#!+~-]+")
PLAYERS = {
    "www.youtube-nocookie.com",
    "player.vimeo.com",
    "open.spotify.com",
    "w.soundcloud.com",
    "embed.bsky.app",
    "www.openstreetmap.org",
    "www.google.com",
    "datawrapper.dwcdn.net",
}
SCHEMES = st.sampled_from(["https://", "http://", "HTTPS://", "javascript:", "//", "https:/", ""])
HOSTS = st.sampled_from([*SITES, *(f"www.{site}" for site in SITES), "social.example", "x@vimeo.com", "vimeo.com:1"])
PIECES = st.sampled_from([
    "abcDEF-_123", "123456789", "4rOoJ6Egrf8K2IrywzOMk0", "@some_one", "watch", "embed", "video", "maps", "_", "sets",
    "track", "profile", "post", "..", "%2f", "a.example", "3l6oveex3ii2l", "AbC12", "<script>", '"', "\\", "\n", "é",
])  # fmt: skip
TAILS = st.sampled_from([
    "", "?v=abcDEF-_123", "?pb=!1m1!2sA%22b", "?mid=1AbC_def-2345", "?h=abcdef0123", "#map=5/0/0", "#t=9",
    "?bbox=1,2,3,4", "?t=99999h", "?v=<script>&v=abcDEF-_123", "?start=٣", ";//", "#",
])  # fmt: skip
ADDRESSES = st.builds(
    lambda scheme, host, pieces, tail: f"{scheme}{host}/{'/'.join(pieces)}{tail}",
    SCHEMES, HOSTS, st.lists(PIECES, max_size=5), TAILS,
)  # fmt: skip


@pytest.mark.parametrize(("address", "frame"), FRAMES.items())
def test_an_address_that_people_copy_becomes_the_frame_of_its_player(address: str, frame: str) -> None:
    player = find_player(address)

    assert player
    assert player.frame == frame
    assert player.source == f"https://{urlsplit(frame).netloc}"


@pytest.mark.parametrize("address", OTHER_PAGES)
def test_another_page_of_a_known_site_stays_a_link_with_the_sites_name(address: str) -> None:
    assert find_player(address) is None
    assert provider_name(address) in {
        "YouTube",
        "Vimeo",
        "Spotify",
        "SoundCloud",
        "Bluesky",
        "OpenStreetMap",
        "Google Maps",
    }


@pytest.mark.parametrize("address", DISGUISED)
def test_an_address_that_seems_to_be_another_never_becomes_a_frame(address: str) -> None:
    assert find_player(address) is None


@given(st.one_of(ADDRESSES, st.text(max_size=80)))
@example("https://social.example/@" + "a" * 1900 + "/1")
@example("https://www.google.com/maps/embed?pb=" + "!1m1" * 400 + "<")
@example("https://" + "a-" * 900 + ".example/@a/1")
def test_whatever_is_given_the_frame_is_a_plain_address_of_a_known_player_or_there_is_none(address: str) -> None:
    player = find_player(address)

    if player:
        host = urlsplit(player.frame).netloc
        assert PLAIN.fullmatch(player.frame)
        assert host in PLAYERS or (host, player.provider.slug) == ("social.example", "mastodon-social-example")


def test_each_mastodon_server_is_a_provider_of_its_own() -> None:
    hosts = ["a-b.example", "a.b.example", "a--b.example", "ab.example"]
    players = [find_player(f"https://{host}/@some_one/1") for host in hosts]

    slugs = {player.provider.slug for player in players if player}
    assert len(slugs) == len(hosts)
    assert all(re.fullmatch(r"[a-z0-9-]{1,40}", slug) for slug in slugs)


def test_a_server_whose_name_is_too_long_for_a_choice_stays_a_link() -> None:
    address = f"https://{'long' * 8}.example/@some_one/1"

    assert find_player(address) is None
    assert provider_name(address) == f"{'long' * 8}.example"


def test_the_name_of_an_unknown_site_is_its_host() -> None:
    assert provider_name("https://www.films.example/one") == "films.example"
    assert provider_name("https://www.google.com/search?q=film") == "google.com"
    assert provider_name("javascript:hostile()") == ""
