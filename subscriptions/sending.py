"""Sends what is due, one mail at a time, in pieces of a few seconds that any number of workers do side by side.

Every subscriber gets each mailing once. The one exception: a worker that is killed after the mail server took a mail
and before that was written down. That one mail goes out again, with the same Message-ID.
"""

from __future__ import annotations

import logging
import time
from datetime import timedelta

from django.db import Error
from django.utils import timezone
from django.utils.translation import gettext as _

from core.schedule import register_steady
from subscriptions import contents, digests, planning, starting
from subscriptions.claims import Claim
from subscriptions.faults import Fault, Kind, fault_of
from subscriptions.headers import headers
from subscriptions.line import AwayError, Line
from subscriptions.models import ConsentRecord, Delivery, Mailing, Subscriber
from subscriptions.suppressing import suppress

logger = logging.getLogger(__name__)

SECONDS_A_PIECE = 3
SECONDS_AWAY = 60
WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 2 * 60, 6 * 60)]
# So many cut connections in a row are the server's trouble, not the readers'.
MOST_CUTS = 5

Status = Delivery.Status
Topics = frozenset[int] | None


class Pause:
    """How long this worker leaves a mail server alone that is away."""

    until = 0.0


@register_steady
def send_next() -> bool:
    """Send for a few seconds. Returns whether there was something to send."""
    if time.monotonic() < Pause.until:
        return False
    deadline = time.monotonic() + SECONDS_A_PIECE
    sending = Mailing.objects.filter(status=Mailing.Status.SENDING).select_related("page").order_by("started_at", "pk")
    with Line() as line:
        try:
            return any(send_some(mailing, line, deadline) for mailing in sending)
        except AwayError as error:
            Pause.until = time.monotonic() + SECONDS_AWAY
            logger.warning("The mail server is away (%s). Next try in %s seconds.", error, SECONDS_AWAY)
            return False


def send_some(mailing: Mailing, line: Line, deadline: float) -> bool:
    """Send of a mailing until the deadline. Returns whether there was something to send."""
    worked = False
    while time.monotonic() < deadline:
        claim = Claim(mailing)
        if not claim.keys:
            starting.end(mailing)
            break
        worked = True
        try:
            Round(mailing, claim, line).send(deadline)
        finally:
            claim.release()
    return worked


class Round:
    """One claim on its way out."""

    def __init__(self, mailing: Mailing, claim: Claim, line: Line) -> None:
        self.mailing = mailing
        self.claim = claim
        self.line = line
        self.contents: dict[Topics, contents.Content | None] = {}

    def send(self, deadline: float) -> None:
        """Send until the deadline. What is not public any more is stopped before that."""
        if not planning.is_public(self.mailing):
            planning.stop(self.mailing, planning.not_public())
            return
        for key in self.claim.keys:
            if time.monotonic() >= deadline:
                break
            delivery = self.claim.current(key)
            if delivery is not None and not self.handle(delivery):
                break

    def handle(self, delivery: Delivery) -> bool:
        """Send a delivery, or drop it where its subscriber does not want it any more. Returns whether to go on."""
        subscriber = delivery.subscriber
        if subscriber is None or (reason := no_longer(subscriber)):
            self.drop(delivery, reason if subscriber else _("The subscriber was deleted."))
            return True
        try:
            content = self.content_for(subscriber)
        except Error:
            raise
        except Exception:
            logger.exception("The mail of mailing %s could not be written.", self.mailing.pk)
            planning.stop(self.mailing, _("The mail could not be written. The worker's log says why."))
            return False
        if content is None:
            self.drop(delivery, _("Nothing new in the chosen topics."))
        else:
            self.dispatch(delivery, subscriber, content)
        return True

    def content_for(self, subscriber: Subscriber) -> contents.Content | None:
        """Return what the subscriber gets; None where a digest has nothing for them."""
        topics: Topics = None
        if self.mailing.kind == Mailing.Kind.DIGEST and not subscriber.all_topics:
            topics = frozenset(subscriber.topics.values_list("pk", flat=True))
        if topics not in self.contents:
            is_empty = self.mailing.kind == Mailing.Kind.DIGEST and not digests.reviews(self.mailing, topics).exists()
            self.contents[topics] = None if is_empty else contents.render(self.mailing, topics)
        return self.contents[topics]

    def dispatch(self, delivery: Delivery, subscriber: Subscriber, content: contents.Content) -> None:
        """Send a delivery and write down what became of it, at once."""
        try:
            message = content.message(delivery)
            message.extra_headers.update(headers(delivery, subscriber, content.root))
            self.line.send(message)
        except (AwayError, Error):
            raise
        except Exception as error:
            self.failed(delivery, subscriber, fault_of(error))
            return
        self.line.cuts = 0
        # A provider has a name of its own for each mail, by which it tells later what became of it.
        status = getattr(message, "anymail_status", None)
        message_id = getattr(status, "message_id", None) or message.extra_headers["Message-ID"]
        self.claim.record(
            delivery.pk,
            Status.SENT,
            sent_at=timezone.now(),
            attempts=delivery.attempts + 1,
            message_id=str(message_id)[:200],
            detail="",
        )

    def failed(self, delivery: Delivery, subscriber: Subscriber, fault: Fault) -> None:
        """Have a delivery tried again later, or give it up. Raises AwayError where the server itself is in trouble."""
        if not fault.connection_is_good:
            self.line.cuts += 1
            self.line.drop()
        if fault.kind is Kind.AWAY:
            raise AwayError(fault.answer)
        attempts = delivery.attempts + 1
        if fault.kind is Kind.LATER and attempts <= len(WAITS):
            due_at = timezone.now() + WAITS[attempts - 1]
            self.claim.record(delivery.pk, Status.QUEUED, attempts=attempts, detail=fault.answer, due_at=due_at)
        else:
            self.claim.record(delivery.pk, Status.FAILED, attempts=attempts, detail=fault.answer)
        if fault.kind is Kind.NO_ADDRESS:
            suppress(subscriber, ConsentRecord.Event.BOUNCED, fault.answer, delivery=delivery.pk)
        if self.line.cuts >= MOST_CUTS:
            raise AwayError(fault.answer)

    def drop(self, delivery: Delivery, reason: str) -> None:
        """Leave a delivery unsent for good, and say why."""
        self.claim.record(delivery.pk, Status.DROPPED, detail=reason)


def no_longer(subscriber: Subscriber) -> str:
    """Return why the subscriber is not mailed any more; empty where they are."""
    if subscriber.status != Subscriber.Status.ACTIVE:
        return _("%(status)s since.") % {"status": subscriber.get_status_display().capitalize()}
    if subscriber.paused_until and subscriber.paused_until > timezone.localdate():
        return _("Paused since.")
    return ""
