"""How much one sender may send."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from core.senders import is_within

LIMITS = ((5, 10 * 60), (30, 24 * 60 * 60))


def closed_until(sender: str) -> datetime | None:
    """Count one more of the sender's, and return when they may try again if that is too many."""
    over = [seconds for most, seconds in LIMITS if not is_within(most, seconds, "response", sender)]
    if not over:
        return None
    seconds = max(over)
    return datetime.fromtimestamp((time.time() // seconds + 1) * seconds, UTC)
