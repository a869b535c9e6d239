"""The cache of a site with a Redis server."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import ConnectionError as NoConnection
from redis.exceptions import RedisError

# How long a server that did not answer is left in peace: each try could take seconds.
SECONDS_OF_PEACE = 5

logger = logging.getLogger(__name__)

# Until when each server is left in peace, for all threads of the process.
_away_until: dict[str, float] = {}


class ImpatientRedisCache(RedisCache):
    """Django's, which asks a server that did not answer again only after a while, and fails at once until then."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self.server = server

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """Return the value, or the default where there is none."""
        return self._tried(default, super().get, key, default, version)

    def get_many(self, keys: Any, version: int | None = None) -> dict:
        """Return the values that are there."""
        values: dict = self._tried({}, super().get_many, keys, version)
        return values

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep the value."""
        self._tried(None, super().set, key, value, timeout, version)

    def set_many(self, data: dict, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> list:
        """Keep the values, and return the keys of those that were not taken."""
        failed: list = self._tried(list(data), super().set_many, data, timeout, version)
        return failed

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep the value where there is none yet. Returns whether it was kept."""
        return bool(self._tried(False, super().add, key, value, timeout, version))

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Give the value another timeout. Returns whether there was one."""
        return bool(self._tried(False, super().touch, key, timeout, version))

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget the value. Returns whether there was one."""
        return bool(self._tried(False, super().delete, key, version))

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Add to a number and return it. Raises ValueError where there is none."""
        number: int = self._tried(delta, super().incr, key, delta, version)
        return number

    def has_key(self, key: str, version: int | None = None) -> bool:
        """Whether there is a value."""
        return bool(self._tried(False, super().has_key, key, version))

    def _tried(self, otherwise: Any, method: Callable[..., Any], *arguments: Any) -> Any:
        if time.monotonic() < _away_until.get(self.server, 0):
            return self._without(otherwise, NoConnection("The cache did not answer a moment ago."))
        try:
            return method(*arguments)
        except RedisError as error:
            _away_until[self.server] = time.monotonic() + SECONDS_OF_PEACE
            logger.error("The cache is away: %s", error)
            return self._without(otherwise, error)

    def _without(self, otherwise: Any, error: RedisError) -> Any:
        raise error


class ForgivingRedisCache(ImpatientRedisCache):
    """For what can be done without: a server that is away is an empty cache, not an error.

    Django and Wagtail ask the default cache in the middle of a page, and nobody's page should fail for it.
    """

    def _without(self, otherwise: Any, error: RedisError) -> Any:
        return otherwise
