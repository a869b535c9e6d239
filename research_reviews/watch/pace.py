"""Keeps a program from asking faster than a server allows, and from asking again too soon."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

# Before the server has said what it allows: what Crossref allows to lists, rounded down.
USUAL_SPACING = 0.4
LONGEST_SPACING = 60.0
UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}
INTERVAL = re.compile(r"([0-9]{1,6})\s*(ms|s|m|h)?")
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0


@dataclass
class Pace:
    """The time between the beginnings of two requests, in seconds. They follow one another: one at most runs."""

    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    spacing: float = USUAL_SPACING
    next: float = field(default=0.0, init=False)

    def keep(self) -> None:
        """Wait until the next request may begin."""
        wait = self.next - self.clock()
        if wait > 0:
            self.sleep(wait)
        self.next = self.clock() + self.spacing

    def learn(self, headers: Mapping[str, str]) -> None:
        """Take what the server allows from its headers: so many requests in such a time."""
        limit = headers.get("x-rate-limit-limit", "").strip()
        interval = INTERVAL.fullmatch(headers.get("x-rate-limit-interval", "").strip().lower())
        if re.fullmatch("[1-9][0-9]{0,6}", limit) and interval:
            seconds = int(interval[1]) * UNITS[interval[2] or "s"]
            # The request that has just been answered began the time that now runs.
            allowed = min(seconds / int(limit), LONGEST_SPACING)
            self.next += allowed - self.spacing
            self.spacing = allowed


def seconds_before(attempt: int, asked: float | None) -> float:
    """Return how long to wait before another attempt, the first of which is number 1.

    What the server asks for is kept, and a little more, so that not everybody comes back at once.
    """
    if asked is not None:
        return asked + random.uniform(0, min(asked / 10, 5))  # noqa: S311 - nothing secret hangs on it
    return min(FIRST_WAIT * 2 ** (attempt - 1), LONGEST_WAIT) * random.uniform(0.5, 1)  # noqa: S311
