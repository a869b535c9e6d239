"""Datestamps as the protocol writes them: a day, or a second in UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
SECOND = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
LAST_OF_SECOND = 999_999


def day_or_second(text: str) -> datetime | None:
    """Return the first moment of the day or second; None where the text is neither."""
    if not (DAY.fullmatch(text) or SECOND.fullmatch(text)):
        return None
    try:
        return datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=UTC)
    except ValueError:
        return None


def last_moment(text: str) -> datetime | None:
    """Return the last moment of the day or second that the text names."""
    first = day_or_second(text)
    if first and DAY.fullmatch(text):
        return datetime.combine(first, time.max, tzinfo=UTC)
    return first and first.replace(microsecond=LAST_OF_SECOND)


def is_day(text: str) -> bool:
    """Whether the text names a day."""
    return DAY.fullmatch(text) is not None


def written(moment: datetime) -> str:
    """Return the second in which the moment lies."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
