"""Writes rows of an imported list as subscribers, with what was agreed to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from subscriptions.import_columns import LONGEST_CELL, rhythm_of, topics_by_name, topics_of
from subscriptions.models import ConsentRecord, Subscriber, SubscriberImport
from subscriptions.wishes import Choices

if TYPE_CHECKING:
    from subscriptions.importing import Row

Status = Subscriber.Status


def write(todo: SubscriberImport, rows: list[Row]) -> None:
    """Make the rows active subscribers: new ones, and those who had asked and not confirmed."""
    if not rows:
        return
    emails = [row.email for row in rows]
    # Somebody may ask by the form at the same moment: the row that is there first is made active as well.
    Subscriber.objects.bulk_create([Subscriber(email=email) for email in emails], ignore_conflicts=True)
    pending = Subscriber.objects.select_for_update(of=("self",)).filter(email__in=emails, status=Status.PENDING)
    found = {subscriber.email: subscriber for subscriber in pending}
    joining = [(found[row.email], row) for row in rows if row.email in found]
    choices = choices_of(todo, rows)
    for subscriber, row in joining:
        begin(subscriber, row, choices[row.email])
    Subscriber.objects.bulk_update(
        [subscriber for subscriber, _row in joining],
        ["status", "rhythm", "all_topics", "created_at", "confirmed_at", "confirmation_due_at"],
    )
    write_topics([(subscriber, choices[row.email]) for subscriber, row in joining])
    ConsentRecord.objects.bulk_create(
        [consent(todo, subscriber, row, choices[row.email]) for subscriber, row in joining]
    )


def begin(subscriber: Subscriber, row: Row, choices: Choices) -> None:
    """Make the subscriber active, as the row says."""
    subscriber.status = Status.ACTIVE
    subscriber.rhythm, subscriber.all_topics = choices.rhythm, choices.all_topics
    subscriber.created_at = row.agreed_at or row.confirmed_at or timezone.now()
    subscriber.confirmed_at = row.confirmed_at or subscriber.created_at
    subscriber.confirmation_due_at = None


def choices_of(todo: SubscriberImport, rows: list[Row]) -> dict[str, Choices]:
    """Return what each row chose: its own, else what was set for the whole list."""
    known = topics_by_name()
    chosen = {}
    for row in rows:
        topics = topics_of(row.values.get("topics", ""), known) or todo.topics
        rhythm = rhythm_of(row.values.get("rhythm", ""), todo.rhythm)
        chosen[row.email] = Choices(rhythm, not topics, topics)
    return chosen


def write_topics(joining: list[tuple[Subscriber, Choices]]) -> None:
    """Give each subscriber the topics, and no others."""
    through = Subscriber.topics.through
    through.objects.filter(subscriber__in=[subscriber for subscriber, _choices in joining]).delete()
    through.objects.bulk_create(
        [through(subscriber=one, topicpage_id=topic) for one, choices in joining for topic in choices.topics]
    )


def consent(todo: SubscriberImport, subscriber: Subscriber, row: Row, choices: Choices) -> ConsentRecord:
    """Return the record of what was agreed to, as the list and who imported it say."""
    told = {name: value[:LONGEST_CELL] for name, value in row.values.items() if value and name != "email"}
    evidence = {**told, "file": todo.file_name, "row": row.number, "imported_by": str(todo.made_by or "")}
    if todo.program:
        evidence["program"] = todo.get_program_display()
    return ConsentRecord(
        subscriber=subscriber,
        event=ConsentRecord.Event.IMPORTED,
        wording=todo.statement,
        where=row.values.get("source", "")[:LONGEST_CELL] or todo.file_name,
        evidence={**evidence, "rhythm": choices.rhythm},
    )
