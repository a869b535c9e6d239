"""Subscribers decide about their mails and about what is kept of them, by the links in our mails."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core import mail
from django.test import Client, override_settings
from django.utils import timezone
from wagtail.models import Site

from core import personal_data
from core.schedule import do_jobs_of_the_round
from subscriptions.growth import growth
from subscriptions.leaving import BY_THEMSELVES
from subscriptions.links import confirm_url, preferences_path, preferences_url, unsubscribe_path, unsubscribe_url
from subscriptions.models import ConsentRecord, Subscriber, SubscriptionSettings, Suppression
from subscriptions.subscribers import for_digest, for_review
from tests.factories import ReviewPageFactory, TopicPageFactory
from tests.factories.subscriptions import DeliveryFactory, SubscriberFactory
from tests.reading import find, read, words
from tests.subscriptions.readers import fields, link_in, newest_mail, press, subscribe

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_at_once")]


@pytest.fixture
def subscriber() -> Subscriber:
    """An active subscriber to everything."""
    made: Subscriber = SubscriberFactory(email="reader@example.org")
    return made


def test_links_are_lasting_signed_for_one_purpose_and_tell_no_address(subscriber: Subscriber) -> None:
    token = preferences_path(subscriber).split("/")[-2]
    with time_machine.travel(timezone.now() + timedelta(days=4_000)):
        assert preferences_path(subscriber).split("/")[-2] == token
        read(preferences_path(subscriber))
    assert preferences_url(subscriber).endswith(preferences_path(subscriber))
    assert "reader" not in preferences_url(subscriber) + unsubscribe_url(subscriber)
    for purpose in ("unsubscribe", "confirm", "new-address"):
        read(f"/subscribe/{purpose}/{token}/", status=404)
    other = SubscriberFactory()
    assert preferences_path(other) != preferences_path(subscriber)


@pytest.mark.parametrize("token", ["x", "-", "--", "1--x", "1-1-", "zzzzzzzzzzzzzzzzzzzz--a", "1-é-ü", "%00"])
def test_a_link_that_is_none_says_what_to_do(token: str) -> None:
    page = read(f"/subscribe/preferences/{token}/", status=404)
    assert "link does not work" in words(page.h1)


def test_links_outlive_a_new_key_of_the_site(subscriber: Subscriber) -> None:
    path = unsubscribe_path(subscriber)
    with override_settings(SECRET_KEY="a new one", SECRET_KEY_FALLBACKS=["only-for-tests"]):
        read(path)
    with override_settings(SECRET_KEY="a new one"):
        read(path, status=404)


def test_a_scanner_that_opens_every_link_changes_nothing(subscriber: Subscriber) -> None:
    for path in (preferences_path(subscriber), unsubscribe_path(subscriber), urlsplit(confirm_url(subscriber)).path):
        for query in ("", "?action=unsubscribe", "?List-Unsubscribe=One-Click"):
            assert Client().get(path + query).status_code == 200
            assert Client().head(path + query).status_code == 200
    subscriber.refresh_from_db()
    assert subscriber.status == "active"
    assert not ConsentRecord.objects.exists()


def test_personal_pages_are_kept_nowhere_and_name_themselves_to_nobody(subscriber: Subscriber) -> None:
    for path in (preferences_path(subscriber), unsubscribe_path(subscriber), "/subscribe/preferences/x/"):
        answer = Client().get(path)
        assert "no-store" in answer["Cache-Control"]
        assert "noindex" in answer["X-Robots-Tag"]
        assert answer["Referrer-Policy"] == "no-referrer"
        assert not answer.cookies
        assert "subscribe-email" not in answer.content.decode()


def test_one_click_from_a_mail_provider_unsubscribes(subscriber: Subscriber) -> None:
    for _time in range(2):
        answer = Client(enforce_csrf_checks=True).post(
            unsubscribe_path(subscriber), "List-Unsubscribe=One-Click", "application/x-www-form-urlencoded"
        )
        assert answer.status_code == 200
    subscriber.refresh_from_db()
    assert (subscriber.status, subscriber.records.get().where) == (
        "unsubscribed",
        "/subscribe/unsubscribe/ (one click)",
    )


def test_the_button_unsubscribes_and_the_way_back_is_short(subscriber: Subscriber) -> None:
    page = press(unsubscribe_path(subscriber)).content.decode()
    assert "You are unsubscribed" in page
    assert preferences_path(subscriber) in page
    answer = press(preferences_path(subscriber), "again")
    assert "You are subscribed" in answer.content.decode()
    subscriber.refresh_from_db()
    assert subscriber.status == "active"
    assert [record.event for record in subscriber.records.all()] == ["unsubscribed", "confirmed"]
    assert subscriber.records.last().wording.startswith("I want new reviews")  # type: ignore[union-attr]


def test_other_choices_are_saved_and_from_what_to_what_is_kept(subscriber: Subscriber) -> None:
    topic = TopicPageFactory(title="Prison")
    path = preferences_path(subscriber)
    assert fields(read(path))["rhythm"] == ["each"]
    for _time in range(2):
        press(path, "save", rhythm="weekly", scope="chosen", topics=[topic.pk])
    subscriber.refresh_from_db()
    assert (subscriber.rhythm, subscriber.all_topics, list(subscriber.topics.all())) == ("weekly", False, [topic])
    assert subscriber.records.get().evidence == {
        "from": {"rhythm": "each", "topics": "all"},
        "to": {"rhythm": "weekly", "topics": ["Prison"]},
    }


def test_who_wants_some_topics_has_to_choose_one(subscriber: Subscriber) -> None:
    TopicPageFactory()
    answer = press(preferences_path(subscriber), "save", rhythm="each", scope="chosen")
    assert answer.status_code == 422
    assert "Choose at least one topic" in answer.content.decode()


def test_a_pause_keeps_mails_away_until_its_day(subscriber: Subscriber) -> None:
    review = ReviewPageFactory()
    press(preferences_path(subscriber), "pause", weeks=2)
    assert not for_review(review).exists()
    assert "paused until" in words(read(preferences_path(subscriber)).main)
    with time_machine.travel(timezone.now() + timedelta(days=14)):
        assert for_review(review).exists()
    press(preferences_path(subscriber), "resume")
    assert for_review(review).exists()
    assert press(preferences_path(subscriber), "pause", weeks="x").status_code == 422


def test_a_new_address_counts_once_it_is_confirmed_there(subscriber: Subscriber) -> None:
    answer = press(preferences_path(subscriber), "address", email="New@example.org")
    assert "new address" in answer.content.decode()
    subscriber.refresh_from_db()
    assert subscriber.email == "reader@example.org"
    assert newest_mail().to == ["new@example.org"]
    path = link_in(newest_mail(), "new-address")
    assert find(read(path), "main .button").get_text() == "Use this address"
    press(path)
    subscriber.refresh_from_db()
    assert (subscriber.email, subscriber.new_email) == ("new@example.org", "")
    assert subscriber.records.get().evidence == {"email": {"from": "reader@example.org", "to": "new@example.org"}}
    read(path, status=404)


def test_a_new_address_is_asked_once_a_day_and_only_the_last_one_counts(subscriber: Subscriber) -> None:
    path = preferences_path(subscriber)
    press(path, "address", email="first@example.org")
    first = link_in(newest_mail(), "new-address")
    press(path, "address", email="second@example.org")
    press(path, "address", email="first@example.org")
    assert [message.to[0] for message in mail.outbox] == ["first@example.org", "second@example.org"]
    assert press(path, "address", email="fourth@example.org").status_code == 422
    press(first)
    subscriber.refresh_from_db()
    assert subscriber.email == "first@example.org"


def test_a_new_address_is_asked_later_where_the_server_is_away_or_the_hour_is_full(
    subscriber: Subscriber, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*args: Any, **kwargs: Any) -> int:
        raise ConnectionRefusedError

    SubscriptionSettings.objects.create(site=Site.objects.get(), confirmations_an_hour=1)
    with time_machine.travel("2026-03-02 09:00Z", tick=False) as clock:
        with monkeypatch.context() as patch:
            patch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", away)
            press(preferences_path(subscriber), "address", email="new@example.org")
        assert mail.outbox == []
        subscribe("somebody@example.org")
        clock.shift(timedelta(minutes=11))
        do_jobs_of_the_round()
        assert [message.to[0] for message in mail.outbox] == ["somebody@example.org"]
        clock.shift(timedelta(hours=1))
        do_jobs_of_the_round()
        do_jobs_of_the_round()
        assert [message.to[0] for message in mail.outbox] == ["somebody@example.org", "new@example.org"]


def test_moving_to_an_address_that_is_known_makes_one_of_both(subscriber: Subscriber) -> None:
    other = SubscriberFactory(email="other@example.org")
    other.records.create(event="confirmed")
    answer = press(preferences_path(subscriber), "address", email="other@example.org")
    assert answer.status_code == 200
    press(link_in(newest_mail(), "new-address"))
    one = Subscriber.objects.get()
    assert (one.pk, one.email) == (subscriber.pk, "other@example.org")
    assert [record.event for record in one.records.all()] == ["confirmed", "changed"]


def test_everything_that_is_kept_is_handed_over(subscriber: Subscriber) -> None:
    subscriber.records.create(event="confirmed", wording="I want them.")
    DeliveryFactory(subscriber=subscriber, mailing__title="What waiting rooms tell us")
    answer = Client().post(preferences_path(subscriber), {"action": "export"})
    assert "attachment" in answer["Content-Disposition"]
    data = answer.json()
    assert data["email"] == "reader@example.org"
    assert data["consent"][0]["wording"] == "I want them."
    assert data["mails"][0]["subject"] == "What waiting rooms tell us"
    assert personal_data.export("READER@example.org")["subscription"][0]["email"] == "reader@example.org"


def test_erasing_wants_a_tick_and_leaves_a_hash_and_two_numbers(subscriber: Subscriber) -> None:
    subscriber.records.create(event="confirmed")
    delivery: Any = DeliveryFactory(subscriber=subscriber)
    path, leave = preferences_path(subscriber), unsubscribe_path(subscriber)
    assert press(path, "erase").status_code == 422
    assert Subscriber.objects.exists()
    before = growth("week")[-1].joined
    answer = press(path, "erase", sure="on")
    assert "deleted" in answer.content.decode()
    assert not Subscriber.objects.exists()
    assert not ConsentRecord.objects.exists()
    delivery.refresh_from_db()
    assert delivery.subscriber is None
    kept = Suppression.objects.get()
    assert (kept.reason, "reader" in kept.address_hash) == (BY_THEMSELVES, False)
    assert growth("week")[-1].joined == before == 1
    read(path, status=404)
    assert press(leave).status_code == 404


def test_who_was_erased_can_subscribe_again_by_themselves(subscriber: Subscriber) -> None:
    press(preferences_path(subscriber), "erase", sure="on")
    subscribe("reader@example.org")
    press(link_in(newest_mail(), "confirm"))
    assert Subscriber.objects.get().status == "active"
    assert not Suppression.objects.exists()


def test_the_team_erases_what_an_address_left(subscriber: Subscriber) -> None:
    moving = SubscriberFactory(email="other@example.org", new_email="reader@example.org")
    for _time in range(2):
        personal_data.erase(" Reader@example.org")
    moving.refresh_from_db()
    assert list(Subscriber.objects.values_list("email", "new_email")) == [("other@example.org", "")]


def test_a_review_goes_to_who_wants_each_of_its_topics_once() -> None:
    first, second, elsewhere = (TopicPageFactory() for _number in range(3))
    review = ReviewPageFactory(topic=first, other_topics=[second])
    wanted = [
        SubscriberFactory(),
        SubscriberFactory(topics=[first]),
        SubscriberFactory(topics=[second, first]),
        SubscriberFactory(paused_until=timezone.localdate()),
    ]
    SubscriberFactory(topics=[elsewhere])
    SubscriberFactory(status="pending")
    SubscriberFactory(status="unsubscribed")
    SubscriberFactory(paused_until=timezone.localdate() + timedelta(days=1))
    weekly = SubscriberFactory(rhythm="weekly", topics=[elsewhere])
    assert list(for_review(review)) == wanted
    assert list(for_digest()) == [weekly]
