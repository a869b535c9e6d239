"""Makes the whole index anew, block by block, while the old one goes on serving."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from search import bitmaps, postings, remote, vocabulary
from search.indexing import VERSION, is_being_rebuilt, mark_everything, read, save, settle, steps_of, words_of
from search.models import Document, IndexState, Posting

# Read at a time: what readers wait for is a few seconds of writing at the end of a block.
STEP = 100

Tell = Callable[[int, int], object]


class AlreadyUnderWayError(Exception):
    """Another process is rebuilding the index."""


def rebuild(tell: Tell) -> None:
    """Make the index anew from what is published, telling of how many documents of how many.

    Each block is written in one transaction: whoever stops half-way has an index that is partly old, and can run it
    again. The worker waits meanwhile, and catches up afterwards. Raises AlreadyUnderWayError.
    """
    begin()
    mark_everything()
    last = bitmaps.split(Document.objects.aggregate(last=Max("pk"))["last"] or 0)[0]
    counts: Counter[str] = Counter()
    progress = Progress(tell)
    for block in range(last + 1):
        write_block(block, counts, progress.add)
    Posting.objects.filter(block__gt=last).delete()
    vocabulary.replace(counts)
    remote.start_anew()
    IndexState.objects.update(built_at=timezone.now(), version=VERSION, rebuilding_since=None)
    postings.changed()


class Progress:
    """How far it is."""

    def __init__(self, tell: Tell) -> None:
        self.tell, self.done, self.total = tell, 0, Document.objects.count()

    def add(self, number: int) -> None:
        """So many more are done."""
        self.done += number
        self.tell(self.done, self.total)


def begin() -> None:
    """Note that a rebuild is under way, so that nothing else writes."""
    with transaction.atomic():
        state = postings.lock()
        if is_being_rebuilt(state):
            raise AlreadyUnderWayError
        state.rebuilding_since = timezone.now()
        state.save()


def write_block(block: int, counts: Counter[str], tell: Callable[[int], object]) -> None:
    """Write a block anew, and add its words to the counts."""
    first = block << bitmaps.BLOCK_SHIFT
    in_block = Document.objects.filter(pk__gte=first, pk__lt=first + bitmaps.BLOCK_SIZE).order_by("pk")
    stale = dict(in_block.values_list("pk", "stale_since"))
    there: list[Document] = []
    for some in steps_of(stale, STEP):
        documents = list(in_block.filter(pk__in=some).defer("passages", "words"))
        read(documents)
        there += [document for document in documents if document.words]
        for document in documents:
            counts.update(words_of(document))
        IndexState.objects.update(rebuilding_since=timezone.now())
        tell(len(documents))
    with transaction.atomic():
        postings.lock()
        save(there)
        settle(stale)
        gone = stale.keys() - {document.pk for document in there}
        Document.objects.filter(pk__in=gone).update(words="", passages=[], facets=[])
        Document.objects.filter(pk__in=gone, stale_since__isnull=True).delete()
        postings.replace_block(block, there)
        postings.changed()
