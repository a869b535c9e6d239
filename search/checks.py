"""What `manage.py check --database default`, and so `manage.py migrate`, says of the index.

search.W001  a rebuild of the index was not finished
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Tags, register
from django.core.checks import Warning as CheckWarning
from django.db import DatabaseError

from search.indexing import is_being_rebuilt
from search.models import IndexState


@register(Tags.database)
def rebuild_is_finished(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """A rebuild that was stopped half-way leaves an index that is old in part."""
    try:
        state = IndexState.objects.first()
    except DatabaseError:  # before the first migration
        return []
    if not state or not state.rebuilding_since or is_being_rebuilt(state):
        return []
    hint = "Run manage.py rebuild_search. Until then some reviews may be missing from search, or found by old words."
    return [CheckWarning("The search index was being rebuilt, and that was stopped.", hint=hint, id="search.W001")]
