"""Which review is mailed and when, and what editors may decide about a mailing.

A review has one mailing at most, whoever makes it and however often: the database sees to that. An editor's decision
before publication is a mailing as well, so that publication finds it there. Every change of state below names the
states that it starts from, so that of two at once only one happens; each returns whether it did.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from research_reviews.models import ReviewPage
from subscriptions.current import current_settings
from subscriptions.models import Delivery, Mailing

Status = Mailing.Status
LONGEST_NEWS = timedelta(days=366)


def mailing_of(review: ReviewPage) -> Mailing | None:
    """Return the review's mailing, where it has one."""
    return of_reviews().filter(page=review).first()


def refusal(review: ReviewPage) -> str:
    """Return why a review that goes live now is not mailed by itself; empty where it is."""
    oldest = timezone.now() - timedelta(days=current_settings().newest_days)
    if review.alias_of_id:
        return _("It is a copy that follows another review.")
    if review.first_published_at and review.first_published_at < oldest:
        return _("It was first published too long ago.")
    if review.date and review.date < timezone.localdate(oldest):
        return _("Its date is too long ago.")
    return ""


def plan(review: ReviewPage) -> Mailing | None:
    """Plan the mailing of a review that has just gone live for the first time; return it where it was not there yet."""
    if not review.live or refusal(review):
        return None
    minutes = current_settings().minutes_before_mailing
    return _make(review, Status.PLANNED, timezone.now() + timedelta(minutes=minutes))


def leave_out(reviews: Iterable[ReviewPage]) -> None:
    """Never mail these new reviews, when they go live later neither, unless an editor thinks otherwise.

    Those that are too old for a mail by any setting of an owner get no row for it.
    """
    oldest = timezone.localdate() - LONGEST_NEWS
    reason, now = str(_("It was brought in from another site.")), timezone.now()
    Mailing.objects.bulk_create(
        (
            Mailing(
                kind=Mailing.Kind.REVIEW,
                page=review,
                title=review.title,
                status=Status.SKIPPED,
                reason=reason,
                finished_at=now,
            )
            for review in reviews
            if review.date is None or review.date >= oldest
        ),
        ignore_conflicts=True,
    )


def reserve(review: ReviewPage) -> Mailing:
    """Return the review's mailing; where it has none, one on hold that waits for an editor, also before publication."""
    made = _make(review, Status.HELD, timezone.now())
    return made or of_reviews().get(page=review)


def send_anyway(review: ReviewPage) -> bool:
    """Send the mail of a live review as soon as the worker comes to it, also of an old one or one that was skipped."""
    if not review.live:
        return False
    return _move(reserve(review), (Status.PLANNED, Status.HELD, Status.SKIPPED), Status.PLANNED, _now())


def hold(mailing: Mailing) -> bool:
    """Keep a mailing that has not begun from beginning."""
    return _move(mailing, (Status.PLANNED, Status.SKIPPED), Status.HELD)


def release(mailing: Mailing) -> bool:
    """Let a mailing on hold, or one that was not to be sent, go out. Before publication that plans it anew."""
    if mailing.page and not mailing.page.live and not mailing.page.first_published_at:
        waiting = Mailing.objects.filter(pk=mailing.pk, status__in=(Status.HELD, Status.SKIPPED))
        return bool(waiting.delete()[0])
    return _move(mailing, (Status.HELD, Status.SKIPPED), Status.PLANNED, _now())


def skip(mailing: Mailing, reason: str = "") -> bool:
    """Never send a mailing that has not begun, unless an editor thinks otherwise later."""
    return _move(mailing, (Status.PLANNED, Status.HELD), Status.SKIPPED, reason=reason)


def stop(mailing: Mailing, reason: str = "") -> bool:
    """Stop a mailing that is being sent, after the mails that are on their way this moment."""
    return _move(mailing, (Status.SENDING,), Status.STOPPED, reason=reason)


def resume(mailing: Mailing) -> bool:
    """Send the rest of a mailing that was stopped. The worker stops it again while its review is not public."""
    return _move(mailing, (Status.STOPPED,), Status.SENDING)


def retry_failed(mailing: Mailing) -> int:
    """Try the failed mails of a mailing again, and return how many these are."""
    failed = mailing.deliveries.filter(status=Delivery.Status.FAILED)
    number = failed.update(status=Delivery.Status.QUEUED, attempts=0, due_at=timezone.now(), worker="")
    if number:
        _move(mailing, (Status.SENT,), Status.SENDING)
    return number


def stop_unlisted() -> None:
    """Stop what is being sent of a review that is not public any more."""
    sending = of_reviews().filter(status=Status.SENDING).select_related("page")
    for mailing in sending:
        if not is_public(mailing):
            stop(mailing, not_public())


def is_public(mailing: Mailing) -> bool:
    """Whether the public may see what the mailing is of."""
    if mailing.kind == Mailing.Kind.DIGEST:
        return True
    return ReviewPage.objects.listed().filter(pk=mailing.page_id).exists()


def not_public() -> str:
    """Return why a mailing stops whose review went private, was unpublished or deleted."""
    return _("The review is not public any more.")


def of_reviews() -> QuerySet[Mailing]:
    """Return the mailings of single reviews."""
    return Mailing.objects.filter(kind=Mailing.Kind.REVIEW)


def _make(review: ReviewPage, status: str, send_after: datetime) -> Mailing | None:
    """Make the review's mailing and return it; None where it has one already, also one made this moment."""
    if mailing_of(review):
        return None
    try:
        with transaction.atomic():
            return Mailing.objects.create(
                kind=Mailing.Kind.REVIEW, page=review, title=review.title, status=status, send_after=send_after
            )
    except IntegrityError:
        return None


def _now() -> dict[str, datetime]:
    return {"send_after": timezone.now()}


def _move(
    mailing: Mailing,
    origins: tuple[str, ...],
    target: str,
    also: dict[str, datetime] | None = None,
    reason: str = "",
) -> bool:
    """Move the mailing to another state, unless it is in none of those that this starts from."""
    finished_at = timezone.now() if target in (Status.STOPPED, Status.SKIPPED) else None
    changes = {"status": target, "reason": reason[:250], "finished_at": finished_at, **(also or {})}
    moved = Mailing.objects.filter(pk=mailing.pk, status__in=origins).update(**changes)
    mailing.refresh_from_db()
    return bool(moved)
