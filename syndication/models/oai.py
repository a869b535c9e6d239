"""What harvesters are told of each review: when its record last changed, in which sets it is, whether it went.

`syndication.oai.keeping` writes these rows, nobody else. None of them is ever deleted but for a change that was dealt
with: a record outlives its page. Datestamps are kept to the microsecond and never given twice, so that a list has one
order and a place in it is a datestamp; harvesters see whole seconds.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone

LEAST_STEP = timedelta(microseconds=1)


class OaiRecord(models.Model):
    """A review that the public may see, or could once. Whether it can now, `.listed()` says when somebody asks."""

    # No foreign key, because the page may be gone. A number is never given to a second page.
    review_id = models.IntegerField(primary_key=True)
    datestamp = models.DateTimeField(unique=True)
    # As it was when the datestamp was given.
    is_deleted = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"review-{self.review_id}"


class OaiMembership(models.Model):
    """That a record is in the set of a topic, or was: with the record's datestamp, so that a set is a list, too."""

    record = models.ForeignKey(OaiRecord, on_delete=models.CASCADE, related_name="memberships")
    topic_id = models.IntegerField()
    datestamp = models.DateTimeField()
    is_former = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "topic_id"], name="oai_member_once")]
        indexes = [models.Index(fields=["topic_id", "datestamp"], name="oai_set_in_order")]

    def __str__(self) -> str:
        return f"{self.record} in topic-{self.topic_id}"


class OaiChange(models.Model):
    """That a review's record changed, and has no new datestamp yet. Written together with the change itself."""

    review_id = models.IntegerField()
    at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"review-{self.review_id}, {self.at}"


class OaiClock(models.Model):
    """The last datestamp that was given. Its one row is locked while new ones are."""

    last = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.last)

    @classmethod
    def lock(cls) -> OaiClock:
        """Return the clock, which nobody else can read like this before the transaction ends."""
        clocks = cls.objects.select_for_update()
        clock: OaiClock = clocks.get_or_create(pk=1, defaults={"last": timezone.now()})[0]
        return clock

    def datestamps(self, number: int, after: datetime) -> list[datetime]:
        """Return so many new datestamps, each later than every one before it and than the moment, and keep the last."""
        first = max(timezone.now(), self.last + LEAST_STEP, after)
        stamps = [first + LEAST_STEP * place for place in range(number)]
        self.last = stamps[-1]
        self.save(update_fields=["last"])
        return stamps
