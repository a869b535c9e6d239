"""Brings in one old site: decides what becomes of each item, gathers what is to be written, writes it in batches."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from wagtail.models import Page

from research_reviews.models import ReviewPage
from wordpress_import.models import ImportedItem, Outcome
from wordpress_import.records import ItemRecord
from wordpress_import.writing import plain_pages, portable_posts, reviews, updating
from wordpress_import.writing.batches import Writer
from wordpress_import.writing.decisions import Decision, Decisions
from wordpress_import.writing.desks import desk_for
from wordpress_import.writing.finishing import Finish
from wordpress_import.writing.ledger import Ledger
from wordpress_import.writing.linking import pages_in
from wordpress_import.writing.made import Made
from wordpress_import.writing.memory import Memory, digest_of
from wordpress_import.writing.options import Options
from wordpress_import.writing.survey import PAGE, POST, SiteSurvey

POSTS_A_BATCH = 40

logger = logging.getLogger(__name__)


class SiteImport:
    """The import of one old site."""

    def __init__(self, site: SiteSurvey, options: Options, ledger: Ledger) -> None:
        self.site, self.options, self.ledger = site, options, ledger
        self.memory = Memory(site.record.key)
        self.desk, self.converter = desk_for(site, self.memory, options, ledger)
        self.decisions = Decisions(self.memory, options, self.desk.library)
        self.finishing = Finish(self.desk, options)
        self.writer = Writer(options.into, self.memory, self.finishing.redirects, options.user)
        self.batch: list[Made] = []
        # Pages whose parent is not written yet.
        self.waiting: list[ItemRecord] = []
        self._page_writers: dict[int, Writer] = {}

    def plan(self) -> None:
        """Set keys aside for all pages that are to come, so that links can name them."""
        for kind, ids in pages_in(self.site).items():
            wanted = (number for number in ids if self.site.items[number].status != "trash")
            self.memory.plan(kind, ReviewPage if kind == POST else plain_pages.page_model(), wanted)

    def bring_files(self) -> Iterator[tuple[int, int]]:
        """Bring in the images and files of the library, yielding how many of how many."""
        yield from self.desk.library.bring()

    def take(self, item: ItemRecord) -> None:
        """Decide what becomes of an item, and write a batch where there is one."""
        decision = self.decisions.of(item)
        if decision.outcome != Outcome.PLANNED:
            self._enter(item, decision)
        elif item.kind == PAGE:
            self._take_page(item)
        elif made := self._made(item):
            self._take_made(made)

    def write_rest(self) -> None:
        """Write what is left: the last batch, and pages whose parents came after them."""
        self._write_batch()
        while self.waiting:
            ready = [item for item in self.waiting if self._has_place(item)] or self.waiting
            self.waiting = [item for item in self.waiting if item not in ready]
            for item in ready:
                self._write_page(item)

    def finish(self) -> Iterator[tuple[int, int]]:
        """Do what can only be done when everything is there, yielding how many of how many."""
        yield from self.finishing.steps()

    def _enter(self, item: ItemRecord, decision: Decision) -> None:
        row = self.memory.new(item.kind, item.wp_id, self._title(item), item.link)
        self.ledger.enter(row, decision.outcome, decision.reason)
        self.ledger.count("comment", decision.outcome, len(item.comments) if item.kind in (POST, PAGE) else 0)

    def _take_made(self, made: Made) -> None:
        if made.row.digest:
            self._update(made)
            return
        self.batch.append(made)
        if len(self.batch) >= POSTS_A_BATCH:
            self._write_batch()

    def _made(self, item: ItemRecord) -> Made | None:
        """Return what an item becomes; None where that failed, which is entered."""
        row = self.memory.new(item.kind, item.wp_id, self._title(item), item.link)
        try:
            made = portable_posts.carried(item, row, self.desk) or self._converted(item, row)
        except Exception as error:
            self._fail(row, error)
            return None
        finally:
            dead, self.desk.links.dead = self.desk.links.dead, []
        made.digest = digest_of(item)
        self.ledger.dead_links.update(dead)
        made.notes += [_("A link leads to nothing that is in the export: %s") % url for url in dict.fromkeys(dead)]
        return made

    def _converted(self, item: ItemRecord, row: ImportedItem) -> Made:
        """Return what the text of an item becomes."""
        conversion = self.converter.convert(self.site, item)
        self.ledger.unknown.update(conversion.converted.unknown)
        if item.kind == PAGE:
            return plain_pages.make(item, conversion.converted, row, self.desk)
        return reviews.make(item, conversion.converted, conversion.draft, row, self.desk)

    def _write_batch(self) -> None:
        batch, self.batch = self.batch, []
        self._write(self.writer, batch)

    def _write(self, writer: Writer, batch: Sequence[Made]) -> None:
        """Write a batch; where it cannot be written, one by one, so that only what is wrong fails."""
        if not batch:
            return
        self.finishing.is_due()
        try:
            writer.write(batch)
        except Exception as error:
            if len(batch) == 1:
                self._fail(batch[0].row, error)
                return
            for made in batch:
                self._write(writer, [made])
            return
        for made in batch:
            self._enter_made(made, Outcome.MADE)

    def _update(self, made: Made) -> None:
        redirects, begin = self.finishing.redirects, self.finishing.is_due
        try:
            outcome, reason = updating.update(made, self.memory, redirects, self.options.user, begin)
        except Exception as error:
            self._fail(made.row, error)
            return
        if reason:
            self.ledger.enter(made.row, outcome, reason)
            return
        self._enter_made(made, outcome)

    def _enter_made(self, made: Made, outcome: Outcome) -> None:
        self.ledger.enter(made.row, outcome, " ".join(made.notes))
        self.ledger.count("comment", outcome, len(made.comments))
        for (kind, what), number in made.counts.items():
            self.ledger.count(kind, Outcome(what), number)
        for url in made.row.missing if self.options.has_media else ():
            self.ledger.note(_("%(name)s: an image or file was not found: %(url)s") % {"name": made.name, "url": url})

    def _fail(self, row: ImportedItem, error: Exception) -> None:
        logger.warning("%s could not be imported.", row, exc_info=error)
        reason = f"{type(error).__name__}: {error}"[:1000]
        known = self.memory.get(row.kind, row.key)
        self.ledger.enter(row, Outcome.FAILED, reason)
        # What is the same as before is not written again. What was made once and cannot be updated stays made.
        if not (known and (known.digest or known.reason == reason)):
            self.memory.store(row.becomes(Outcome.FAILED, reason))

    def _take_page(self, item: ItemRecord) -> None:
        if self._has_place(item):
            self._write_page(item)
        else:
            self.waiting.append(item)

    def _has_place(self, item: ItemRecord) -> bool:
        """Whether the page's parent is written, or will never be."""
        parent = self.site.items.get(item.parent)
        if not parent or parent.kind != PAGE or parent.status == "trash" or parent.wp_id == item.wp_id:
            return True
        row = self.memory.get(PAGE, parent.wp_id)
        return bool(row and row.outcome != Outcome.PLANNED)

    def _write_page(self, item: ItemRecord) -> None:
        made = self._made(item)
        if made and made.row.digest:
            self._update(made)
        elif made:
            self._write(self._page_writer(item), [made])

    def _page_writer(self, item: ItemRecord) -> Writer:
        row = self.memory.get(PAGE, item.parent) if item.parent else None
        home = self.options.into.get_parent()
        parent = Page.objects.filter(pk=row.object_id).first() if row and row.digest else None
        parent = parent or home
        if parent.pk not in self._page_writers:
            writer = Writer(parent.specific, self.memory, self.finishing.redirects, self.options.user)
            self._page_writers[parent.pk] = writer
        return self._page_writers[parent.pk]

    def _title(self, item: ItemRecord) -> str:
        return item.title or item.slug or str(item.wp_id)
