"""What a change leaves to the worker."""

from __future__ import annotations

from django_tasks import task

from search import indexing

# The rest of a long list is left to the clock, so that other tasks have their turn.
SECONDS = 20


@task()
def catch_up_soon() -> bool:
    """Bring stale documents up to date. It can be stopped and run again, by several workers at once."""
    return indexing.catch_up(SECONDS)
