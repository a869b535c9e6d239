"""What earlier runs have made of an old site's things, in a form that thousands of fit into memory."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from wordpress_import.models import ImportedItem, Outcome
from wordpress_import.records import ItemRecord
from wordpress_import.writing.keys import reserve

# Of the work that is left to the end of a run, written down so that a run which was killed leaves it to the next.
WORK = "work"
CHANGED = (
    "digest",
    "model",
    "object_id",
    "revision",
    "was_live",
    "outcome",
    "reason",
    "missing",
    "changed_at",
    "title",
    "link",
)


@dataclass(slots=True)
class Remembered:
    """A row, without what only people read."""

    pk: int
    digest: str = ""
    object_id: int | None = None
    revision: int | None = None
    was_live: bool = False
    outcome: str = Outcome.PLANNED
    reason: str = ""
    missing: list[str] = field(default_factory=list)


class Memory:
    """The rows of one old site, kept up with what is written."""

    def __init__(self, site: str) -> None:
        self.site = site
        names = ("kind", "key", "pk", "digest", "object_id", "revision", "was_live", "outcome", "reason", "missing")
        rows = ImportedItem.objects.filter(site=site).values_list(*names)
        self.rows: dict[tuple[str, str], Remembered] = {
            (kind, key): Remembered(*rest) for kind, key, *rest in rows.iterator(chunk_size=5_000)
        }

    def get(self, kind: str, key: Any) -> Remembered | None:
        """Return what is remembered of a thing."""
        return self.rows.get((kind, str(key)))

    def object_id(self, kind: str, key: Any) -> int | None:
        """Return the key of what a thing has become here."""
        row = self.get(kind, key)
        return row.object_id if row else None

    def new(self, kind: str, key: Any, title: str = "", link: str = "") -> ImportedItem:
        """Return a row for a thing, with what is remembered of it. Not saved yet."""
        row = self.get(kind, key)
        known = {name: getattr(row, name) for name in Remembered.__slots__} if row else {}
        return ImportedItem(site=self.site, kind=kind, key=str(key)[:255], title=title[:255], link=link, **known)

    def save(self, items: Iterable[ImportedItem]) -> None:
        """Write rows, new and known ones, with one statement a batch."""
        ImportedItem.objects.bulk_create(
            items,
            batch_size=200,
            update_conflicts=True,
            unique_fields=["site", "kind", "key"],
            update_fields=CHANGED,
        )

    def learn(self, items: Iterable[ImportedItem]) -> None:
        """Remember rows, once their transaction is over."""
        for item in items:
            self.rows[item.kind, item.key] = Remembered(
                item.pk,
                item.digest,
                item.object_id,
                item.revision,
                item.was_live,
                item.outcome,
                item.reason,
                item.missing,
            )

    def store(self, *items: ImportedItem) -> None:
        """Write rows and remember them."""
        self.save(items)
        self.learn(items)

    def plan(self, kind: str, model: type[Any], ids: Iterable[int]) -> None:
        """Set a key aside for each of these that has none, so that links can name pages that are yet to be written."""
        missing = [number for number in ids if not self.object_id(kind, number)]
        for start in range(0, len(missing), 2_000):
            some = missing[start : start + 2_000]
            with transaction.atomic():
                items = [
                    self.new(kind, number).becomes(Outcome.PLANNED, object_id=key, model=model._meta.label_lower)
                    for number, key in zip(some, reserve(model._meta.get_parent_list()[-1], len(some)), strict=True)
                ]
                self.save(items)
            self.learn(items)


def digest_of(item: ItemRecord) -> str:
    """Return what tells this version of an item from any other."""
    return hashlib.sha256(repr(item).encode("utf-8", "surrogatepass")).hexdigest()[:40]
