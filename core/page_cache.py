"""The content generation: a token in every cached page's key that each change to the site's content replaces.

A page rendered before a change is stored under the old token, so nobody is served it after the change. The token
lives in the cache itself and ends at the next known moment (such as a page's expiry), so that time alone also
makes a new generation.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime

from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.utils import timezone

GENERATION_KEY = "content-generation"
GENERATION_SECONDS = 24 * 60 * 60

Moment = Callable[[datetime], datetime | None]
_moments: list[Moment] = []


def register_moment(moment: Moment) -> Moment:
    """Register a function that takes now and returns when content next changes by itself, or None."""
    _moments.append(moment)
    return moment


def generation() -> str:
    """Return the token of the site's present content; a new one where the last has ended."""
    token: str | None = cache.get(GENERATION_KEY)
    return token or _begin_generation()


def content_changed() -> None:
    """Make everything cached before now unreachable: once the change is committed, or at once outside a transaction."""
    transaction.on_commit(_begin_generation)


def _begin_generation() -> str:
    token = uuid.uuid4().hex
    cache.set(GENERATION_KEY, token, _seconds_to_next_moment())
    return token


def _seconds_to_next_moment() -> float:
    now = timezone.now()
    try:
        moments = [moment(now) for moment in _moments]
    except DatabaseError:
        # The database is away. Pages must still be served, so the generation lasts its full time.
        moments = []
    waits = [(moment - now).total_seconds() for moment in moments if moment]
    return min([*waits, GENERATION_SECONDS])
