"""Lists as Mailchimp, MailPoet and Jetpack write them, with the evidence of consent that they hold."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from core.roles import SITE_OWNER
from subscriptions import importing
from subscriptions.import_forms import read
from subscriptions.import_programs import origin_of
from subscriptions.import_statuses import Standing, standing_of
from subscriptions.importing import import_piece
from subscriptions.models import ConsentRecord, Subscriber, SubscriberImport, Suppression
from tests.factories import PASSWORD, TopicPageFactory, UserFactory
from tests.factories.subscriptions import SubscriberFactory
from tests.reading import find, words
from tests.reading import read as page_at

pytestmark = pytest.mark.django_db

STATEMENT = "They ticked “Send me new reviews” on our old site."
MAILCHIMP = (
    '"Email Address","First Name","Last Name",State,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LATITUDE,'
    "LONGITUDE,GMTOFF,DSTOFF,TIMEZONE,CC,REGION,LAST_CHANGED,LEID,EUID,NOTES,TAGS\n"
    'Ada@Example.org,Ada,"Reader, ""the first""",CA,4,"2021-07-03 21:47:23",192.0.2.1,"2021-07-03 21:50:00",192.0.2.2,'
    '51.5,-0.1,0,1,Europe/London,GB,ENG,"2023-01-01 00:00:00",1,abc,"A note\nof two lines","""Prison"",""VIP"""\n'
    'bob@example.org,Bob,,,2,,,"2022/01/05 08:00:00",198.51.100.7,,,,,,,,"2022-01-05 08:00:00",2,def,,\n'
    "ADA@EXAMPLE.ORG,,,,2,,,2022-01-05 08:00:00,,,,,,,,,,3,ghi,,\n"
)
UNSUBSCRIBED = (
    '"Email Address","First Name",UNSUB_TIME,UNSUB_CAMPAIGN_TITLE,UNSUB_CAMPAIGN_ID,UNSUB_REASON,UNSUB_REASON_OTHER,'
    "MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LEID,EUID\n"
    'gone@example.org,Gone,"2023-05-01 10:00:00",June,1,"NORMAL",,2,,,"2020-01-01 00:00:00",192.0.2.9,4,x\n'
    'imported@example.org,I,"2023-05-01 10:00:00",June,1,SPAM,,2,,,"2020-01-01 00:00:00",192.0.2.9,5,y\n'
    'asked@example.org,A,"2023-05-01 10:00:00",June,1,,,2,,,"2020-01-01 00:00:00",192.0.2.9,6,z\n'
)
CLEANED = (
    '"Email Address",CLEAN_TIME,CLEAN_CAMPAIGN_TITLE,CLEAN_CAMPAIGN_ID,LEID,EUID,MEMBER_RATING\n'
    "dead@example.org,2023-05-01 10:00:00,June,1,7,q,1\n"
)
MAILPOET = (
    '\ufeff"Email","First name","Last name","Subscription IP","Subscription time","Confirmation time",'
    '"Confirmation IP","List status","Global status","List"\n'
    '"ada@example.org","Ada \\"Lace\\", the elder","X\\","192.0.2.1","2021-07-03 21:47:23","2021-07-03 21:50:00",'
    '"192.0.2.2","unsubscribed","subscribed","Old Letter"\n'
    '"ada@example.org","Ada","X","192.0.2.1","2021-07-03 21:47:23","2021-07-03 21:50:00",'
    '"192.0.2.2","subscribed","subscribed","New Reviews"\n'
    '"bob@example.org","\'=Bob","","","2021-07-03 21:47:23","0000-00-00 00:00:00","","subscribed","unconfirmed","New"\n'
    '"carol@example.org","","","","2021-07-03 21:47:23","","","subscribed","inactive","New"\n'
    '"dora@example.org","","","","2021-07-03 21:47:23","","","subscribed","bounced","New"\n'
    '"eve@example.org","","","","2021-07-03 21:47:23","","","subscribed","unsubscribed","New"\n'
    '"fay@example.org","","","","0000-00-00 00:00:00","","","subscribed","subscribed","New"\n'
)
JETPACK = (
    "Email;Name;Email subscription;Subscription type;Since\r\n"
    "ada@example.org;Ada;Subscribed;Free;January 5, 2022\r\n"
    "bob@example.org;;Not confirmed;Free;2022-01-05\r\n"
    "carol@example.org;;Not sending;Paid;2022-01-05\r\n"
    "dora@example.org;;Not subscribed;Free;2022-01-05\r\n"
)


def work() -> None:
    """Do what the worker does."""
    while import_piece():
        pass


def imported(name: str, content: str, *options: str, tmp_path: Path) -> SubscriberImport:
    """Take a list over by the command, and return it."""
    file = tmp_path / name
    file.write_text(content, newline="")
    call_command("import_subscribers", str(file), "--statement", STATEMENT, *options)
    return SubscriberImport.objects.latest("pk")


def statuses() -> dict[str, str]:
    """Return who is what, by the first part of the address."""
    found = Subscriber.objects.values_list("email", "status")
    return {email.partition("@")[0]: status for email, status in found}


def test_mailchimp_keeps_when_and_from_where_they_agreed_in_utc(tmp_path: Path) -> None:
    prison = TopicPageFactory(title="Prison")
    todo = imported("subscribed_members_export_ab12.csv", MAILCHIMP, tmp_path=tmp_path)
    assert (todo.program, todo.holds, todo.counts) == ("mailchimp", "subscribed", {"new": 2, "twice": 1})
    ada, bob = (Subscriber.objects.get(email=f"{name}@example.org") for name in ("ada", "bob"))
    assert (ada.created_at, ada.confirmed_at) == (
        datetime(2021, 7, 3, 21, 47, 23, tzinfo=UTC),
        datetime(2021, 7, 3, 21, 50, tzinfo=UTC),
    )
    assert list(ada.topics.all()) == [prison]
    # Who subscribed by a single click has only the time of that.
    assert bob.created_at == bob.confirmed_at == datetime(2022, 1, 5, 8, tzinfo=UTC)
    evidence = ConsentRecord.objects.get(subscriber=ada).evidence
    assert {name: evidence[name] for name in ("agreed_at", "agreed_ip", "confirmed_at", "confirmed_ip")} == {
        "agreed_at": "2021-07-03 21:47:23",
        "agreed_ip": "192.0.2.1",
        "confirmed_at": "2021-07-03 21:50:00",
        "confirmed_ip": "192.0.2.2",
    }
    assert (evidence["program"], evidence["file"]) == ("Mailchimp", "subscribed_members_export_ab12.csv")


def test_the_list_of_those_who_unsubscribed_subscribes_nobody_and_is_remembered(tmp_path: Path) -> None:
    SubscriberFactory(email="imported@example.org").records.create(event="imported", at=timezone.now())
    asked = SubscriberFactory(email="asked@example.org")
    asked.records.create(event="confirmed", at=timezone.now() - timedelta(days=3))
    todo = imported("unsubscribed_members_export_ab12.csv", UNSUBSCRIBED, tmp_path=tmp_path)
    assert (todo.program, todo.holds, todo.counts) == ("mailchimp", "unsubscribed", {"over": 2, "left": 1})
    # Who asked here after they had left there is not to be touched.
    assert statuses() == {"imported": "unsubscribed", "asked": "active"}
    record = ConsentRecord.objects.get(subscriber__email="imported@example.org", event="unsubscribed")
    assert (record.evidence["ended_at"], record.evidence["ended_why"]) == ("2023-05-01 10:00:00", "SPAM")
    # Of the one who is not here, no address is kept, and no list brings them in.
    assert not Subscriber.objects.filter(email="gone@example.org").exists()
    assert Suppression.objects.get().reason == "unsubscribed elsewhere"
    later = imported("list.csv", "email\ngone@example.org\nimported@example.org\n", tmp_path=tmp_path)
    assert later.counts == {"left": 2}


def test_cleaned_addresses_are_suppressed(tmp_path: Path) -> None:
    SubscriberFactory(email="dead@example.org").records.create(event="imported")
    todo = imported("cleaned_members_export_ab12.csv", CLEANED, tmp_path=tmp_path)
    assert (todo.holds, todo.counts) == ("bounced", {"over": 1})
    dead = Subscriber.objects.get()
    assert (dead.status, dead.ended_at) == ("suppressed", datetime(2023, 5, 1, 10, tzinfo=UTC))
    assert ConsentRecord.objects.filter(event="bounced").count() == 1


def test_who_never_subscribed_is_left_out_and_not_remembered(tmp_path: Path) -> None:
    todo = imported("nonsubscribed_members_export_ab12.csv", MAILCHIMP, tmp_path=tmp_path)
    assert (todo.holds, todo.counts) == ("never", {"left": 2, "twice": 1})
    assert not Subscriber.objects.exists()
    assert not Suppression.objects.exists()


def test_mailpoet_is_read_as_it_writes(tmp_path: Path) -> None:
    todo = imported("MailPoet_export_x1.csv", MAILPOET, tmp_path=tmp_path)
    assert todo.program == "mailpoet"
    # Ada left one list and is on another; Bob never confirmed, Carol is inactive, Dora's mails came back, Eve left.
    assert todo.counts == {"new": 2, "left": 3, "over": 2}
    assert statuses() == {"ada": "active", "fay": "active"}
    ada = Subscriber.objects.get(email="ada@example.org")
    # WordPress has the time of its site: an hour ahead in July.
    assert ada.created_at == datetime(2021, 7, 3, 20, 47, 23, tzinfo=UTC)
    evidence = ConsentRecord.objects.get(subscriber=ada).evidence
    assert (evidence["source"], evidence["status"], evidence["confirmed_ip"]) == (
        "New Reviews",
        "subscribed",
        "192.0.2.2",
    )
    assert Suppression.objects.count() == 2


def test_mailpoet_goes_on_after_a_kill_without_counting_those_who_left_a_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "ROWS_AT_ONCE", 1)
    monkeypatch.setattr(importing, "remember", lambda *args: None)
    todo = imported("MailPoet_export_x1.csv", MAILPOET, tmp_path=tmp_path)
    assert todo.counts == {"new": 2, "left": 3, "over": 2}


def test_jetpack_with_semicolons_and_days_in_words(tmp_path: Path) -> None:
    todo = imported("subscribers-old-example-2024-05-01.csv", JETPACK, tmp_path=tmp_path)
    assert (todo.program, todo.counts) == ("jetpack", {"new": 1, "left": 1, "over": 2})
    assert f"{Subscriber.objects.get().created_at:%Y-%m-%d}" == "2022-01-05"


def test_jetpack_with_addresses_alone(tmp_path: Path) -> None:
    todo = imported("old.example.org-1234567-email.csv", "ada@example.org\r\nbob@example.org\r\n", tmp_path=tmp_path)
    assert (todo.program, todo.counts) == ("jetpack", {"new": 2})


def test_a_dry_run_writes_nothing_and_keeps_no_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "subscribed_members_export.csv"
    file.write_text(MAILCHIMP)
    call_command("import_subscribers", str(file), "--statement", STATEMENT, "--dry-run")
    said = capsys.readouterr().out
    assert "Mailchimp" in said
    assert "2  Will become active subscribers" in said
    assert [model.objects.count() for model in (Subscriber, SubscriberImport, Suppression)] == [0, 0, 0]


def test_the_same_list_again_changes_nothing(tmp_path: Path) -> None:
    for content in (MAILPOET, UNSUBSCRIBED):
        imported("list.csv", content, tmp_path=tmp_path)
    before = [*ConsentRecord.objects.values_list("pk"), *Suppression.objects.values_list("pk")]
    again = imported("list.csv", MAILPOET, tmp_path=tmp_path)
    assert again.counts == {"known": 2, "left": 5}
    assert [*ConsentRecord.objects.values_list("pk"), *Suppression.objects.values_list("pk")] == before


def test_who_left_may_be_forgotten(tmp_path: Path) -> None:
    SubscriberFactory(email="imported@example.org").records.create(event="imported")
    todo = imported("unsubscribed_members_export.csv", UNSUBSCRIBED, "--forget-who-left", tmp_path=tmp_path)
    assert todo.counts == {"left": 3}
    assert statuses() == {"imported": "active"}
    assert not Suppression.objects.exists()


@pytest.mark.parametrize(
    ("content", "options", "said"),
    [
        ("", [], "empty"),
        ("name\nAda\n", [], "No column of addresses"),
        ("email\nada@example.org\n", ["--topic", "nowhere"], "no topic"),
    ],
)
def test_the_command_says_what_is_wrong(content: str, options: list[str], said: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=said):
        imported("list.csv", content, *options, tmp_path=tmp_path)
    assert not SubscriberImport.objects.exists()


def test_the_command_says_that_there_is_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_subscribers", str(tmp_path / "none.csv"), "--statement", STATEMENT)


def test_the_importer_is_told_which_program_and_who_is_in_the_list() -> None:
    client = Client()
    client.login(username=UserFactory(role=SITE_OWNER).username, password=PASSWORD)
    file = SimpleUploadedFile("unsubscribed_members_export_1.csv", UNSUBSCRIBED.encode(), "text/csv")
    address = client.post("/admin/subscriber/import/", {"file": file})["Location"]
    page = page_at(address, client)
    assert "An export of Mailchimp" in words(page.select_one(".import .help-info"))
    assert find(page, "select[name=holds] option[selected]")["value"] == "unsubscribed"
    assert page.select_one("input[name=keeps_ended][checked]")
    fields: dict[str, Any] = {
        str(field["name"]): str(option["value"])
        for field in page.select("select")
        for option in field.select("option[selected]")
    }
    answer = client.post(
        address, {**fields, "rhythm": "each", "statement": STATEMENT, "keeps_ended": "on", "action": "check"}
    )
    assert answer.status_code == 302
    work()
    page = page_at(address, client)
    assert "Have left, and will be remembered" in words(page.select_one(".import__outcomes"))


@pytest.mark.parametrize(
    ("name", "header", "program", "holds"),
    [
        ("subscribed_email_audience_export_1.csv", ["Email Address"], "mailchimp", "subscribed"),
        ("list.csv", ["Email Address", "LEID", "EUID", "MEMBER_RATING"], "mailchimp", "subscribed"),
        ("list.csv", ["Email Address", "LEID", "EUID", "UNSUB_TIME"], "mailchimp", "unsubscribed"),
        ("list.csv", ["Email", "Global status", "List status"], "mailpoet", "subscribed"),
        ("MailPoet_export_1.csv", ["E-Mail", "Vorname"], "mailpoet", "subscribed"),
        ("list.csv", ["email", "name"], "", "subscribed"),
        ("people-who-opted-out.csv", ["email"], "", "unsubscribed"),
        ("bounces.csv", ["email"], "", "bounced"),
        ("unclean.csv", ["email"], "", "subscribed"),
    ],
)
def test_programs_are_recognised(name: str, header: list[str], program: str, holds: str) -> None:
    origin = origin_of(name, header)
    assert (origin.program, origin.holds) == (program, holds)


@pytest.mark.parametrize(
    ("word", "standing"),
    [
        ("", Standing.SUBSCRIBED),
        ("SUBSCRIBED", Standing.SUBSCRIBED),
        ("Abonné", Standing.SUBSCRIBED),
        ("Désabonné", Standing.UNSUBSCRIBED),
        ("Unbestätigt", Standing.PENDING),
        ("Not  sending", Standing.BOUNCED),
        ("Dado de baja", Standing.UNSUBSCRIBED),
        ("whatever", Standing.UNKNOWN),
    ],
)
def test_statuses_are_understood(word: str, standing: Standing) -> None:
    assert standing_of({"status": word}, "subscribed") == standing


def test_a_part_of_a_country_is_no_status() -> None:
    assert "status" not in read("subscribed_members_export.csv", MAILCHIMP.encode()).columns
