"""Gives records their datestamps: notes which reviews changed, and settles that once the change is committed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from research_reviews.models import ReviewPage
from syndication.models import OaiChange, OaiClock, OaiMembership, OaiRecord

# So many changes are settled at once: a few queries, and a lock for some milliseconds.
STEP = 500
# How many notes are written at once.
NOTES = 2_000


def note(review_ids: Iterable[int]) -> None:
    """Note that the records of these reviews changed, inside the transaction of the change where there is one.

    They are settled when that is committed; of very many, the worker settles the rest.
    """
    if OaiChange.objects.bulk_create((OaiChange(review_id=pk) for pk in review_ids), batch_size=NOTES):
        transaction.on_commit(settle, robust=True)


def settle() -> bool:
    """Give new datestamps to a number of records whose changes are committed. Returns whether there were any."""
    if not OaiChange.objects.exists():
        return False
    with transaction.atomic():
        clock = OaiClock.lock()
        changes = list(OaiChange.objects.order_by("pk")[:STEP])
        if changes:
            write(clock, {change.review_id for change in changes}, max(change.at for change in changes))
            OaiChange.objects.filter(pk__in=[change.pk for change in changes]).delete()
    return bool(changes)


def settle_all() -> None:
    """Settle whatever there is."""
    while settle():
        pass


def write(clock: OaiClock, review_ids: set[int], after: datetime) -> None:
    """Write the records and sets of the reviews as they are now. Those that were never public get none."""
    listed = topics_of(review_ids)
    known = set(OaiRecord.objects.filter(pk__in=review_ids).values_list("pk", flat=True))
    pks = sorted(known | listed.keys())
    if not pks:
        return
    stamps = dict(zip(pks, clock.datestamps(len(pks), after), strict=True))
    OaiRecord.objects.bulk_create(
        (OaiRecord(review_id=pk, datestamp=stamps[pk], is_deleted=pk not in listed) for pk in pks),
        update_conflicts=True,
        unique_fields=["review_id"],
        update_fields=["datestamp", "is_deleted"],
    )
    write_memberships(listed, stamps)


def write_memberships(listed: dict[int, set[int]], stamps: dict[int, datetime]) -> None:
    """Write in which sets the records are, and in which they were.

    A deleted record stays in the sets that it was in, because that is where harvesters look for it.
    """
    former = {
        (pk, topic): is_former or (pk in listed and topic not in listed[pk])
        for pk, topic, is_former in OaiMembership.objects.filter(record__in=stamps).values_list(
            "record_id", "topic_id", "is_former"
        )
    }
    former.update({(pk, topic): False for pk, topics in listed.items() for topic in topics})
    OaiMembership.objects.bulk_create(
        (
            OaiMembership(record_id=pk, topic_id=topic, datestamp=stamps[pk], is_former=is_former)
            for (pk, topic), is_former in former.items()
        ),
        update_conflicts=True,
        unique_fields=["record", "topic_id"],
        update_fields=["datestamp", "is_former"],
    )


def topics_of(review_ids: set[int]) -> dict[int, set[int]]:
    """Return the keys of their topics for those reviews that the public may see."""
    first = ReviewPage.objects.listed().filter(pk__in=review_ids).values_list("pk", "topic_id")
    topics = {pk: {topic} - {None} for pk, topic in first}
    links = ReviewPage.other_topics.through.objects.filter(reviewpage__in=topics)
    for pk, topic in links.values_list("reviewpage_id", "topicpage_id"):
        topics[pk].add(topic)
    return topics
