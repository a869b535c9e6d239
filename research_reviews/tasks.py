"""Work on reviews that no editor should wait for."""

from __future__ import annotations

from django_tasks import task


@task()
def refresh_neighbours(pk: int) -> int:
    """Find anew what a review leads to that has appeared, changed or gone, and what those around it lead to.

    Return how many have changed. It can be stopped and run again: it ends in the same state.
    """
    from research_reviews import related

    return related.refresh_all([pk, *related.neighbours_of(pk)])


@task()
def refresh_related(pks: list[int]) -> int:
    """Find anew what the reviews lead to. Return how many have changed. It can be stopped and run again."""
    from research_reviews import related

    return related.refresh_all(pks)
