"""What the worker does by the clock: publishing and taking down at the time that an editor set, and others' jobs.

An app registers its job by how often it is to be done: `register_hourly`, `register_each_round` (every 30 seconds)
or `register_steady`, for long work that is done in pieces of a few seconds between everything else. Every job must be
safe to do twice, also at once: several workers can run.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.db import Error, models, transaction
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

logger = logging.getLogger(__name__)

Job = Callable[[], object]
# A piece of long work. Returns whether there was something to do.
Piece = Callable[[], bool]
_hourly: list[Job] = []
_each_round: list[Job] = []
_steady: list[Piece] = []


def register_hourly(job: Job) -> Job:
    """Register a function that the worker calls about once an hour."""
    _hourly.append(job)
    return job


def register_each_round(job: Job) -> Job:
    """Register a function that the worker calls about every 30 seconds, after it has published what is due."""
    _each_round.append(job)
    return job


def register_steady(piece: Piece) -> Piece:
    """Register a function that does a few seconds' worth of long work. It is called again at once while it did some."""
    _steady.append(piece)
    return piece


def do_hourly_jobs() -> None:
    """Do every job of the hour."""
    for job in _hourly:
        attempt(job)


def do_jobs_of_the_round() -> None:
    """Do every job of the round."""
    for job in _each_round:
        attempt(job)


def did_steady_work() -> bool:
    """Do a piece of every long work. Returns whether there was something to do."""
    worked = [attempt(piece) for piece in _steady]
    return any(worked)


def attempt(job: Job) -> object:
    """Do the job and return what it returns. One that fails does not keep the others waiting."""
    try:
        return job()
    except Error:
        # The database itself: the others would fail as well.
        raise
    except Exception:
        logger.exception("The job %s.%s failed.", job.__module__, getattr(job, "__name__", job))
        return None


def act_on_schedule() -> None:
    """Take down what has expired, then publish what is due.

    What `publish_scheduled` does, with two differences: one thing that fails does not keep the others waiting, and
    several workers can do it at the same time, because each thing is locked while it is acted on.
    """
    now = timezone.now()
    for model in scheduled_models():
        expired = model._default_manager.filter(live=True, expire_at__lt=now).order_by("expire_at")
        each_in_turn(expired, lambda thing: thing.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled"))
    due = Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at")
    each_in_turn(due, lambda revision: revision.publish(log_action="wagtail.publish.scheduled"))


def scheduled_models() -> Iterator[type[models.Model]]:
    """Every model that can be scheduled: pages as one, and each snippet with drafts."""
    yield Page
    for model in apps.get_models():
        if issubclass(model, DraftStateMixin) and not issubclass(model, Page):
            yield model


def each_in_turn(queryset: models.QuerySet, act: Callable[[Any], object]) -> None:
    """Act on each thing in a transaction of its own. A thing that another worker has just acted on is left out."""
    for pk in list(queryset.values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                thing = queryset.select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
                if thing is not None:
                    act(thing)
        except Error:
            # The database itself: the others would fail as well.
            raise
        except Exception:
            logger.exception("%s %s could not be published or taken down at its time.", queryset.model.__name__, pk)
