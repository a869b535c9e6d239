"""Tasks for the tests of the worker, which imports them by name."""

from __future__ import annotations

from django_tasks import task


@task()
def nothing() -> None:
    """Be done."""
