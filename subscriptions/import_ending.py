"""Remembers who has left elsewhere, so that they are never mailed here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from subscriptions.addresses import address_hash
from subscriptions.import_columns import LONGEST_CELL
from subscriptions.import_statuses import Standing
from subscriptions.models import ConsentRecord, Subscriber, SubscriberImport, Suppression

if TYPE_CHECKING:
    from subscriptions.importing import Row

Status = Subscriber.Status
Event = ConsentRecord.Event
OVER = (Status.UNSUBSCRIBED, Status.SUPPRESSED)
REASONS = {Standing.UNSUBSCRIBED: "unsubscribed elsewhere", Standing.BOUNCED: "mails came back elsewhere"}


def is_over_here(here: Subscriber | None, row: Row) -> bool:
    """Whether nothing is left to end: it is over, or they asked for our mails themselves after they left elsewhere."""
    if here is None:
        return False
    if here.status in OVER:
        return True
    agreed_here = here.records.filter(event__in=[Event.ASKED, Event.CONFIRMED]).order_by("-at").first()
    return agreed_here is not None and not (row.ended_at and row.ended_at > agreed_here.at)


def end(todo: SubscriberImport, rows: list[Row]) -> None:
    """End the subscriptions of those who have one here, and keep of the others what no address can be read from."""
    if not rows:
        return
    by_email = {row.email: row for row in rows}
    here = Subscriber.objects.select_for_update(of=("self",)).filter(email__in=list(by_email)).exclude(status__in=OVER)
    ending = list(here)
    for subscriber in ending:
        _end(subscriber, by_email[subscriber.email], todo)
    Subscriber.objects.bulk_update(
        ending, ["status", "suppressed_because", "ended_at", "confirmation_due_at", "paused_until", "new_email"]
    )
    ConsentRecord.objects.bulk_create(_record(todo, one, by_email[one.email]) for one in ending)
    there = Subscriber.objects.filter(email__in=list(by_email)).values_list("email", flat=True)
    Suppression.objects.bulk_create(
        (
            Suppression(address_hash=address_hash(email), reason=REASONS[by_email[email].standing])
            for email in by_email.keys() - set(there)
        ),
        ignore_conflicts=True,
    )


def _end(subscriber: Subscriber, row: Row, todo: SubscriberImport) -> None:
    bounced = row.standing == Standing.BOUNCED
    subscriber.status = Status.SUPPRESSED if bounced else Status.UNSUBSCRIBED
    subscriber.suppressed_because = f"{todo.file_name}: {row.values.get('ended_why', '')}"[:250] if bounced else ""
    subscriber.ended_at = row.ended_at or timezone.now()
    subscriber.confirmation_due_at, subscriber.paused_until, subscriber.new_email = None, None, ""


def _record(todo: SubscriberImport, subscriber: Subscriber, row: Row) -> ConsentRecord:
    told = {name: value[:LONGEST_CELL] for name, value in row.values.items() if value and name != "email"}
    return ConsentRecord(
        subscriber=subscriber,
        event=Event.BOUNCED if row.standing == Standing.BOUNCED else Event.UNSUBSCRIBED,
        where=todo.file_name,
        evidence={**told, "file": todo.file_name, "row": row.number, "imported_by": str(todo.made_by or "")},
    )
