"""What the worker does of imports that were begun in the admin: a few seconds' work at a time, until they are done.

A worker keeps what it has read so far. Another that goes on, because the first was stopped, looks through the files
again and passes over what is written.
"""

from __future__ import annotations

import heapq
import logging
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from django.db import reset_queries
from django.db.models import Q
from django.utils import timezone

from core.schedule import register_steady
from research_reviews.models import ReviewIndexPage
from wordpress_import.models import ImportRun, Outcome
from wordpress_import.reading import NotAnExportError
from wordpress_import.writing.options import Options
from wordpress_import.writing.places import NoPlaceError
from wordpress_import.writing.running import Import, Progress

SECONDS = 4.0
# A worker that has not been heard of for so long is taken to be dead.
LONGEST_SILENCE = timedelta(minutes=3)
# Rows of the report that are kept, those that say something first.
MOST_ROWS, MOST_PROBLEMS = 20_000, 2_000
ME = uuid4().hex
State = ImportRun.State
logger = logging.getLogger(__name__)

# What this process is at: the run's key, its work and the steps that are left.
_at_work: dict[int, tuple[Import, Iterator[Progress]]] = {}


@register_steady
def import_piece() -> bool:
    """Go on with the import that has waited longest. Returns whether there was one."""
    run = claimed()
    if run is None:
        _at_work.clear()
        return False
    try:
        if run.pk not in _at_work:
            _at_work.clear()
            _at_work[run.pk] = begun(run)
        work, steps = _at_work[run.pk]
        end = time.monotonic() + SECONDS
        for progress in steps:
            run.stage, run.done, run.total = progress.stage, progress.done, progress.total
            # Django keeps them while debugging.
            reset_queries()
            if time.monotonic() > end:
                keep(run, work)
                return True
        finish(run, work)
    except (NotAnExportError, NoPlaceError) as error:
        refuse(run, str(error))
    except Exception as error:
        logger.exception("The import %s cannot go on.", run.pk)
        refuse(run, f"{type(error).__name__}: {error}")
    return True


def claimed() -> ImportRun | None:
    """Return the import to go on with, taken by this worker; None where there is none or another is at it."""
    free = Q(worker__in=["", ME]) | Q(seen_at=None) | Q(seen_at__lt=timezone.now() - LONGEST_SILENCE)
    waiting = ImportRun.objects.filter(free, state__in=[State.CHECKING, State.RUNNING]).order_by("pk")
    for pk in waiting.values_list("pk", flat=True):
        if waiting.filter(pk=pk).update(worker=ME, seen_at=timezone.now()):
            return ImportRun.objects.get(pk=pk)
    return None


def begun(run: ImportRun) -> tuple[Import, Iterator[Progress]]:
    """Return the work of an import from its beginning."""
    index = ReviewIndexPage.objects.order_by("path").first()
    if index is None:
        raise NoPlaceError("There is no list of reviews. Make one below the home page.")
    options = Options(
        into=index,
        uploads=Path(run.uploads) if run.uploads else None,
        fetches_media=run.fetches_media,
        is_dry=run.state == State.CHECKING,
        retries_failed=run.retries_failed and run.state == State.RUNNING,
        user=run.made_by,
    )
    work = Import([Path(path) for path in run.paths], options)
    return work, work.steps()


def keep(run: ImportRun, work: Import) -> None:
    """Keep how far it is, unless it was stopped meanwhile."""
    run.counts, run.seen_at = work.ledger.by_kind(), timezone.now()
    mine = ImportRun.objects.filter(pk=run.pk, state=run.state)
    fields = ("stage", "done", "total", "counts", "seen_at")
    mine.update(**{name: getattr(run, name) for name in fields})


def finish(run: ImportRun, work: Import) -> None:
    """Keep what came of it."""
    _at_work.clear()
    ledger = work.ledger
    ImportRun.objects.filter(pk=run.pk, state=run.state).update(
        state=State.CHECKED if run.state == State.CHECKING else State.DONE,
        counts=ledger.by_kind(),
        report=[entry.as_row() for entry in heapq.nsmallest(MOST_ROWS, ledger.entries, key=weight)],
        problems=[*unknown_things(work), *ledger.notes][:MOST_PROBLEMS],
        sites=[{"key": key, "title": site.record.title} for key, site in work.survey.sites.items()],
        is_cut=ledger.is_cut,
        worker="",
        finished_at=timezone.now(),
    )


def unknown_things(work: Import) -> list[str]:
    """Return what editors should know of shortcodes, blocks and links."""
    unknown = [f"{name}: {number} ×" for name, number in work.ledger.unknown.most_common()]
    return [*unknown, *(f"{url} → ?" for url in work.ledger.dead_links)]


def weight(entry: object) -> int:
    """Return where an entry of the report comes: what failed first, what is unchanged last."""
    order = [Outcome.FAILED, Outcome.SKIPPED, Outcome.UPDATED, Outcome.MADE, Outcome.UNCHANGED]
    return order.index(Outcome(getattr(entry, "outcome", Outcome.UNCHANGED)))


def refuse(run: ImportRun, reason: str) -> None:
    """Note why it cannot be done."""
    _at_work.clear()
    ImportRun.objects.filter(pk=run.pk).update(
        state=State.REFUSED, problems=[reason], worker="", finished_at=timezone.now()
    )
