"""The file cache of a site without a cache server."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import time_machine

from core.caches import FileCache


@pytest.fixture
def cache(tmp_path: Path) -> FileCache:
    """A cache in a folder of its own."""
    return FileCache(str(tmp_path), {"OPTIONS": {"MAX_ENTRIES": 50}})


def test_it_gives_back_what_was_put_in(cache: FileCache) -> None:
    cache.set("page", {"body": b"\x00\xff"})
    assert cache.get("page") == {"body": b"\x00\xff"}
    assert cache.get("other", "nothing") == "nothing"


def test_an_entry_ends_with_its_timeout_and_can_be_given_another(cache: FileCache) -> None:
    with time_machine.travel("2026-01-01T12:00Z", tick=False) as clock:
        cache.set("short", 1, 60)
        cache.set("long", 2, 60)
        assert cache.touch("long", 600)
        assert not cache.touch("never")
        clock.shift(120)
        assert cache.get("short") is None
        assert cache.get("long") == 2


def test_a_damaged_file_is_a_missing_entry(cache: FileCache, tmp_path: Path) -> None:
    cache.set("page", "words")
    (file,) = tmp_path.glob("*.djcache")
    file.write_bytes(b"")
    assert cache.get("page") is None


def test_it_forgets_the_oldest_and_stays_bounded(cache: FileCache, tmp_path: Path) -> None:
    cache.writes_between_culls = 1
    for number in range(120):
        cache.set(f"page {number}", number)
        os.utime(cache._key_to_file(f"page {number}"), (number, number))
    assert len(list(tmp_path.iterdir())) <= 51
    assert cache.get("page 0") is None
    assert cache.get("page 119") == 119
