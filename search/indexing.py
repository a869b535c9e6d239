"""Keeps the index as what is published.

Whatever changes is marked as stale, in the transaction that changes it. The worker catches up: by a task at once, and
by the clock where the task was lost or there is more than a task should do. Only one writes at a time.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import islice

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from core.schedule import register_steady
from search import postings, remote, vocabulary
from search.documents import Kind, contents, searchable
from search.models import Document, IndexState
from search.passages import Passage, stem_lines, written_words

# Raised when what the index holds of a document changes: every site then makes its index anew, while the old serves.
VERSION = 1
# Together in one transaction, which others may have to wait for.
STEP = 20
STEADY_SECONDS = 5
COPIED = ("date", "facets", "passages", "words")
# A rebuild that has not been heard of for so long was stopped.
LONGEST_SILENCE = timedelta(minutes=10)

logger = logging.getLogger(__name__)


def mark(kind: str, pks: Iterable[int]) -> None:
    """Have the worker look at these things again, whether they are to be found or not."""
    if wanted := set(pks):
        with worker_asked():
            _mark(kind, wanted)


def _mark(kind: str, wanted: set[int]) -> None:
    known = Document.objects.filter(kind=kind, object_id__in=wanted)
    missing = wanted - set(known.values_list("object_id", flat=True))
    known.update(stale_since=timezone.now())
    # A key is a number in every set: one that is used up for nothing makes all of them longer.
    new = (Document(kind=kind, object_id=pk, stale_since=timezone.now()) for pk in sorted(missing))
    Document.objects.bulk_create(new, ignore_conflicts=True)


def mark_known(kind: str, pks: QuerySet) -> None:
    """Have the worker look again at those of these things that the index holds, however many."""
    with worker_asked():
        Document.objects.filter(kind=kind, object_id__in=pks).update(stale_since=timezone.now())


@contextmanager
def worker_asked() -> Iterator[None]:
    """Have the worker catch up with what is marked here as soon as it is committed, unless it was asked already."""
    from search.tasks import catch_up_soon

    was_behind = is_behind()
    yield
    if not was_behind and is_behind():
        transaction.on_commit(catch_up_soon.enqueue)


def hide(kind: str, pks: Iterable[int]) -> None:
    """Take things out of all results at once, and have the worker clear up."""
    documents = Document.objects.filter(kind=kind, object_id__in=list(pks))
    with transaction.atomic():
        postings.lock()
        with worker_asked():
            is_known = documents.update(stale_since=timezone.now())
        if is_known:
            postings.hide(documents.values_list("pk", flat=True))
            postings.changed()


def hide_unlisted(kind: str, pks: Iterable[int]) -> None:
    """Look again at all of these things, and hide those that readers may no longer see."""
    for some in steps_of(pks):
        listed = set(searchable(kind).filter(pk__in=some).values_list("pk", flat=True))
        hide(kind, set(some) - listed)
        mark(kind, listed)


@register_steady
def catch_up_a_while() -> bool:
    """Catch up in pieces, between everything else that the worker does."""
    return catch_up(STEADY_SECONDS)


def catch_up(seconds: float) -> bool:
    """Bring stale documents up to date, for a few seconds. Returns whether there is more to do."""
    end = time.monotonic() + seconds
    find_new_things()
    did_some = False
    while is_behind() and time.monotonic() < end and _catch_up_a_step():
        did_some = True
    return remote.send_waiting() or did_some


def is_behind() -> bool:
    """Whether there is anything to catch up with. Asked first, because writing makes others wait."""
    return Document.objects.filter(stale_since__isnull=False).exists()


def _catch_up_a_step() -> bool:
    with transaction.atomic():
        if is_being_rebuilt(postings.lock()):
            return False
        stale = Document.objects.filter(stale_since__isnull=False).order_by("stale_since", "pk")
        # One that is being marked has its turn afterwards: nobody waits for anybody who waits.
        documents = list(stale.select_for_update(skip_locked=True)[:STEP])
        if documents:
            refresh(documents)
            postings.changed()
    return bool(documents)


def is_being_rebuilt(state: IndexState) -> bool:
    """Whether a rebuild is under way: it looks at everything, and others wait."""
    since = state.rebuilding_since
    return since is not None and timezone.now() - since < LONGEST_SILENCE


def refresh(documents: list[Document]) -> None:
    """Make the documents what is published; delete those of things that readers may not find."""
    before = {document.pk: postings.entries(document) for document in documents}
    words_before = [words_of(document) for document in documents]
    seen = {document.pk: document.stale_since for document in documents}
    read(documents)
    there = [document for document in documents if document.words]
    gone = [document.pk for document in documents if not document.words]
    postings.change(before, {document.pk: postings.entries(document) for document in there})
    vocabulary.count(words_before, [words_of(document) for document in there])
    save(documents)
    settle(seen)
    # What was marked again meanwhile may be there by now: it is looked at once more.
    Document.objects.filter(pk__in=gone, stale_since__isnull=True).delete()
    remote.forget(gone)


def read(documents: list[Document]) -> None:
    """Fill the documents with what is published; those of things that readers may not find are left empty."""
    for kind in Kind:
        mine = {document.object_id: document for document in documents if document.kind == kind}
        found = contents(kind, mine) if mine else {}
        for pk, document in mine.items():
            content = found.get(pk)
            document.date = content.date if content else None
            document.facets = content.facets if content else []
            document.passages = [passage.stored() for passage in content.passages] if content else []
            document.words = stem_lines(content.passages) if content else ""


def save(documents: list[Document]) -> None:
    """Write what was read, all of it with one statement a batch."""
    for document in documents:
        document.is_sent = False
    Document.objects.bulk_create(
        documents, batch_size=100, update_conflicts=True, unique_fields=["pk"], update_fields=[*COPIED, "is_sent"]
    )


def settle(stale: Mapping[int, datetime | None]) -> None:
    """Take the marks off that documents had when they were read. What was marked again meanwhile stays so."""
    by_mark: dict[datetime, list[int]] = {}
    for number, since in stale.items():
        if since:
            by_mark.setdefault(since, []).append(number)
    for since, numbers in by_mark.items():
        for some in steps_of(numbers):
            Document.objects.filter(pk__in=some, stale_since=since).update(stale_since=None)


def words_of(document: Document) -> set[str]:
    """Return the words that a document is written in."""
    return written_words(map(Passage.read, document.passages)) if document.words else set()


def find_new_things() -> None:
    """Mark whatever an index of an older version, or none at all, does not hold yet."""
    if IndexState.objects.filter(version=VERSION).exists():
        return
    with transaction.atomic():
        postings.lock()
        mark_everything()
        IndexState.objects.update(version=VERSION)


def mark_everything() -> None:
    """Mark what may be found and what is."""
    Document.objects.update(stale_since=timezone.now())
    for kind in Kind:
        for some in steps_of(list(searchable(kind).order_by("pk").values_list("pk", flat=True))):
            _mark(kind, set(some))


def steps_of(pks: Iterable[int], size: int = 500) -> Iterator[list[int]]:
    """Yield keys in lists that a query takes."""
    iterator = iter(pks)
    while some := list(islice(iterator, size)):
        yield some
