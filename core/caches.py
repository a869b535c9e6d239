"""The cache of a site without a cache server."""

from __future__ import annotations

import random

from django.core.cache.backends.filebased import FileBasedCache


class FileCache(FileBasedCache):
    """Django's file cache, bounded, and without listing its whole folder on every write.

    OPTIONS and LOCATION as in django.core.cache.backends.filebased. Holds about MAX_ENTRIES entries, and at most a
    few hundred more between two clean-ups.
    """

    writes_between_culls = 100

    def __init__(self, location: str, params: dict) -> None:
        params.setdefault("OPTIONS", {}).setdefault("MAX_ENTRIES", 20_000)
        super().__init__(location, params)

    def _cull(self) -> None:
        if random.randrange(self.writes_between_culls) == 0:  # noqa: S311
            super()._cull()
