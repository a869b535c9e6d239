"""What a worker does, without its waiting."""

from __future__ import annotations

from core.schedule import did_steady_work, do_jobs_of_the_round


def work() -> None:
    """Do a worker's round, then long work until there is none."""
    do_jobs_of_the_round()
    while did_steady_work():
        pass
