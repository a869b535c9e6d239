"""The content generation: a token in every cached page's key that each change to the site's content replaces.

A page rendered before a change is stored under the token that was valid when its rendering began, so nobody is
served it after the change, however the two overlap. A token is never used twice.

For other apps:

- Pages, snippets, settings, images, documents and what hangs on them by a ParentalKey are watched already
  (`core.signals`). Whoever changes what readers see in another way (bulk_create, update(), a file) calls
  `content_changed()`, inside the transaction where there is one.
- What time alone changes is announced by `@register_moment`: a function that takes now and returns the next moment.
- A query parameter that a page reads is announced by `register_parameters()`; pages with other ones are not kept.
"""

from __future__ import annotations

import hashlib
import logging
import time
import uuid
from collections.abc import Callable
from datetime import datetime
from threading import Event
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.connection import ConnectionProxy

from core.snapshot import is_shared, remembered

# Not the default one, which may hide that it is away.
cache = ConnectionProxy(caches, "generation")
GENERATION_KEY = "content-generation"
LONGEST_GENERATION = 24 * 60 * 60
# How soon to ask again for the next moment while the database is away.
RETRY_SECONDS = 10

logger = logging.getLogger(__name__)

Answer = TypeVar("Answer")
Moment = Callable[[datetime], datetime | None]
_moments: list[Moment] = []
parameters = {"page"}

# A change that the cache could not be told of, because it was away.
_owed = Event()
# The generation whose end this process knows, and that end.
_known_end = ("", 0.0)
# The generation that this process has asked questions in, and the answers.
_answers: tuple[str, dict[str, Any]] = ("", {})
MOST_ANSWERS = 2_000


def register_moment(moment: Moment) -> Moment:
    """Register a function that takes now and returns when content next changes by itself, or None."""
    _moments.append(moment)
    return moment


def register_parameters(*names: str) -> None:
    """Register query parameters that pages read, so that addresses with them are cached as well."""
    parameters.update(names)


def content_changed() -> None:
    """Make everything cached before now unreachable: once the change is committed, or at once outside a transaction."""
    transaction.on_commit(_begin_or_owe)


def address_changed(path: str) -> None:
    """Make what is cached of the address, with any parameters, unreachable, and nothing else; when as above."""
    transaction.on_commit(lambda: _renew_or_owe(path))


def address_token(path: str) -> str:
    """Return the token of what the address itself shows; empty where that has not changed of late.

    It outlives every page that was cached before the change.
    """
    token: str = cache.get(_address_key(path), "")
    return token


def _address_key(path: str) -> str:
    return f"address-{hashlib.sha256(path.encode()).hexdigest()}"


def _renew_or_owe(path: str) -> None:
    try:
        cache.set(_address_key(path), uuid.uuid4().hex, 2 * LONGEST_GENERATION)
    except Exception:
        logger.exception("The cache did not take a change of %s. It follows when the cache is back.", path)
        _owed.set()


def generation() -> str:
    """Return the token of the site's present content; a new one where the last has ended."""
    token: str | None = cache.get(GENERATION_KEY)
    if token is None or _owed.is_set():
        token = begin_generation()
    # Whoever comes first after a change asks the database for the end. Its page is not cached yet either.
    return token if time.time() < _end_of(token) else _next_generation(token)


def until_change(question: str, ask: Callable[[], Answer]) -> Answer:
    """Return the answer to a question about listed content; each process asks once a generation.

    The answer is shared by its requests: nobody changes it. Only a reader's request remembers: whoever writes must
    see what has just been written, and whoever previews what has not.
    """
    if not (settings.PAGE_CACHE and is_shared()):
        return ask()
    try:
        token = remembered("generation", generation)
    except Exception:
        logger.exception("The cache is away.")
        return ask()
    answers = _answers_of(token)
    if question not in answers:
        answers[question] = ask()
    answer: Answer = answers[question]
    return answer


def _answers_of(token: str) -> dict[str, Any]:
    global _answers  # noqa: PLW0603
    known, answers = _answers
    if known != token or len(answers) >= MOST_ANSWERS:
        answers = {}
        _answers = (token, answers)
    return answers


def begin_generation() -> str:
    """Begin a new generation now, without a look at the database."""
    token = uuid.uuid4().hex
    cache.set(GENERATION_KEY, token, None)
    _owed.clear()
    return token


def _begin_or_owe() -> None:
    try:
        begin_generation()
    except Exception:
        # The change itself is saved: the editor must not get an error for it.
        logger.exception("The cache did not take a new content generation. It follows when the cache is back.")
        _owed.set()


def _next_generation(ended: str) -> str:
    global _known_end  # noqa: PLW0603
    try:
        _seconds_to_next_moment()
    except DatabaseError:
        # Nothing could be rendered anew. What is cached is served until the database is back.
        _known_end = (ended, time.time() + RETRY_SECONDS)
        return ended
    return begin_generation()


def _end_of(token: str) -> float:
    """Return when the generation ends. It is looked up after the token is in place, so no change falls between."""
    global _known_end  # noqa: PLW0603
    known, end = _known_end
    if known == token:
        return end
    key = f"{GENERATION_KEY}-end-{token}"
    end = cache.get(key)
    if end is None:
        try:
            end = time.time() + _seconds_to_next_moment()
            cache.set(key, end, 2 * LONGEST_GENERATION)
        except DatabaseError:
            end = time.time() + RETRY_SECONDS
    _known_end = (token, end)
    return end


def _seconds_to_next_moment() -> float:
    now = timezone.now()
    waits = [(moment - now).total_seconds() for next_moment in _moments if (moment := next_moment(now))]
    return min([*waits, LONGEST_GENERATION])
