"""A reader asks for new reviews by e-mail, and confirms."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.schedule import do_jobs_of_the_round
from subscriptions.joining import send_what_is_due
from subscriptions.leaving import forget_unconfirmed
from subscriptions.models import AskedAddress, ConsentRecord, Subscriber, SubscriptionSettings
from tests.factories import ReviewPageFactory, TopicPageFactory
from tests.factories.pages import home_page
from tests.factories.subscriptions import SubscriberFactory
from tests.reading import find, read, words
from tests.subscriptions.readers import FROM_HERE, PAGE, fields, link_in, newest_mail, press, subscribe

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_at_once")]

Status = Subscriber.Status


def settings_with(**values: Any) -> SubscriptionSettings:
    """Return the site's settings, as an owner has set them."""
    site = home_page().get_site()
    settings, _made = SubscriptionSettings.objects.update_or_create(site=site, defaults=values)
    return settings


def one() -> Subscriber:
    """Return the only subscriber."""
    return Subscriber.objects.get()


def test_a_reader_subscribes_confirms_by_a_button_and_the_consent_is_kept() -> None:
    client = Client(headers={"Referer": "http://testserver/reviews/"})
    answer = subscribe("Reader@Example.org", client)
    assert (answer.status_code, answer["Location"]) == (303, "/subscribe/inbox/")
    assert "Look into your inbox" in words(read(answer["Location"]).h1)
    assert (one().email, one().status, len(mail.outbox)) == ("reader@example.org", Status.PENDING, 1)
    assert (newest_mail().to, newest_mail().subject) == (["reader@example.org"], "Please confirm your subscription")

    address = link_in(newest_mail(), "confirm")
    assert "reader" not in address
    for _time in range(3):
        assert find(read(address), "main form .button").get_text() == "Confirm my subscription"
        assert Client().head(address).status_code == 200
    assert one().status == Status.PENDING

    page = press(address)
    assert "You are subscribed" in page.content.decode()
    assert one().status == Status.ACTIVE
    asked, confirmed = one().records.all()
    wording = SubscriptionSettings().consent_wording
    assert (asked.event, asked.wording, asked.where) == ("asked", wording, "http://testserver/reviews/")
    assert asked.evidence == {"rhythm": "each", "topics": "all"}
    assert (confirmed.event, confirmed.wording, confirmed.where) == ("confirmed", wording, "/subscribe/confirm/")
    press(address)
    assert one().records.count() == 2


def test_topics_and_rhythm_are_chosen_in_the_long_form() -> None:
    prisons, courts = TopicPageFactory(title="Prisons"), TopicPageFactory(title="Courts")
    subscribe(rhythm="weekly", scope="chosen", topics=[prisons.pk])
    assert (one().rhythm, one().all_topics, list(one().topics.all())) == ("weekly", False, [prisons])
    assert one().records.get().evidence == {"rhythm": "weekly", "topics": ["Prisons"]}
    assert courts.pk not in one().topics.values_list("pk", flat=True)


def test_topics_that_are_ticked_do_not_count_where_all_are_wanted() -> None:
    topic = TopicPageFactory()
    subscribe(scope="all", topics=[topic.pk])
    assert one().all_topics
    assert not one().topics.exists()


def test_the_form_below_a_review_offers_its_topic_and_no_secret_of_the_reader() -> None:
    review = ReviewPageFactory(topic=TopicPageFactory(title="Prisons & <b>courts</b>"))
    client = Client()
    page = read(review.url, client)
    form = find(page, ".subscribe form")
    assert [option.get_text() for option in form.select("[name=topics] option")] == [
        "All topics",
        "Only Prisons & <b>courts</b>",
    ]
    assert "csrf" not in str(form)
    assert not client.cookies
    data = {
        **fields(page, ".subscribe form"),
        "email": "reader@example.org",
        "rhythm": "each",
        "topics": review.topic_id,
    }
    assert client.post(str(form["action"]), data, headers=FROM_HERE).status_code == 303
    assert list(one().topics.all()) == [review.topic]


def test_the_short_form_with_all_topics_means_all() -> None:
    data = {**fields(read("/"), ".subscribe form"), "email": "reader@example.org", "topics": ""}
    assert Client().post(PAGE, data, headers=FROM_HERE).status_code == 303
    assert one().all_topics


def test_a_private_topic_is_offered_to_nobody() -> None:
    topic = TopicPageFactory(title="Secret")
    topic.view_restrictions.create(restriction_type="login")
    assert "Secret" not in read(PAGE).get_text()
    answer = subscribe(scope="chosen", topics=[topic.pk])
    assert answer.status_code == 422
    assert not Subscriber.objects.exists()


def test_the_form_is_nowhere_where_the_owner_does_not_offer_it() -> None:
    settings_with(is_offered=False)
    assert not read("/").select(".subscribe")
    read(PAGE, status=404)
    assert Client().post(PAGE, {}, headers=FROM_HERE).status_code == 404


@pytest.mark.parametrize(
    "email",
    [
        "",
        "no address",
        "reader@example.org\nBcc: all@example.org",
        "reader@example.org\r\nBcc: all@example.org",
        "reader@example.org,all@example.org",
        "Reader <reader@example.org>",
        '"reader,all"@example.org',
        "reader@example.org\x00",
        "reader@example.org\u2028",
        "reader@localhost",
        f"{'a' * 65}@example.org",
        f"reader@{'a.' * 120}example.org",
        "größe@example.org",
    ],
)
def test_what_is_no_plain_address_comes_back_with_the_form_filled(email: str) -> None:
    answer = subscribe(email, rhythm="weekly")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Not sent yet" in page
    assert fields(BeautifulSoup(page, "html.parser"))["rhythm"] == ["weekly"]
    assert not Subscriber.objects.exists()
    assert not mail.outbox


def test_an_internationalised_domain_is_taken_and_is_one_however_it_is_written() -> None:
    assert subscribe("Leser@BÜCHER.example").status_code == 303
    assert subscribe("leser@xn--bcher-kva.example").status_code == 303
    assert one().email == "leser@xn--bcher-kva.example"
    assert newest_mail().message()["To"] == "leser@xn--bcher-kva.example"


def answer_and_queries(email: str) -> tuple[Any, list[str]]:
    """Return what a reader gets for the address, and what was asked of the database for it."""
    data = {**fields(), "email": email}
    with CaptureQueriesContext(connection) as queries:
        answer = Client().post(PAGE, data, headers=FROM_HERE)
    return (answer.status_code, answer["Location"], answer.content, sorted(answer.headers)), [
        query["sql"] for query in queries
    ]


def test_known_unknown_active_and_unsubscribed_addresses_get_the_same_answer_after_the_same_work(
    settings: Any,
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    for status in Status:
        SubscriberFactory(email=f"{status}@example.org", status=status)
    with time_machine.travel(timezone.now(), tick=False):
        answers = [answer_and_queries(f"{name}@example.org") for name in ("unknown", *Status)]
    assert all(answer == answers[0] for answer in answers)
    assert not any("subscriber" in sql for _answer, queries in answers for sql in queries)


def test_an_active_subscriber_gets_the_way_to_their_preferences_and_nothing_of_theirs_is_changed() -> None:
    subscriber = SubscriberFactory(email="reader@example.org", rhythm="each")
    for _time in range(3):
        subscribe(rhythm="weekly")
    subscriber.refresh_from_db()
    assert (subscriber.rhythm, subscriber.status, subscriber.records.count()) == ("each", Status.ACTIVE, 0)
    assert [message.subject for message in mail.outbox] == ["You are subscribed already"]
    assert read(link_in(newest_mail(), "preferences")).h1


def test_an_address_is_asked_once_a_day_and_the_last_choice_before_the_confirmation_holds() -> None:
    with time_machine.travel("2026-03-02 09:00Z") as clock:
        subscribe(rhythm="each")
        address = link_in(newest_mail(), "confirm")
        for _time in range(5):
            clock.shift(timedelta(hours=4))
            subscribe(rhythm="weekly")
        assert len(mail.outbox) == 1
        assert one().records.count() == 1
        press(address)
        assert one().rhythm == "weekly"
        clock.shift(timedelta(hours=5))
        subscribe()
        assert len(mail.outbox) == 2


def test_somebody_who_left_is_not_brought_back_by_who_only_knows_the_address() -> None:
    subscriber = SubscriberFactory(email="reader@example.org", status=Status.UNSUBSCRIBED, ended_at=timezone.now())
    subscribe()
    subscriber.refresh_from_db()
    assert subscriber.status == Status.UNSUBSCRIBED
    press(link_in(newest_mail(), "confirm"))
    subscriber.refresh_from_db()
    assert (subscriber.status, subscriber.ended_at) == (Status.ACTIVE, None)


def test_a_confirmation_holds_for_a_week_and_then_says_what_to_do() -> None:
    with time_machine.travel("2026-03-02 09:00Z") as clock:
        subscribe()
        address = link_in(newest_mail(), "confirm")
        clock.shift(timedelta(days=6, hours=23))
        read(address)
        clock.shift(timedelta(hours=2))
        page = read(address, status=410)
        assert "subscribe again" in words(page.main)
        assert press(address).status_code == 410
        assert one().status == Status.PENDING


def test_an_old_confirmation_does_not_begin_again_what_was_ended_since() -> None:
    with time_machine.travel("2026-03-02 09:00Z") as clock:
        subscribe()
        address = link_in(newest_mail(), "confirm")
        press(address)
        clock.shift(timedelta(days=1))
        Subscriber.objects.update(status=Status.UNSUBSCRIBED, ended_at=timezone.now())
        assert press(address).status_code == 410
        assert one().status == Status.UNSUBSCRIBED


def test_over_the_hours_number_confirmations_follow_later_the_longest_waiting_first() -> None:
    settings_with(confirmations_an_hour=2)
    with time_machine.travel("2026-03-02 09:00Z", tick=False) as clock:
        for number in range(5):
            assert subscribe(f"reader-{number}@example.org").status_code == 303
            clock.shift(timedelta(minutes=1))
        assert len(mail.outbox) == 2
        do_jobs_of_the_round()
        assert len(mail.outbox) == 2
        clock.shift(timedelta(hours=1))
        send_what_is_due()
        assert [message.to[0] for message in mail.outbox][2:] == ["reader-2@example.org", "reader-3@example.org"]
        clock.shift(timedelta(hours=1, minutes=1))
        send_what_is_due()
        send_what_is_due()
        assert len(mail.outbox) == 5


def test_a_mail_server_that_is_away_delays_the_confirmation_and_loses_none(monkeypatch: pytest.MonkeyPatch) -> None:
    class Away:
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            pass

        def send_messages(self, messages: list[Any]) -> int:
            raise ConnectionRefusedError

    with time_machine.travel("2026-03-02 09:00Z", tick=False) as clock:
        with monkeypatch.context() as patch:
            patch.setattr("django.core.mail.backends.locmem.EmailBackend", Away)
            assert subscribe().status_code == 303
            send_what_is_due()
        assert not AskedAddress.objects.exists()
        clock.shift(timedelta(minutes=11))
        send_what_is_due()
        send_what_is_due()
        assert len(mail.outbox) == 1


def test_what_was_not_sent_from_our_own_page_is_refused() -> None:
    data = {**fields(), "email": "reader@example.org"}
    for headers in ({}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}):
        assert Client().post(PAGE, data, headers=headers).status_code == 403
    assert not Subscriber.objects.exists()


@pytest.mark.parametrize("change", [{"subject": "x"}, {"stamp": ""}, {"stamp": "1.forged"}, {"wording": "0"}])
def test_a_form_that_gives_itself_away_comes_back_to_be_sent_again(change: dict[str, str]) -> None:
    client = Client()
    answer = subscribe(client=client, **change)
    assert answer.status_code == 422
    again = fields(BeautifulSoup(answer.content, "html.parser"))
    assert client.post(PAGE, again, headers=FROM_HERE).status_code == 303
    assert one().email == "reader@example.org"


def test_who_asks_too_often_is_told_so_with_the_form_filled() -> None:
    for number in range(20):
        assert subscribe(f"reader-{number}@example.org").status_code == 303
    answer = subscribe("reader-20@example.org")
    assert answer.status_code == 429
    assert 'value="reader-20@example.org"' in answer.content.decode()
    assert subscribe("reader-20@example.org", headers={"X-Forwarded-For": "192.0.2.7"}).status_code == 429


def test_what_nobody_confirmed_is_deleted_after_a_month() -> None:
    with time_machine.travel("2026-03-02 09:00Z") as clock:
        subscribe()
        SubscriberFactory()
        clock.shift(timedelta(days=29))
        assert forget_unconfirmed() == 0
        clock.shift(timedelta(days=2))
        assert forget_unconfirmed() == 1
        assert one().status == Status.ACTIVE


def test_asking_again_before_the_month_is_over_keeps_the_address() -> None:
    with time_machine.travel("2026-03-02 09:00Z") as clock:
        subscribe()
        clock.shift(timedelta(days=25))
        subscribe()
        clock.shift(timedelta(days=6))
        assert forget_unconfirmed() == 0
        press(link_in(newest_mail(), "confirm"))
        assert ConsentRecord.objects.filter(event="confirmed").count() == 1
