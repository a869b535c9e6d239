"""Writes and reads which documents hold a stem or have a facet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import uuid4

from django.db.models import QuerySet
from django.urls import reverse

from core.page_cache import address_changed
from core.snapshot import remembered
from search import bitmaps
from search.models import Document, IndexState, Posting
from search.passages import ranked_stems

# Every document that may be found stands here as well: what is taken out of it is found no more.
ALL = "all:"
KIND = "kind:"
STEP = 500

# A term and the rank at which it is listed.
Entry = tuple[str, int]
Sets = dict[Entry, int]

# The facets that this process has read, and the token of the index at that time.
_known_facets: tuple[str, Sets] = ("", {})


def entries(document: Document) -> set[Entry]:
    """Return everything that the index lists the document under."""
    if not document.words:
        return set()
    stems = {(stem, rank) for stem, ranks in ranked_stems(document.words).items() for rank in ranks}
    return {*stems, *((facet, 0) for facet in (ALL, f"{KIND}{document.kind}", *document.facets))}


def load(terms: Iterable[str]) -> Sets:
    """Return the documents of the terms, at each rank."""
    return _read(Posting.objects.filter(term__in=list(terms)))


def facets() -> Sets:
    """Return the documents of every facet. Each process reads them once after a change of the index."""
    return remembered("search-facets", _facets)


def _facets() -> Sets:
    global _known_facets  # noqa: PLW0603
    token = IndexState.objects.values_list("token", flat=True).first()
    known, sets = _known_facets
    if not token or token != known:
        sets = _read(Posting.objects.filter(is_facet=True))
        _known_facets = (token or "", sets)
    return sets


def lock() -> IndexState:
    """Return the state of the index, locked until the transaction ends: first of all by whoever writes to the index."""
    IndexState.objects.get_or_create(pk=1)
    return IndexState.objects.select_for_update().get(pk=1)


def changed() -> None:
    """Let every process know, once it is committed, that the index has changed."""
    IndexState.objects.update(token=uuid4().hex)
    address_changed(reverse("search:search"))


def _read(postings: QuerySet[Posting]) -> Sets:
    rows: dict[Entry, list[tuple[int, bytes]]] = defaultdict(list)
    for term, rank, block, members in postings.values_list("term", "rank", "block", "members"):
        rows[term, rank].append((block, bytes(members)))
    return {entry: bitmaps.join(blocks) for entry, blocks in rows.items()}


def change(before: dict[int, set[Entry]], after: dict[int, set[Entry]]) -> None:
    """Bring the index from what it lists of the documents to what it is to list."""
    added: dict[int, dict[Entry, set[int]]] = defaultdict(lambda: defaultdict(set))
    taken: dict[int, dict[Entry, set[int]]] = defaultdict(lambda: defaultdict(set))
    for number in before.keys() | after.keys():
        block, position = bitmaps.split(number)
        was, will = before.get(number, set()), after.get(number, set())
        # Listed again in any case: the document may have been hidden meanwhile.
        for entry in (will - was) | (will & {(ALL, 0)}):
            added[block][entry].add(position)
        for entry in was - will:
            taken[block][entry].add(position)
    for block in added.keys() | taken.keys():
        _change_block(block, added[block], taken[block])


def _change_block(block: int, added: dict[Entry, set[int]], taken: dict[Entry, set[int]]) -> None:
    changed = sorted(added.keys() | taken.keys())
    for start in range(0, len(changed), STEP):
        some = changed[start : start + STEP]
        there = Posting.objects.filter(block=block, term__in={term for term, _rank in some})
        rows = {(row.term, row.rank): row for row in there}
        kept: list[Posting] = []
        empty: list[Posting] = []
        for entry in some:
            row = rows.get(entry) or posting(entry, block, ())
            members = (bitmaps.unpack(bytes(row.members)) - taken.get(entry, set())) | added.get(entry, set())
            row.members = bitmaps.pack(members)
            (kept if members else empty).append(row)
        write(kept)
        Posting.objects.filter(pk__in=[row.pk for row in empty if row.pk]).delete()


def replace_block(block: int, documents: Iterable[Document]) -> None:
    """Write a block anew from its documents, whatever it held."""
    members: dict[Entry, list[int]] = defaultdict(list)
    for document in documents:
        position = bitmaps.split(document.pk)[1]
        for entry in entries(document):
            members[entry].append(position)
    Posting.objects.filter(block=block).delete()
    rows = (posting(entry, block, positions) for entry, positions in members.items())
    Posting.objects.bulk_create(rows, batch_size=2_000)


def posting(entry: Entry, block: int, positions: Iterable[int]) -> Posting:
    """Return a row that is not saved yet. No stem has a colon in it, every facet has."""
    term, rank = entry
    return Posting(term=term, rank=rank, block=block, members=bitmaps.pack(positions), is_facet=":" in term)


def write(rows: list[Posting]) -> None:
    """Write new rows, and old ones over."""
    Posting.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["term", "rank", "block"],
        update_fields=["members"],
    )


def hide(numbers: Iterable[int]) -> None:
    """Have the documents be found no more, at once; what else the index holds of them goes when it catches up."""
    for block, positions in bitmaps.by_block(numbers).items():
        row = Posting.objects.filter(term=ALL, rank=0, block=block).first()
        if row:
            row.members = bitmaps.pack(bitmaps.unpack(bytes(row.members)) - set(positions))
            row.save(update_fields=["members"])
