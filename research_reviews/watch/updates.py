"""Reads what Crossref says of changes to a work after it came out.

Two places say it: the work itself (`updated-by`, with what Retraction Watch knows), and each notice (`update-to`),
which names the works that it is about. See
https://www.crossref.org/documentation/register-maintain-records/maintaining-your-metadata/registering-updates/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from research_reviews.lookups.crossref import crossref_date
from research_reviews.lookups.markup import plain
from research_reviews.lookups.values import doi_in, mappings
from research_reviews.watch.kinds import STANDINGS, NoticeKind, kind_of

PUBLISHER = "publisher"


@dataclass(frozen=True)
class Update:
    """A notice about a work. Its date is in ISO form, as exact as it is known; doi is the notice's own, if any."""

    kind: NoticeKind
    doi: str = ""
    date: str = ""
    source: str = PUBLISHER

    @property
    def key(self) -> tuple[str, str]:
        """What makes it another notice than the next one: its DOI, and what it means for the study."""
        return group(self.kind), self.doi


def group(kind: str) -> str:
    """Return what kinds have in common that mean the same to a reader: a removal is a withdrawal is a retraction."""
    known = NoticeKind(kind)
    return STANDINGS.get(known, known).value


def updates_of(doi: str, work: dict[str, Any] | None, notices: Iterable[dict[str, Any]] = ()) -> tuple[Update, ...]:
    """Return what has been said of the work with a DOI (in its stored form), each notice once, the oldest first."""
    found: dict[tuple[str, str], Update] = {}
    for update in (*said_of_itself(doi, work or {}), *said_by_notices(doi, notices)):
        found[update.key] = both(found[update.key], update) if update.key in found else update
    return tuple(sorted(found.values(), key=lambda update: (update.date, update.doi, update.kind)))


def both(one: Update, other: Update) -> Update:
    """Return what two records say of the same notice: the publisher's own counts, but for a date that it lacks."""
    first, second = sorted((one, other), key=lambda update: (update.source != PUBLISHER, -len(update.date)))
    return replace(first, date=first.date or second.date)


def said_of_itself(doi: str, work: dict[str, Any]) -> Iterator[Update]:
    """Yield what the record of a work says of it; a work that was changed in its own place is its own notice."""
    for entry in mappings(work.get("updated-by")):
        yield from update(entry, doi_in(entry.get("DOI")))
    for entry in mappings(work.get("update-to")):
        if doi_in(entry.get("DOI")) == doi:
            yield from update(entry, doi)


def said_by_notices(doi: str, notices: Iterable[dict[str, Any]]) -> Iterator[Update]:
    """Yield what the records of notices say of the work."""
    for notice in notices:
        for entry in mappings(notice.get("update-to")):
            if doi_in(entry.get("DOI")) == doi:
                yield from update(entry, doi_in(notice.get("DOI")))


def update(entry: dict[str, Any], doi: str) -> Iterator[Update]:
    """Yield the entry as an update, if it is a notice."""
    kind = kind_of(plain(entry.get("type")) or plain(entry.get("label")))
    if kind:
        date = crossref_date(entry.get("updated"))
        yield Update(kind, doi, date.iso if date else "", plain(entry.get("source"))[:40] or PUBLISHER)
