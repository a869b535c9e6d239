"""Who is to get what."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from research_reviews.models import ReviewPage
from subscriptions.models import Subscriber
from subscriptions.models.subscribers import SubscriberQuerySet


def for_review(review: ReviewPage) -> SubscriberQuerySet:
    """Return who gets a mail of the review at once, each once, the longest known first."""
    topics = {review.topic_id, *review.other_topics.values_list("pk", flat=True)}
    chosen = Subscriber.topics.through.objects.filter(subscriber=OuterRef("pk"), topicpage__in=topics)
    return _active(Subscriber.Rhythm.EACH).filter(Q(all_topics=True) | Q(Exists(chosen)))


def for_digest() -> SubscriberQuerySet:
    """Return who gets the weekly digest, whatever it is to hold for them, the longest known first."""
    return _active(Subscriber.Rhythm.WEEKLY)


def _active(rhythm: str) -> SubscriberQuerySet:
    subscribers: SubscriberQuerySet = Subscriber.objects.active().filter(rhythm=rhythm).order_by("pk")
    return subscribers
