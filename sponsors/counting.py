"""Counts views and clicks: in memory at once, in the database a little later. No reader waits, no reader is noted.

Each process adds up what it sees and writes the sums every few seconds (setting SPONSOR_COUNT_SECONDS; 0 writes at
once), and when it ends. One that is killed loses what it had not written yet.
"""

from __future__ import annotations

import atexit
import logging
import os
from collections.abc import Mapping
from datetime import date
from threading import Lock, Timer

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page

from sponsors.models import CountedPage, DailyCount, Sponsorship
from sponsors.visitors import is_counted

# Sponsorship, page and day; views and clicks.
Place = tuple[int, int, date]
Sums = dict[Place, tuple[int, int]]

# More than a site has pages with sponsors; beyond it, a database that stays away would fill the memory.
MOST_SUMS = 50_000
MOST_AT_ONCE = 500

logger = logging.getLogger(__name__)


class Tally:
    """The sums of this process that are not in the database yet."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Begin with nothing. After a fork, what the parent had counted is the parent's to write."""
        self.lock, self.writing = Lock(), Lock()
        self.sums: Sums = {}
        self.timer: Timer | None = None

    def add(self, sponsorship: int, page: int, views: int = 0, clicks: int = 0) -> None:
        """Count, and see to it that it is written."""
        self.keep({(sponsorship, page, timezone.localdate()): (views, clicks)})
        if settings.SPONSOR_COUNT_SECONDS:
            self.write_later()
        else:
            self.write()

    def keep(self, sums: Mapping[Place, tuple[int, int]]) -> None:
        """Add to the sums. Once there are too many places, no new one is taken."""
        with self.lock:
            for place, (views, clicks) in sums.items():
                if place in self.sums or len(self.sums) < MOST_SUMS:
                    before = self.sums.get(place, (0, 0))
                    self.sums[place] = (before[0] + views, before[1] + clicks)

    def write_later(self) -> None:
        """Have the sums written in a while, if that is not already on its way."""
        with self.lock:
            if self.timer is None:
                timer = Timer(settings.SPONSOR_COUNT_SECONDS, self._write_in_thread)
                timer.daemon = True
                timer.start()
                # Only now: one that could not start would be waited for for ever.
                self.timer = timer

    def _write_in_thread(self) -> None:
        with self.lock:
            self.timer = None
        try:
            self.write()
        finally:
            # The thread's own.
            connection.close()
        if self.sums:
            self.write_later()

    def write(self) -> None:
        """Write the sums; what the database does not take is kept for the next time."""
        with self.writing:
            with self.lock:
                sums, self.sums = self.sums, {}
            # Sorted, every process locks rows in one order: none waits for another that waits for it.
            places = sorted(sums)
            for start in range(0, len(places), MOST_AT_ONCE):
                part = {place: sums[place] for place in places[start : start + MOST_AT_ONCE]}
                try:
                    write(part)
                except Exception:
                    logger.exception("Views and clicks of sponsors were not written. They are kept and tried again.")
                    self.keep(part)


tally = Tally()
os.register_at_fork(after_in_child=tally.begin)
# A worker that is told to stop ends as any Python does.
atexit.register(tally.write)


def count_view(request: HttpRequest, sponsorship: int, page: int) -> None:
    """Count that a person opened the page, unless they object. Never fails."""
    _count(request, sponsorship, page, views=1)


def count_click(request: HttpRequest, sponsorship: int, page: int) -> None:
    """Count that a person followed the sponsor's link on the page, unless they object. Never fails."""
    _count(request, sponsorship, page, clicks=1)


def _count(request: HttpRequest, sponsorship: int, page: int, views: int = 0, clicks: int = 0) -> None:
    try:
        if is_counted(request):
            tally.add(sponsorship, page, views, clicks)
    except Exception:
        logger.exception("A sponsored page could not be counted.")


def write(sums: Sums) -> None:
    """Add the sums to the daily counts, all or none. Those of a sponsorship that is deleted are left out."""
    with transaction.atomic():
        known = set(Sponsorship.objects.filter(pk__in={place[0] for place in sums}).values_list("pk", flat=True))
        rows = {place: counts for place, counts in sums.items() if place[0] in known}
        note_pages({page for _sponsorship, page, _day in rows})
        DailyCount.objects.bulk_create(
            [DailyCount(sponsorship_id=sponsorship, page_id=page, day=day) for sponsorship, page, day in rows],
            ignore_conflicts=True,
        )
        for (sponsorship, page, day), (views, clicks) in rows.items():
            row = DailyCount.objects.filter(sponsorship=sponsorship, page=page, day=day)
            row.update(views=F("views") + views, clicks=F("clicks") + clicks)


def note_pages(numbers: set[int]) -> None:
    """Keep the titles of the pages, as they are now, for the day when a page is deleted."""
    titles = dict(Page.objects.filter(pk__in=numbers).values_list("pk", "title"))
    known = CountedPage.objects.in_bulk(numbers)
    missing = sorted(numbers - known.keys())
    CountedPage.objects.bulk_create(
        [CountedPage(number=number, title=titles.get(number, "")) for number in missing], ignore_conflicts=True
    )
    for number, page in sorted(known.items()):
        if titles.get(number, page.title) != page.title:
            CountedPage.objects.filter(pk=number).update(title=titles[number])
