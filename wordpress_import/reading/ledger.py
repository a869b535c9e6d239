"""What has been read so far, in all parts of an export together: so that nothing is given out twice."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from wordpress_import.reading.dates import Clock
from wordpress_import.reading.heads import Terms, author
from wordpress_import.reading.problems import Problem, Problems
from wordpress_import.reading.trees import Node
from wordpress_import.reading.values import bare_address, made_id
from wordpress_import.records import AuthorRecord, ItemRecord, SiteRecord, TermRecord


class Book:
    """What is known of one site. `authors` tells of each login whether the export described the person.

    `marks` has a checksum of the address for each kind and id: enough to know an item again, and small.
    """

    def __init__(self) -> None:
        self.clock = Clock()
        self.authors: dict[str, bool] = {}
        self.terms = Terms()
        self.marks: defaultdict[str, dict[int, int]] = defaultdict(dict)


class Ledger:
    """The books of all sites in an export, and the problems met. `cuts` are the files that ended early."""

    def __init__(self) -> None:
        self.books: defaultdict[str, Book] = defaultdict(Book)
        self.site: SiteRecord | None = None
        self.problems = Problems()
        self.cuts: list[Problem] = []

    @property
    def book(self) -> Book:
        """The book of the site that is being read."""
        return self.books[self.site.key if self.site else ""]

    @property
    def clock(self) -> Clock:
        """That site's clock."""
        return self.book.clock

    def enter(self, site: SiteRecord, sample: bytes) -> Iterator[SiteRecord]:
        """Go on with that site, and yield it if it is another. The sample of its file sets its clock."""
        is_other = self.site is None or site.key != self.site.key
        if is_other:
            self.site = site
        self.clock.learn_from(sample)
        if is_other:
            yield site

    def new_author(self, login: str) -> Iterator[AuthorRecord]:
        """Yield an author who is known by the login only."""
        if login and login not in self.book.authors:
            self.book.authors[login] = False
            yield AuthorRecord(login=login)

    def new_entries(self, entry: Node) -> Iterator[AuthorRecord | TermRecord]:
        """Yield the author or the term, unless it was there. Authors known by their login only are given out again."""
        if entry.name not in {"wp:author", "wp:wp_author"}:
            yield from self.book.terms.new(entry)
        elif (record := author(entry)) and not self.book.authors.get(record.login):
            self.book.authors[record.login] = True
            yield record

    def new_item(self, item: ItemRecord) -> ItemRecord | None:
        """Return the item, or None if it was there before.

        Another one of the same kind and id gets an id of its own.
        """
        marks = self.book.marks[item.kind]
        mark = zlib.crc32((bare_address(item.guid or item.link) or item.slug or item.title).encode())
        known = marks.get(item.wp_id)
        if known is None:
            marks[item.wp_id] = mark
            return item
        if known == mark:
            return None
        sentence = _("Another %(kind)s has the id %(id)s already; this one was given another.")
        problems = [*item.problems, sentence % {"kind": item.kind, "id": item.wp_id}]
        return self.new_item(replace(item, wp_id=made_id(item.kind, str(item.wp_id), str(mark)), problems=problems))

    def cut(self, problem: Problem) -> None:
        """Keep that a file ended early."""
        self.cuts.append(problem)
        # Never one of those that are only counted.
        self.problems.kept.append(problem)
