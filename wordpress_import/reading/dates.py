"""Moments out of what exports hold: local and GMT dates, zero dates, dates of mails."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST_OFFSET = timedelta(hours=15)
DATE_PAIR = re.compile(
    rb"<wp:(?:post|comment)_date>\s*(?:<!\[CDATA\[)?\s*(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\s*(?:\]\]>)?\s*</[^>]+>\s*"
    rb"<wp:(?:post|comment)_date_gmt>\s*(?:<!\[CDATA\[)?\s*(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)"
)


def naive(text: str) -> datetime | None:
    """Return a date as the database has it, without a time zone; None for zero dates (0000, -0001) and no dates."""
    text = text.strip()
    if not text or text.startswith(("0000", "-")):
        return None
    try:
        date = datetime.fromisoformat(text)
    except ValueError:
        return None
    return date.astimezone(UTC).replace(tzinfo=None) if date.tzinfo else date


def in_utc(text: str) -> datetime | None:
    """Return a GMT date of the database as a moment."""
    date = naive(text)
    return date.replace(tzinfo=UTC) if date else None


def of_mail(text: str) -> datetime | None:
    """Return the moment of a pubDate; None for the one that WordPress makes of a zero date (30 Nov -0001)."""
    if not text.strip() or "-0001" in text:
        return None
    try:
        date = parsedate_to_datetime(text.strip())
        moment = date.astimezone(UTC) if date.tzinfo else date.replace(tzinfo=UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return moment if moment.year >= 1970 else None


class Clock:
    """What the blog's clock was ahead of GMT, learned from the dates that have both, month by month (summer time)."""

    def __init__(self) -> None:
        self.seen: defaultdict[int, Counter[timedelta]] = defaultdict(Counter)
        self.all: Counter[timedelta] = Counter()

    def learn(self, local: datetime, utc: datetime) -> None:
        """Keep the difference of two dates of the same moment."""
        offset = local - utc.replace(tzinfo=None)
        # Whole quarters of an hour only: anything else is a date that somebody changed by hand.
        if abs(offset) <= LONGEST_OFFSET and offset.total_seconds() % 900 == 0:
            self.seen[local.month][offset] += 1
            self.all[offset] += 1

    def learn_from(self, sample: bytes) -> None:
        """Learn from the start of a file, so that its first item without a GMT date finds an offset."""
        for local, utc in DATE_PAIR.findall(sample):
            one, other = naive(local.decode()), naive(utc.decode())
            if one and other:
                self.learn(one, other)

    def offset(self, local: datetime) -> timedelta | None:
        """Return what is to be subtracted from the local date, or None where nothing is known."""
        seen = self.seen.get(local.month) or self.all
        return seen.most_common(1)[0][0] if seen else None

    def moment(self, local: datetime | None, gmt: str, mail: str = "") -> datetime | None:
        """Return the moment: the GMT date, else the mail's if it fits the clock, else the local date put right."""
        if moment := in_utc(gmt):
            if local:
                self.learn(local, moment)
            return moment
        posted = of_mail(mail)
        if local is None:
            return posted
        offset = self.offset(local)
        if posted and (offset is None or local - posted.replace(tzinfo=None) in self.all):
            return posted
        try:
            return local.replace(tzinfo=UTC) - (offset or timedelta())
        except OverflowError:
            return None
