"""Takes over subscribers from elsewhere, with the evidence of their consent, who need not confirm again.

First the whole list is checked, then it is imported: the same work, but for the writing. The worker does a few hundred
rows at a time and commits with them how far it is, so it can be stopped at any moment and goes on where it was.
Nobody is brought back: who has unsubscribed, whose mails came back and who was erased stays so. Who left elsewhere is
remembered, where that is wanted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import StringIO

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.schedule import register_hourly, register_steady
from subscriptions.addresses import address_hashes, canonical
from subscriptions.import_columns import moment_of, rows_of
from subscriptions.import_ending import end, is_over_here
from subscriptions.import_programs import without_guard, zone_of
from subscriptions.import_statuses import ENDED, Standing, is_off_list, standing_of
from subscriptions.import_writing import write
from subscriptions.models import Subscriber, SubscriberImport, Suppression

ROWS_AT_ONCE = 500
DAYS_TO_FINISH, DAYS_OF_PROBLEMS = 7, 30
Status = Subscriber.Status
State = SubscriberImport.Status
# What becomes of a row.
NEW, KNOWN, LEFT, TWICE, WRONG, OVER = "new", "known", "left", "twice", "wrong", "over"
# The addresses of a list up to a place in it, as this process has read them last.
_read: tuple[tuple[int, int], set[str]] = ((0, 0), set())


@dataclass(frozen=True)
class Row:
    """A row whose address can be used."""

    number: int
    email: str
    agreed_at: datetime | None
    values: dict[str, str]
    standing: Standing = Standing.SUBSCRIBED
    confirmed_at: datetime | None = None
    ended_at: datetime | None = None


@register_steady
def import_piece() -> bool:
    """Go on with the list that has waited longest. Returns whether there was one."""
    waiting = SubscriberImport.objects.filter(status__in=[State.CHECKING, State.RUNNING]).order_by("pk")
    pk = waiting.values_list("pk", flat=True).first()
    return pk is not None and go_on_with(pk)


def go_on_with(pk: int) -> bool:
    """Do the next piece of a list. Returns whether it was to be done: it may be over, or another worker at it."""
    waiting = SubscriberImport.objects.filter(status__in=[State.CHECKING, State.RUNNING], pk=pk)
    with transaction.atomic():
        found = waiting.select_for_update(of=("self",), skip_locked=True).first()
        if found:
            Piece(found).do()
    return found is not None


class Piece:
    """The next rows of a list."""

    def __init__(self, todo: SubscriberImport) -> None:
        self.todo = todo
        self.counts = Counter(todo.counts)
        self.seen = addresses_before(todo)
        self.is_over = False

    def do(self) -> None:
        """Check the rows, write them where that is wanted, and keep how far it is."""
        rows = list(self.rows())
        emails = [row.email for row in rows]
        known = {one.email: one for one in Subscriber.objects.filter(email__in=emails).only("email", "status")}
        gone = erased_among(emails)
        joining, leaving = [], []
        for row in rows:
            outcome = self.outcome_of(row, known.get(row.email), row.email in gone)
            self.counts[outcome] += 1
            if outcome == NEW:
                joining.append(row)
            elif outcome == OVER:
                leaving.append(row)
        if self.todo.status == State.RUNNING:
            write(self.todo, joining)
            end(self.todo, leaving)
        self.keep()

    def outcome_of(self, row: Row, here: Subscriber | None, is_erased: bool) -> str:
        """Return what becomes of the row, by what it says and by who has its address here."""
        if row.standing in ENDED and self.todo.keeps_ended:
            return LEFT if is_erased or is_over_here(here, row) else OVER
        if row.standing != Standing.SUBSCRIBED or is_erased:
            return LEFT
        if here is None or here.status == Status.PENDING:
            return NEW
        return KNOWN if here.status == Status.ACTIVE else LEFT

    def rows(self) -> Iterator[Row]:
        """Yield the next rows with an address, each address once; report the others."""
        for number, values in self.next_values():
            try:
                email = canonical(values["email"])
            except ValidationError:
                self.leave_out(number, values["email"], _("not an e-mail address"))
                continue
            if is_off_list(values):
                self.counts[LEFT] += 1
                continue
            if email in self.seen:
                self.counts[TWICE] += 1
                continue
            self.seen.add(email)
            if row := self.row(number, email, values):
                yield row

    def row(self, number: int, email: str, values: dict[str, str]) -> Row | None:
        """Return a row with its moments; None where one is impossible and matters, which is reported."""
        standing, zone = standing_of(values, self.todo.holds), zone_of(self.todo.program)
        moments = {}
        for name in ("agreed_at", "confirmed_at", "ended_at"):
            try:
                moments[name] = moment_of(values.get(name, ""), zone)
            except ValueError:
                if standing == Standing.SUBSCRIBED and name != "ended_at":
                    self.leave_out(number, email, _("the day on which they agreed is no date in the past"))
                    return None
        return Row(number, email, moments.pop("agreed_at", None), values, standing, **moments)

    def next_values(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield the number and the named cells of the next rows, and move on."""
        todo = self.todo
        content = StringIO(todo.content, newline="")
        content.seek(todo.position)
        taken = 0
        for cells in rows_of(content, todo.delimiter):
            todo.rows_done, taken = todo.rows_done + 1, taken + 1
            yield todo.rows_done + bool(todo.starts_at), named(cells, todo.columns)
            if taken == ROWS_AT_ONCE:
                break
        todo.position, self.is_over = content.tell(), taken < ROWS_AT_ONCE

    def leave_out(self, number: int, value: str, reason: str) -> None:
        """Report a row and go on."""
        self.counts[WRONG] += 1
        said = _("Row %(number)s (“%(value)s”): %(reason)s; left out.")
        self.todo.add_problem(said % {"number": number, "value": value[:100], "reason": reason})

    def keep(self) -> None:
        """Keep how far it is, in the transaction in which it came there."""
        todo = self.todo
        remember(todo, self.seen)
        todo.counts = dict(self.counts)
        if self.is_over and todo.status == State.CHECKING:
            todo.status = State.CHECKED
        elif self.is_over:
            todo.status, todo.finished_at, todo.content = State.DONE, timezone.now(), ""
        todo.save()


def named(cells: list[str], columns: dict[str, int]) -> dict[str, str]:
    """Return the cells of a row by what they hold. A short row lacks the last ones."""
    return {name: without_guard(cells[place].strip()) if place < len(cells) else "" for name, place in columns.items()}


def erased_among(emails: list[str]) -> set[str]:
    """Return the addresses that were erased."""
    hashes = {digest: email for email in emails for digest in address_hashes(email)}
    erased = Suppression.objects.filter(address_hash__in=list(hashes)).values_list("address_hash", flat=True)
    return {hashes[digest] for digest in erased}


def addresses_before(todo: SubscriberImport) -> set[str]:
    """Return the addresses in the rows that are done. Read anew where another worker did them."""
    place, seen = _read
    if place == (todo.pk, todo.position):
        return seen
    content = StringIO(todo.content[: todo.position], newline="")
    content.seek(todo.starts_at)
    addresses = set()
    for cells in rows_of(content, todo.delimiter):
        values = named(cells, todo.columns)
        with suppress(ValidationError):
            addresses |= {canonical(values["email"])} if not is_off_list(values) else set()
    return addresses


def remember(todo: SubscriberImport, seen: set[str]) -> None:
    """Keep the addresses for the next piece, for as long as there is one."""
    global _read  # noqa: PLW0603
    is_over = todo.status not in (State.CHECKING, State.RUNNING)
    _read = ((0, 0), set()) if is_over else ((todo.pk, todo.position), seen)


@register_hourly
def forget_lists() -> None:
    """Delete lists that nobody has gone on with, and the addresses that were reported of the others."""
    now = timezone.now()
    unfinished = SubscriberImport.objects.exclude(status__in=[State.CHECKING, State.RUNNING, State.DONE])
    unfinished.filter(created_at__lt=now - timedelta(days=DAYS_TO_FINISH)).delete()
    old = SubscriberImport.objects.filter(created_at__lt=now - timedelta(days=DAYS_OF_PROBLEMS), status=State.DONE)
    old.exclude(problems=[]).update(problems=[])
