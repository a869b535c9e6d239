"""What `manage.py check --database default`, and so `manage.py migrate`, says of the index.

search.W001  a rebuild of the index was not finished
search.W002  the index has been behind for a while
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Tags, register
from django.core.checks import Warning as CheckWarning
from django.db import DatabaseError
from django.utils import timezone

from search.indexing import is_being_rebuilt
from search.models import Document, IndexState

# The worker catches up within seconds, with a long list within the hour.
LONGEST_WAIT = timedelta(hours=1)


@register(Tags.database)
def rebuild_is_finished(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """A rebuild that was stopped half-way leaves an index that is old in part."""
    try:
        state = IndexState.objects.first() if databases else None
    except DatabaseError:  # before the first migration
        return []
    if not state or not state.rebuilding_since or is_being_rebuilt(state):
        return []
    hint = "Run manage.py rebuild_search. Until then some reviews may be missing from search, or found by old words."
    return [CheckWarning("The search index was being rebuilt, and that was stopped.", hint=hint, id="search.W001")]


@register(Tags.database)
def index_is_followed(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """What changes is brought into the index by the worker."""
    try:
        waiting = databases and Document.objects.filter(stale_since__lt=timezone.now() - LONGEST_WAIT).count()
    except DatabaseError:
        return []
    if not waiting:
        return []
    hint = "See that the worker runs (manage.py work). Where it does, and this stays, run manage.py rebuild_search."
    return [
        CheckWarning(f"{waiting} things have waited for the search index for an hour.", hint=hint, id="search.W002")
    ]
