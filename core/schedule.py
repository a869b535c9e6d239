"""What the worker does by the clock: publishing and taking down at the time that an editor set, and hourly jobs."""

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
_hourly: list[Job] = []


def register_hourly(job: Job) -> Job:
    """Register a function that the worker calls about once an hour. It must be safe to do twice, also at once."""
    _hourly.append(job)
    return job


def do_hourly_jobs() -> None:
    """Do every registered job. One that fails does not keep the others waiting."""
    for job in _hourly:
        try:
            job()
        except Error:
            raise
        except Exception:
            logger.exception("The hourly job %s.%s failed.", job.__module__, job.__name__)


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
