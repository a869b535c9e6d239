"""Receipts in the admin: found, looked at, taken away, deleted when old; never made up and never changed."""

from __future__ import annotations

import csv
from datetime import timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from core.roles import EDITOR, MODERATOR, SITE_OWNER
from site_settings import receipt_admin
from site_settings.models import ConsentReceipt
from tests.factories import ReceiptFactory, ServiceFactory, UserFactory
from tests.reading import every, find, links, read, words
from tests.site_settings.visitors import choose

pytestmark = pytest.mark.django_db

LIST = "/admin/receipts/"
PURGE = reverse("purge_receipts")


@pytest.fixture
def owner() -> Client:
    """A site owner who has signed in."""
    client = Client()
    client.force_login(UserFactory(role=SITE_OWNER))
    return client


def numbers(owner: Client, query: str = "") -> list[str]:
    """How the numbers begin that the list shows."""
    return every(read(f"{LIST}{query}", owner), ".result-list tbody td:nth-of-type(2)")


def test_the_list_shows_the_latest_first_with_names_of_services(owner: Client) -> None:
    player = ServiceFactory(name="Player")
    choose(Client(), "accept")
    choose(Client(), "reject")

    rows = every(read(LIST, owner), ".result-list tbody tr")
    assert "Visit counts" in rows[0]
    assert player.name in rows[1]


def test_an_empty_list_says_what_it_will_hold(owner: Client) -> None:
    assert "No reader has chosen yet." in words(read(LIST, owner).main)


def test_receipts_are_found_by_number_by_its_beginning_and_by_a_whole_cookie(owner: Client) -> None:
    ReceiptFactory(visitor="ab" * 16)
    ReceiptFactory(visitor="ac" * 16)
    assert numbers(owner, "?q=ab") == ["abababab…"]
    assert numbers(owner, f"?q=+{'AB' * 16}") == ["abababab…"]
    assert numbers(owner, f"?q=1:x_y:y::{'ac' * 16}") == ["acacacac…"]
    assert len(numbers(owner, "?q=a")) == 2
    for nothing in ("?q=b", "?q=bab", "?q=%25", "?q=hello", "?q=%00"):
        assert numbers(owner, nothing) == []


def test_receipts_are_filtered_by_date_version_service_and_place(owner: Client) -> None:
    ServiceFactory(name="Player")
    ServiceFactory(name="Play")
    ReceiptFactory(visitor="a" * 32, granted=["player"])
    ReceiptFactory(visitor="b" * 32, objected=["visit-counts"], source="embed")
    ReceiptFactory(visitor="c" * 32, version=2, made_at=timezone.now() - timedelta(days=900))

    assert numbers(owner, "?about=allowed-player") == ["aaaaaaaa…"]
    assert numbers(owner, "?about=allowed-play") == []
    assert numbers(owner, "?about=objected-visit-counts") == ["bbbbbbbb…"]
    assert numbers(owner, "?of_version=2") == ["cccccccc…"]
    assert numbers(owner, "?source__exact=embed") == ["bbbbbbbb…"]
    week_ago = (timezone.now() - timedelta(days=7)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert set(numbers(owner, f"?made_at__gte={week_ago}")) == {"aaaaaaaa…", "bbbbbbbb…"}
    labels = every(read(LIST, owner), ".changelist-filter a")
    assert {"Allowed: Player", "Objected to: Visit counts", "Past 7 days", "Banner"} <= set(labels)


@pytest.mark.parametrize("query", ["?about=nonsense", "?of_version=x", f"?of_version={'9' * 50}", "?p=99999", "?o=9.x"])
def test_a_mistyped_address_still_shows_the_list(owner: Client, query: str) -> None:
    ReceiptFactory()
    assert len(numbers(owner, query)) == 1


def test_a_receipt_shows_the_texts_and_the_visitors_other_choices(owner: Client) -> None:
    ServiceFactory(name="Player", cookies=("_films*",))
    visitor = Client()
    choose(visitor, "accept")
    choose(visitor, "reject")
    newest = ConsentReceipt.objects.first()
    assert newest

    page = read(f"{LIST}inspect/{newest.pk}/", owner)

    text = words(page.main)
    for said in (newest.visitor, newest.text.digest, "The film and its player.", "_films*", "Visit counts", "Banner"):
        assert said in text
    assert "Other choices of the same visitor" in text
    other = links(page.main)[ConsentReceipt.objects.earliest("pk").made_at.strftime("%Y-%m-%d %H:%M:%S")]
    assert "Allowed Player" in words(read(other, owner).main)
    assert not page.select("main input[type=text], main textarea")


def test_receipts_are_taken_away_as_csv_and_as_a_spreadsheet(owner: Client) -> None:
    ServiceFactory(name="Player")
    choose(Client(), "accept")
    receipt = ConsentReceipt.objects.get()

    response = owner.get(f"{LIST}?export=csv")
    rows = list(csv.reader(StringIO(response.getvalue().decode())))
    sheet = load_workbook(BytesIO(owner.get(f"{LIST}?export=xlsx").getvalue())).active

    assert rows[0][:2] == ["Time (UTC)", "Visitor's number"]
    time = receipt.made_at.strftime("%Y-%m-%d %H:%M:%S")
    assert rows[1] == [time, receipt.visitor, "1", "player", "", "Page without script", "en-gb", receipt.text_id]
    assert sheet
    assert [str(cell or "") for cell in list(sheet.values)[1]] == rows[1]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row)


def test_nobody_makes_a_receipt_up_or_changes_one(owner: Client) -> None:
    receipt = ReceiptFactory()
    boss = Client()
    boss.force_login(UserFactory(superuser=True))
    for client in (owner, boss):
        for address in ("create/", f"edit/{receipt.pk}/"):
            assert client.get(f"{LIST}{address}").status_code == 302
            assert client.post(f"{LIST}{address}", {"version": 9}).status_code == 302
    receipt.refresh_from_db()
    assert (receipt.version, ConsentReceipt.objects.count()) == (1, 1)


def test_a_single_receipt_can_be_deleted_by_its_owner_when_a_reader_asks(owner: Client) -> None:
    receipt = ReceiptFactory()
    owner.post(f"{LIST}delete/{receipt.pk}/")
    assert not ConsentReceipt.objects.exists()


def test_old_receipts_are_deleted_after_a_question_that_says_how_many(owner: Client) -> None:
    kept = ReceiptFactory()
    for age in (1200, 2000):
        ReceiptFactory(made_at=timezone.now() - timedelta(days=age))

    assert "2 receipts are older than the settings say." in words(read(PURGE, owner).main)
    assert ConsentReceipt.objects.count() == 3
    response = owner.post(PURGE, follow=True)
    assert "2 old receipts were deleted." in response.content.decode()
    assert list(ConsentReceipt.objects.all()) == [kept]
    assert "No receipt is older" in words(read(PURGE, owner).main)


@pytest.mark.parametrize("role", [EDITOR, MODERATOR])
def test_receipts_are_the_site_owners_alone(role: str) -> None:
    receipt = ReceiptFactory(made_at=timezone.now() - timedelta(days=2000))
    client = Client()
    client.force_login(UserFactory(role=role))
    for address in (LIST, f"{LIST}?export=csv", f"{LIST}inspect/{receipt.pk}/", f"{LIST}delete/{receipt.pk}/", PURGE):
        assert client.get(address).status_code == 302
    client.post(PURGE)
    client.post(f"{LIST}delete/{receipt.pk}/")
    assert ConsentReceipt.objects.exists()
    assert "Receipts" not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_a_long_list_is_counted_no_further_than_it_is_paged(
    owner: Client, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any
) -> None:
    monkeypatch.setattr(receipt_admin, "MOST_LISTED", 60)
    for _number in range(70):
        ReceiptFactory()
    with django_assert_max_num_queries(25):
        page = read(LIST, owner)
    assert "More than 60 receipts" in words(page.main)
    assert words(find(read(f"{LIST}?q={'0' * 31}", owner), ".result-count")).endswith("out of 61")
    assert not page.select(".result-count")
    assert len(list(csv.reader(StringIO(owner.get(f"{LIST}?export=csv").getvalue().decode())))) == 71


def test_the_list_says_when_choices_had_no_receipt(owner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("site_settings.receipts.MOST_A_MINUTE_OF_ONE", 0)
    choose(Client(), "reject")
    assert "1 choice of today has no receipt" in words(read(LIST, owner).main)
