"""A Redis that does not answer costs a moment, never a page."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import pytest
from redis.exceptions import RedisError

from core.redis_cache import ForgivingRedisCache, ImpatientRedisCache

OPTIONS = {"OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5}}


@pytest.fixture
def silent() -> Iterator[str]:
    """The address of a server that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"


def test_a_silent_server_is_an_empty_cache_to_those_who_can_do_without(silent: str) -> None:
    cache = ForgivingRedisCache(silent, OPTIONS)
    assert cache.get("a", "nothing") == "nothing"
    assert cache.get_many(["a", "b"]) == {}
    assert cache.add("a", 1) is False
    assert cache.touch("a") is False
    assert cache.delete("a") is False
    assert "a" not in cache
    assert cache.set_many({"a": 1}) == ["a"]
    cache.set("a", 1)


def test_a_silent_server_is_told_to_those_who_must_know(silent: str) -> None:
    cache = ImpatientRedisCache(silent, OPTIONS)
    with pytest.raises(RedisError):
        cache.get("a")
    with pytest.raises(RedisError):
        cache.set("a", 1)


def test_a_server_that_did_not_answer_is_not_waited_for_again_at_once(silent: str) -> None:
    ForgivingRedisCache(silent, OPTIONS).get("a")
    before = time.monotonic()
    for _again in range(20):
        ForgivingRedisCache(silent, OPTIONS).get("a")
    assert time.monotonic() - before < 0.4
