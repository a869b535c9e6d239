"""The weekly digest: what it covers, when it is due and who gets it.

It covers the reviews whose own mailings became due since the last digest ended, so that what an editor held or skipped,
or what was not public yet, is treated alike in both. Each of these moments lies in one digest only.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from research_reviews.models import ReviewPage
from subscriptions import planning, subscribers
from subscriptions.current import current_settings
from subscriptions.models import Mailing, Subscriber
from subscriptions.models.subscribers import SubscriberQuerySet

WEEK = timedelta(days=7)
# A weekday, hour or time zone that was changed just after a digest makes no second one of the same week.
SHORTEST_WEEK = timedelta(days=3)


def plan_digest() -> None:
    """Make the digest that is due, unless it was made. Several that were missed become one."""
    until = latest_time(timezone.now())
    last = Mailing.objects.filter(kind=Mailing.Kind.DIGEST).order_by("-until").first()
    if last and last.until and until - last.until < SHORTEST_WEEK:
        return
    since = last.until if last and last.until else until - WEEK
    if not is_complete(until) or not period(since, until).exists():
        return
    title = current_settings().digest_subject
    try:
        with transaction.atomic():
            Mailing.objects.create(
                kind=Mailing.Kind.DIGEST, since=since, until=until, title=title, send_after=timezone.now()
            )
    except IntegrityError:
        # Another worker made it this moment.
        return


def latest_time(now: datetime) -> datetime:
    """Return when a digest was last due by the site's own clock, also where that was put forward or back since."""
    settings, zone = current_settings(), timezone.get_default_timezone()
    today = now.astimezone(zone).date()
    day = today - timedelta(days=(today.weekday() - settings.digest_weekday) % 7)
    due = datetime.combine(day, time(settings.digest_hour), zone)
    if due > now:
        due = datetime.combine(day - WEEK, time(settings.digest_hour), zone)
    return due.astimezone(UTC)


def is_complete(until: datetime) -> bool:
    """Whether the worker has looked at every review that was due before."""
    unseen = planning.of_reviews().filter(status=Mailing.Status.PLANNED, reason="", send_after__lt=until)
    return not unseen.exists()


def period(since: datetime, until: datetime) -> QuerySet[ReviewPage]:
    """Return the public reviews that are news of the period, the newest first."""
    begun = planning.of_reviews().filter(started_at__isnull=False, send_after__gte=since, send_after__lt=until)
    reviews: QuerySet[ReviewPage] = ReviewPage.objects.listed().filter(pk__in=begun.values("page")).newest_first()
    return reviews


def reviews(mailing: Mailing, topics: frozenset[int] | None = None) -> QuerySet[ReviewPage]:
    """Return the reviews of a digest, the newest first: those about the topics, or all."""
    if mailing.since is None or mailing.until is None:
        return ReviewPage.objects.none()
    found = period(mailing.since, mailing.until)
    if topics is None:
        return found
    other = ReviewPage.other_topics.through.objects.filter(reviewpage=OuterRef("pk"), topicpage__in=topics)
    return found.filter(Q(topic__in=topics) | Q(Exists(other)))


def recipients(mailing: Mailing) -> SubscriberQuerySet:
    """Return who gets a digest: those for whose topics it has something, and who were there when it was due."""
    covered = reviews(mailing)
    other = ReviewPage.other_topics.through.objects.filter(reviewpage__in=covered.values("pk"))
    topics = {*covered.values_list("topic", flat=True), *other.values_list("topicpage", flat=True)}
    chosen = Subscriber.topics.through.objects.filter(subscriber=OuterRef("pk"), topicpage__in=topics)
    were_there = Q(confirmed_at__isnull=True) | Q(confirmed_at__lt=mailing.until)
    return subscribers.for_digest().filter(were_there).filter(Q(all_topics=True) | Q(Exists(chosen)))
