"""Whether so many responses come at once that programs must be sending them.

Then each sender is asked for proof of work (comments.defence.proof). That ends by itself, when it has been calm for a
while. With the cache away nobody is asked.
"""

from __future__ import annotations

import logging

from django.core.cache import caches

from core.senders import is_within

MOST_RESPONSES = 20
SECONDS = 60
SECONDS_OF_CALM = 10 * 60
# So that one sender alone, whom the limits stop, does not have everybody asked.
MOST_OF_ONE_SENDER = 5
KEY = "responses-under-attack"

logger = logging.getLogger(__name__)


def is_on(sender: str) -> bool:
    """Count what this sender has sent, and say whether the site is under attack."""
    cache = caches["default"]
    try:
        was_on = bool(cache.get(KEY))
        if are_too_many(sender):
            cache.set(KEY, True, SECONDS_OF_CALM)
            if not was_on:
                logger.warning("Many responses come at once. Senders are asked for proof of work.")
            return True
    except Exception:
        logger.exception("The cache is away: nobody is asked for proof of work.")
        return False
    return was_on


def are_too_many(sender: str) -> bool:
    """Whether the site gets more than it usually does; what one sender sends too much is not counted."""
    counts = is_within(MOST_OF_ONE_SENDER, SECONDS_OF_CALM, "response-tried", sender)
    return counts and not is_within(MOST_RESPONSES, SECONDS, "responses")
