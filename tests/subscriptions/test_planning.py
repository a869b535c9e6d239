"""Which review makes a mailing, and what editors decide about it."""

from __future__ import annotations

from datetime import timedelta
from threading import Thread

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.utils import timezone
from wagtail.models import PageViewRestriction

from core.schedule import act_on_schedule
from research_reviews.models import ReviewPage
from subscriptions import planning
from subscriptions.models import Delivery, Mailing
from tests.factories.pages import ReviewPageFactory
from tests.factories.subscriptions import DeliveryFactory, MailingFactory, SubscriberFactory
from tests.subscriptions.workers import work

Status = Mailing.Status
pytestmark = pytest.mark.django_db


def later(**kwargs: float) -> time_machine.travel:
    """Travel ahead."""
    return time_machine.travel(timezone.now() + timedelta(**kwargs), tick=True)


def received() -> list[str]:
    """Who got a mail."""
    return [message.to[0] for message in mail.outbox]


def test_a_review_that_goes_live_is_mailed_a_minute_later_and_only_once() -> None:
    reader = SubscriberFactory()
    review = ReviewPageFactory(title="Someone awake")
    work()
    assert received() == []
    with later(minutes=2):
        work()
        review.save_revision().publish()
        work()
    assert received() == [reader.email]
    assert Mailing.objects.get().status == Status.SENT


def test_an_edit_before_the_mail_goes_out_makes_no_second_one_and_is_in_it() -> None:
    review = ReviewPageFactory(title="Someone awake")
    review.title = "Someone is awake"
    review.save_revision().publish()
    with later(minutes=2):
        work()
    assert Mailing.objects.get().title == "Someone is awake"


def test_a_scheduled_review_is_mailed_when_it_goes_live_and_only_once() -> None:
    SubscriberFactory()
    review = ReviewPageFactory(published=False)
    review.go_live_at = timezone.now() + timedelta(hours=1)
    review.save_revision().publish()
    assert not Mailing.objects.exists()
    with later(hours=2):
        act_on_schedule()
        act_on_schedule()
    with later(hours=3):
        work()
    assert len(received()) == 1
    assert Mailing.objects.count() == 1


def test_a_draft_a_copy_and_a_review_with_an_old_date_are_not_mailed() -> None:
    ReviewPageFactory(published=False)
    ReviewPageFactory(published_on=timezone.localdate() - timedelta(days=8))
    assert not Mailing.objects.exists()
    original = ReviewPageFactory()
    original.create_alias(update_slug="copy")
    original.save_revision().publish()
    assert Mailing.objects.get().page == original


def test_a_review_that_went_live_long_ago_is_not_news_when_it_is_published_again() -> None:
    review = ReviewPageFactory(published=False)
    review.first_published_at = timezone.now() - timedelta(days=30)
    review.published_on = timezone.localdate()
    review.save_revision().publish()
    assert not Mailing.objects.exists()


def test_an_old_review_is_mailed_where_an_editor_says_so() -> None:
    reader = SubscriberFactory()
    review = ReviewPageFactory(published_on=timezone.localdate() - timedelta(days=800))
    assert planning.send_anyway(review)
    work()
    assert not planning.send_anyway(review)
    work()
    assert received() == [reader.email]


def test_what_an_editor_held_before_publication_waits_until_it_is_released() -> None:
    reader = SubscriberFactory()
    review = ReviewPageFactory(published=False)
    mailing = planning.reserve(review)
    assert planning.reserve(review) == mailing
    review.save_revision().publish()
    with later(days=2):
        work()
        assert received() == []
        mailing.refresh_from_db()
        assert planning.release(mailing)
        work()
    assert received() == [reader.email]


def test_what_is_released_before_publication_is_planned_by_it() -> None:
    review = ReviewPageFactory(published=False)
    assert planning.release(planning.reserve(review))
    assert not Mailing.objects.exists()
    review.save_revision().publish()
    assert Mailing.objects.get().status == Status.PLANNED


def test_what_an_editor_skipped_is_never_mailed() -> None:
    SubscriberFactory()
    review = ReviewPageFactory(published=False)
    planning.skip(planning.reserve(review))
    review.save_revision().publish()
    with later(days=1):
        work()
    assert received() == []
    assert Mailing.objects.get().status == Status.SKIPPED


def test_a_private_review_waits_until_it_is_public() -> None:
    reader = SubscriberFactory()
    review = ReviewPageFactory()
    restriction = PageViewRestriction.objects.create(page=review, restriction_type="login")
    with later(days=3):
        work()
        assert received() == []
        assert Mailing.objects.get().reason
        restriction.delete()
        work()
    assert received() == [reader.email]
    assert Mailing.objects.get().reason == ""


def test_a_review_that_is_not_public_for_two_weeks_is_not_mailed_any_more() -> None:
    review = ReviewPageFactory()
    review.unpublish()
    with later(days=15):
        work()
    mailing = Mailing.objects.get()
    assert mailing.status == Status.SKIPPED
    assert "two weeks" in mailing.reason


def test_a_review_that_was_deleted_before_its_mail_is_not_mailed() -> None:
    SubscriberFactory()
    ReviewPageFactory().delete()
    with later(minutes=2):
        work()
    assert Mailing.objects.get().status == Status.SKIPPED
    assert received() == []


@pytest.mark.parametrize("went", ["private", "unpublished", "deleted"])
def test_a_review_that_goes_in_mid_mailing_stops_it(went: str) -> None:
    review = ReviewPageFactory()
    Mailing.objects.all().delete()
    mailing = MailingFactory(page=review, is_filled=True)
    DeliveryFactory.create_batch(3, mailing=mailing)
    if went == "private":
        PageViewRestriction.objects.create(page=review, restriction_type="login")
    elif went == "unpublished":
        review.unpublish()
    else:
        review.delete()
    work()
    mailing.refresh_from_db()
    assert (mailing.status, received()) == (Status.STOPPED, [])
    assert "not public" in mailing.reason
    assert mailing.deliveries.filter(status=Delivery.Status.QUEUED).count() == 3


def test_a_stopped_mailing_is_resumed_where_it_was() -> None:
    review = ReviewPageFactory()
    Mailing.objects.all().delete()
    mailing = MailingFactory(page=review, is_filled=True)
    DeliveryFactory(mailing=mailing, status=Delivery.Status.SENT)
    left = DeliveryFactory(mailing=mailing)
    assert planning.stop(mailing, "Wrong figure.")
    assert not planning.stop(mailing)
    work()
    assert received() == []
    assert planning.resume(mailing)
    work()
    assert received() == [left.subscriber.email]


def test_failed_mails_are_tried_again_where_an_editor_says_so() -> None:
    review = ReviewPageFactory()
    Mailing.objects.all().delete()
    mailing = MailingFactory(page=review, is_filled=True, status=Status.SENT)
    failed = DeliveryFactory(mailing=mailing, status=Delivery.Status.FAILED, attempts=6)
    DeliveryFactory(mailing=mailing, status=Delivery.Status.SENT)
    assert planning.retry_failed(mailing) == 1
    work()
    assert received() == [failed.subscriber.email]
    mailing.refresh_from_db()
    assert mailing.status == Status.SENT


def test_only_those_who_want_the_topic_at_once_get_the_mail() -> None:
    review = ReviewPageFactory(other_topics=[])
    topic = review.topic
    for_topic, everything = SubscriberFactory(topics=[topic]), SubscriberFactory()
    other = ReviewPageFactory(published=False).topic
    for_another_topic = SubscriberFactory(topics=[other])
    SubscriberFactory(rhythm="weekly")
    for status in ("pending", "unsubscribed", "suppressed"):
        SubscriberFactory(status=status)
    SubscriberFactory(paused_until=timezone.localdate() + timedelta(days=9))
    with later(minutes=2):
        work()
    assert sorted(received()) == sorted([for_topic.email, everything.email])
    assert for_another_topic.email not in received()


@pytest.mark.django_db(transaction=True)
def test_two_that_publish_at_once_make_one_mailing() -> None:
    review = ReviewPageFactory(published=False)
    review.save_revision().publish()
    Mailing.objects.all().delete()

    def publish() -> None:
        planning.plan(ReviewPage.objects.get(pk=review.pk))
        connection.close()

    threads = [Thread(target=publish) for _editor in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Mailing.objects.count() == 1
