"""Subscribers, mailings and deliveries."""

from __future__ import annotations

from typing import Any

import factory
from django.utils import timezone

from subscriptions.models import ConsentRecord, Delivery, Mailing, Subscriber
from tests.factories.models import ModelFactory


class SubscriberFactory(ModelFactory):
    """Somebody who gets every review of all topics; `topics` chooses some."""

    class Meta:
        model = Subscriber
        skip_postgeneration_save = True

    email = factory.Sequence(lambda number: f"reader-{number}@example.org")
    status = Subscriber.Status.ACTIVE
    confirmed_at: Any = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def topics(self: Any, create: bool, chosen: Any, **kwargs: Any) -> None:
        """Choose topics instead of all."""
        if chosen:
            self.all_topics = False
            self.save()
            self.topics.set(chosen)


class MailingFactory(ModelFactory):
    """A mailing of a review that is being sent; every delivery is still to be made."""

    class Meta:
        model = Mailing

    kind = Mailing.Kind.REVIEW
    title = factory.Sequence(lambda number: f"What waiting rooms tell us, part {number}")
    status = Mailing.Status.SENDING
    started_at: Any = factory.LazyFunction(timezone.now)


class DeliveryFactory(ModelFactory):
    """A mail that is still to be sent."""

    class Meta:
        model = Delivery

    mailing: Any = factory.SubFactory(MailingFactory)
    subscriber: Any = factory.SubFactory(SubscriberFactory)


class ConsentRecordFactory(ModelFactory):
    """Something that a subscriber agreed to."""

    class Meta:
        model = ConsentRecord

    subscriber: Any = factory.SubFactory(SubscriberFactory)
    event = ConsentRecord.Event.CONFIRMED
    wording = "I want new reviews by e-mail."
    where = "/subscribe/"
