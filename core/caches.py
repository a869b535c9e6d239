"""The cache of a site without a cache server."""

from __future__ import annotations

import os
import pickle
import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from io import BufferedWriter
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache


class FileCache(FileBasedCache):
    """Django's file cache, bounded by age, without listing its folder on every write and without compressing again.

    OPTIONS and LOCATION as in django.core.cache.backends.filebased. Holds about MAX_ENTRIES entries, and at most a
    few hundred more between two clean-ups.
    """

    writes_between_culls = 100

    # Django's own, which its stubs do not name.
    _key_to_file: Callable[..., str]
    _is_expired: Callable[..., bool]
    _delete: Callable[[str], bool]
    _list_cache_files: Callable[[], list[str]]

    def __init__(self, location: str, params: dict) -> None:
        params.setdefault("OPTIONS", {}).setdefault("MAX_ENTRIES", 10_000)
        super().__init__(location, params)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """Return the value, or the default where there is none or it has expired."""
        try:
            with open(self._key_to_file(key, version), "rb") as file:  # noqa: PTH123
                return default if self._is_expired(file) else pickle.load(file)  # noqa: S301
        except (FileNotFoundError, EOFError):
            return default

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Give the entry another timeout. Returns whether there was one."""
        missing = object()
        value = self.get(key, missing, version)
        if value is missing:
            return False
        self.set(key, value, timeout, version)
        return True

    def _write_content(self, file: BufferedWriter, timeout: Any, value: Any) -> None:
        pickle.dump(self.get_backend_timeout(timeout), file, self.pickle_protocol)
        pickle.dump(value, file, self.pickle_protocol)

    def _cull(self) -> None:
        if random.randrange(self.writes_between_culls):  # noqa: S311
            return
        ages = sorted(self._ages())
        surplus = len(ages) - self._max_entries
        if surplus > 0:
            # The oldest belong to generations of content that nobody can reach any more.
            for _age, path in ages[: surplus + self._max_entries // self._cull_frequency]:
                self._delete(path)

    def _ages(self) -> Iterator[tuple[float, str]]:
        for path in self._list_cache_files():
            # Another process may be cleaning up as well.
            with suppress(FileNotFoundError):
                yield os.stat(path).st_mtime, path  # noqa: PTH116
