"""Dates that are not known to the day."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import dates


@dataclass(frozen=True)
class PartialDate:
    """A date known to the year, the month or the day."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def iso(self) -> str:
        """The date for machines, as exact as it is known (ISO 8601-1: 2023, 2023-05 or 2023-05-25)."""
        parts = [f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part)]
        return "-".join(parts)

    def __str__(self) -> str:
        month = str(dates.MONTHS[self.month]) if self.month else ""
        return " ".join(str(part) for part in (self.day, month, self.year) if part)
