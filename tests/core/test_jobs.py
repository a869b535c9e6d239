"""What the worker does about once an hour, each round and between everything else."""

from __future__ import annotations

import pytest
from django.db import DatabaseError

from core import schedule
from core.schedule import (
    did_steady_work,
    do_hourly_jobs,
    do_jobs_of_the_round,
    register_each_round,
    register_hourly,
    register_steady,
)


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was done, by jobs that are registered for this test alone."""
    for jobs in ("_hourly", "_each_round", "_steady"):
        monkeypatch.setattr(schedule, jobs, [])
    return []


def test_each_job_is_done_in_the_order_of_registration(done: list[str]) -> None:
    register_hourly(lambda: done.append("first"))
    register_hourly(lambda: done.append("second"))
    do_hourly_jobs()
    do_hourly_jobs()
    assert done == ["first", "second"] * 2


def test_a_job_that_fails_does_not_keep_others_waiting_and_is_named_in_the_log(
    done: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> None:
        raise ValueError("out of order")

    register_hourly(broken)
    register_hourly(lambda: done.append("good"))
    do_hourly_jobs()
    assert done == ["good"]
    assert "broken failed" in caplog.text
    assert "out of order" in caplog.text


def test_a_database_that_is_away_ends_the_round_because_the_others_would_fail_as_well(done: list[str]) -> None:
    def without_database() -> None:
        raise DatabaseError

    register_hourly(without_database)
    register_hourly(lambda: done.append("good"))
    with pytest.raises(DatabaseError):
        do_hourly_jobs()
    assert not done


def test_a_registered_function_stays_what_it_was(done: list[str]) -> None:
    @register_hourly
    def job() -> None:
        done.append("job")

    job()
    assert done == ["job"]


def test_each_round_has_its_own_jobs(done: list[str]) -> None:
    register_each_round(lambda: done.append("round"))
    register_hourly(lambda: done.append("hour"))
    do_jobs_of_the_round()
    do_jobs_of_the_round()
    assert done == ["round", "round"]


def test_every_long_work_gets_on_while_one_has_much_to_do_and_one_fails(done: list[str]) -> None:
    left = [1, 2]

    def long() -> bool:
        done.append("long")
        return bool(left and left.pop())

    def broken() -> bool:
        raise ValueError("out of order")

    def short() -> bool:
        done.append("short")
        return False

    for piece in (long, broken, short):
        register_steady(piece)
    while did_steady_work():
        pass
    assert done == ["long", "short"] * 3
