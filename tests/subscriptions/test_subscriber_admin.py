"""Subscribers in the admin: found, looked at, taken away; never made up."""

from __future__ import annotations

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.roles import EDITOR, MODERATOR, SITE_OWNER
from subscriptions.leaving import erase
from subscriptions.models import Subscriber
from tests.factories import TopicPageFactory
from tests.factories.subscriptions import ConsentRecordFactory, DeliveryFactory, SubscriberFactory
from tests.reading import every, read, words
from tests.subscriptions.test_importing import signed_in

pytestmark = pytest.mark.django_db

LIST = "/admin/subscribers/"
GROWTH = "/admin/subscriber/growth/"


@pytest.fixture
def owner() -> Client:
    """A signed-in site owner."""
    return signed_in(SITE_OWNER)


def listed(client: Client, query: str = "") -> list[str]:
    """Return the addresses in the list."""
    return every(read(LIST + query, client), "td.field-address a")


def test_an_empty_list_says_how_it_fills(owner: Client) -> None:
    assert "Nobody has subscribed yet" in words(read(LIST, owner).select_one(".result-list, .content"))


def test_subscribers_are_found_by_address_status_rhythm_and_topic(owner: Client) -> None:
    topic = TopicPageFactory(title="Prison")
    SubscriberFactory(email="ada@example.org", topics=[topic])
    SubscriberFactory(email="bob@example.org", rhythm="weekly", topics=[TopicPageFactory()])
    SubscriberFactory(email="carol@example.org", status="unsubscribed")
    assert set(listed(owner)) == {"ada@example.org", "bob@example.org", "carol@example.org"}
    assert listed(owner, "?q=ADA@") == ["ada@example.org"]
    assert listed(owner, "?status__exact=unsubscribed") == ["carol@example.org"]
    assert listed(owner, "?rhythm__exact=weekly") == ["bob@example.org"]
    assert set(listed(owner, f"?topic={topic.pk}")) == {"ada@example.org", "carol@example.org"}
    assert len(listed(owner, "?topic=x")) == 3


def test_a_subscriber_is_seen_with_what_they_agreed_to_and_got(owner: Client) -> None:
    subscriber = SubscriberFactory(email="ada@example.org")
    ConsentRecordFactory(subscriber=subscriber, wording="Yes, <b>please</b>.", evidence={"topics": "all"})
    DeliveryFactory(subscriber=subscriber, mailing__title="What waiting rooms tell us")
    page = words(read(f"{LIST}inspect/{subscriber.pk}/", owner).body)
    assert "Yes, <b>please</b>." in page
    assert "What waiting rooms tell us" in page


def test_nobody_is_added_edited_or_deleted_by_hand(owner: Client) -> None:
    subscriber = SubscriberFactory()
    for path in ("create/", f"edit/{subscriber.pk}/", f"delete/{subscriber.pk}/"):
        assert owner.get(LIST + path).status_code in (302, 403, 404)
    assert not every(read(LIST, owner), "a[href$='create/']")


def test_no_spreadsheet_takes_an_address_for_a_formula(owner: Client) -> None:
    SubscriberFactory(email="=1+1@example.org")
    answer = owner.get(f"{LIST}?export=csv")
    text = b"".join(answer).decode()
    assert "'=1+1@example.org" in text
    assert ",=" not in text
    assert "\n=" not in text


def test_all_are_taken_away_as_csv_with_their_consent_row_by_row(owner: Client) -> None:
    for number in range(3):
        ConsentRecordFactory(subscriber=SubscriberFactory(email=f"reader-{number}@example.org"))
    answer = owner.get(f"{LIST}?export=csv")
    assert answer.streaming
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    rows = list(csv.DictReader(StringIO(text)))
    assert {row["E-mail"] for row in rows} == {f"reader-{number}@example.org" for number in range(3)}
    assert rows[0]["What they agreed to"] == "I want new reviews by e-mail."


def test_an_owner_unsubscribes_and_erases_after_being_asked(owner: Client) -> None:
    subscriber = SubscriberFactory(email="ada@example.org")
    end, remove = (f"/admin/subscriber/{subscriber.pk}/{action}/" for action in ("end", "erase"))
    assert "Send no more mails to ada@example.org?" in words(read(end, owner).body)
    subscriber.refresh_from_db()
    assert subscriber.status == "active"
    owner.post(end)
    subscriber.refresh_from_db()
    assert subscriber.status == "unsubscribed"
    assert "cannot be undone" in words(read(remove, owner).body)
    assert Subscriber.objects.exists()
    assert "is deleted" in owner.post(remove, follow=True).content.decode()
    assert not Subscriber.objects.exists()


def test_the_chart_counts_who_joined_and_left_also_who_was_erased_since(owner: Client) -> None:
    assert "Nobody has confirmed" in words(read(GROWTH, owner).body)
    now = timezone.now()
    for weeks, event in ((3, "confirmed"), (3, "imported"), (2, "unsubscribed"), (0, "confirmed"), (0, "asked")):
        ConsentRecordFactory(event=event, at=now - timedelta(weeks=weeks))
    gone = ConsentRecordFactory(event="confirmed", at=now - timedelta(weeks=3)).subscriber
    erase(gone, "asked")
    figures = [every(row, "td") for row in read(GROWTH, owner).select(".listing tbody tr")]
    assert figures == [["1", "0", "1"], ["0", "0", "0"], ["0", "1", "-1"], ["3", "0", "3"]]
    assert read(f"{GROWTH}?by=month", owner).select(".listing tbody tr")


@pytest.mark.parametrize("role", [EDITOR, MODERATOR])
def test_who_is_no_owner_sees_no_subscriber(role: str) -> None:
    client = signed_in(role)
    subscriber = SubscriberFactory()
    for path in (LIST, f"{LIST}inspect/{subscriber.pk}/", GROWTH, f"/admin/subscriber/{subscriber.pk}/erase/"):
        assert client.get(path).status_code in (302, 403)
    client.post(f"/admin/subscriber/{subscriber.pk}/erase/")
    assert Subscriber.objects.exists()


def test_a_long_list_takes_as_many_queries_as_a_short_one(owner: Client) -> None:
    topics = [TopicPageFactory(), TopicPageFactory()]
    counts = []
    for _time in range(2):
        for _number in range(20):
            SubscriberFactory(topics=topics)
        with CaptureQueriesContext(connection) as queries:
            listed(owner)
        counts.append(len(queries))
    assert counts[0] == counts[1]
