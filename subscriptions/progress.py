"""How far mailings have come."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from subscriptions.models import Delivery, Mailing

Status = Delivery.Status


@dataclass(frozen=True)
class Progress:
    """How many mails of a mailing have got how far."""

    mailing: Mailing
    waiting: int
    sent: int
    failed: int
    bounced: int
    dropped: int

    @property
    def total(self) -> int:
        """How many there are, so far."""
        return self.waiting + self.sent + self.failed + self.bounced + self.dropped

    @property
    def done(self) -> int:
        """How many need nothing more."""
        return self.total - self.waiting

    @property
    def is_moving(self) -> bool:
        """Whether the figures are about to change."""
        return self.mailing.status in (Mailing.Status.SENDING, Mailing.Status.PLANNED)

    @property
    def has_begun(self) -> bool:
        """Whether there are figures at all."""
        return self.mailing.started_at is not None


def progress_of(mailings: Iterable[Mailing]) -> dict[int, Progress]:
    """Return the progress of each mailing, in one query for all."""
    mailings = list(mailings)
    rows = Delivery.objects.filter(mailing__in=mailings).order_by().values_list("mailing", "status")
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for pk, status, number in rows.annotate(Count("pk")):
        counts[pk][status] = number
    return {mailing.pk: _progress(mailing, counts[mailing.pk]) for mailing in mailings}


def _progress(mailing: Mailing, counts: Counter[str]) -> Progress:
    return Progress(
        mailing=mailing,
        waiting=counts[Status.QUEUED] + counts[Status.SENDING],
        sent=counts[Status.SENT],
        failed=counts[Status.FAILED],
        # Somebody who complains of spam has got the mail, and wants no other: the list is told of both as one.
        bounced=counts[Status.BOUNCED] + counts[Status.COMPLAINED],
        dropped=counts[Status.DROPPED],
    )
