"""What a change leaves to the worker."""

from __future__ import annotations

from django_tasks import task

from search import indexing

# So that other tasks have their turn, and nobody takes this one for left behind.
SECONDS = 20


@task()
def catch_up_soon() -> bool:
    """Bring stale documents up to date, and ask for more time while there was something to do.

    It can be stopped and run again, by several workers at once.
    """
    did_some = indexing.catch_up(SECONDS)
    if did_some:
        catch_up_soon.enqueue()
    return did_some
