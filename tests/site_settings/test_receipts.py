"""Receipts of choices: what they prove, what they do not hold, and when they go."""

from __future__ import annotations

import hashlib
import json
import logging
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone
from wagtail.models import ReferenceIndex, Site

from core.page_cache import generation
from core.schedule import do_hourly_jobs
from site_settings import receipts
from site_settings.models import ConsentReceipt, ConsentText, PrivacySettings, Service
from tests.factories import ReceiptFactory, ServiceFactory
from tests.site_settings.visitors import choice_of, choose

pytestmark = pytest.mark.django_db


@pytest.fixture
def player() -> Service:
    """A service that needs consent."""
    service: Service = ServiceFactory(name="Player", cookies=("_films*",))
    return service


def receipts_aged(*days: int) -> list[ConsentReceipt]:
    """Receipts that were made so many days ago."""
    return [ReceiptFactory(made_at=timezone.now() - timedelta(days=age)) for age in days]


def test_a_choice_is_recorded_and_nothing_that_says_whose_it_was(client: Client, player: Service) -> None:
    headers = {"user-agent": "A browser with a name", "x-forwarded-for": "203.0.113.9", "accept-language": "cy"}
    with time_machine.travel("2026-07-01 12:00:00+01:00", tick=False):
        choose(client, "choose", headers=headers, service=[player.slug], object=["visit-counts"])

    choice = choice_of(client)
    receipt = ConsentReceipt.objects.get()
    assert choice
    assert receipt.visitor == choice.visitor
    assert receipt.made_at.isoformat() == "2026-07-01T11:00:00+00:00"
    assert (receipt.version, receipt.language, receipt.source) == (1, "en-gb", "page")
    assert (receipt.granted, receipt.objected) == ([player.slug], ["visit-counts"])
    assert (receipt.granted_names, receipt.objected_names) == ("Player", "Visit counts")
    known = " ".join(str(value) for value in ConsentReceipt.objects.values_list().get())
    assert "127.0.0.1" not in known
    assert "203.0.113.9" not in known
    assert "browser" not in known


@pytest.mark.parametrize(
    ("sent", "source"),
    [
        *((name, name) for name in ("banner", "centre", "embed", "page")),
        ("", "page"),
        ("=HYPERLINK(1)", "page"),
        ("x" * 500, "page"),
        ("\0", "page"),
    ],
)
def test_where_it_was_made_is_one_of_four(client: Client, player: Service, sent: str, source: str) -> None:
    place: Any = {"from": sent}
    choose(client, "reject", **place)
    assert ConsentReceipt.objects.get().source == source


def test_the_hash_is_of_the_texts_which_are_kept_once(client: Client, player: Service) -> None:
    choose(client, "accept")
    choose(Client(), "reject")

    text = ConsentText.objects.get()
    canonical = json.dumps(text.content, sort_keys=True, ensure_ascii=False)
    assert text.digest == hashlib.sha256(canonical.encode()).hexdigest()
    assert "The film and its player." in canonical
    assert "_films*" in canonical
    assert ConsentReceipt.objects.filter(text=text).count() == 2


def test_other_words_are_another_text_and_old_receipts_keep_theirs(client: Client, player: Service) -> None:
    choose(client, "accept")
    player.what_it_loads = "Films, and whatever else."
    player.save()
    choose(client, "accept")

    newest, oldest = ConsentReceipt.objects.all()
    assert newest.text != oldest.text
    assert "The film and its player." in json.dumps(oldest.text.content)


def test_a_flood_of_one_sender_is_not_recorded_but_each_choice_holds(
    client: Client, player: Service, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(receipts, "MOST_A_MINUTE_OF_ONE", 3)
    with time_machine.travel("2026-07-01 12:00:00+00:00", tick=False), caplog.at_level(logging.WARNING):
        for _time in range(6):
            visitor = Client()
            assert choose(visitor, "accept").status_code == 303
            assert choice_of(visitor)
        assert receipts.left_out_today() == 3
        choose(Client(REMOTE_ADDR="198.51.100.7"), "accept")

    assert ConsentReceipt.objects.count() == 4
    assert caplog.text.count("have no receipt") == 1


def test_a_flood_of_many_senders_is_not_recorded_either(player: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receipts, "MOST_A_MINUTE_OF_ALL", 3)
    with time_machine.travel("2026-07-01 12:00:00+00:00", tick=False):
        for number in range(6):
            choose(Client(REMOTE_ADDR=f"198.51.100.{number}"), "accept")
        assert ConsentReceipt.objects.count() == 3
    with time_machine.travel("2026-07-01 12:01:00+00:00", tick=False):
        choose(Client(), "accept")
    assert ConsentReceipt.objects.count() == 4


def test_a_choice_holds_although_its_receipt_cannot_be_written(
    client: Client, player: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(**values: Any) -> None:
        raise DatabaseError("database is locked")

    monkeypatch.setattr(ConsentReceipt.objects, "create", locked)
    assert choose(client, "accept").status_code == 303
    choice = choice_of(client)
    assert choice
    assert choice.granted == {player.slug}
    assert receipts.left_out_today() == 1


@pytest.mark.django_db(transaction=True)
def test_a_receipt_empties_no_cache_and_no_index_is_kept_of_it(client: Client) -> None:
    ServiceFactory()
    token = generation()
    choose(client, "accept")

    assert ConsentReceipt.objects.count() == 1
    assert generation() == token
    assert ConsentReceipt not in ReferenceIndex.tracked_models


def test_old_receipts_are_deleted_by_the_hour_and_the_others_stay() -> None:
    receipts_aged(3 * 365 + 1, 3 * 365 + 1)
    kept = receipts_aged(3 * 365 - 1, 0)

    do_hourly_jobs()
    do_hourly_jobs()

    assert set(ConsentReceipt.objects.all()) == set(kept)
    assert ConsentText.objects.exists()


def test_old_receipts_are_deleted_by_command_in_parts_as_the_owner_has_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receipts, "PURGED_AT_ONCE", 2)
    settings = PrivacySettings.for_site(Site.objects.get())
    settings.choice_days, settings.receipt_days = 30, 60
    settings.save()
    receipts_aged(59, 61, 61, 61, 200, 2000)

    said = StringIO()
    call_command("purge_receipts", stdout=said)
    call_command("purge_receipts", stdout=said)

    assert said.getvalue() == "Deleted 5 receipts.\nDeleted 0 receipts.\n"
    assert ConsentReceipt.objects.count() == 1
