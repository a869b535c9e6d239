"""An owner takes over a list of subscribers from elsewhere."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from core.roles import EDITOR, MODERATOR, SITE_OWNER
from subscriptions import importing, leaving
from subscriptions.importing import forget_lists, import_piece
from subscriptions.models import ConsentRecord, Subscriber, SubscriberImport
from tests.factories import PASSWORD, TopicPageFactory, UserFactory
from tests.factories.subscriptions import SubscriberFactory
from tests.reading import every, find, read, words

pytestmark = pytest.mark.django_db

UPLOAD = "/admin/subscriber/import/"
LIST = """Email Address,OPTIN_TIME,Source,Status,Groups
Ada@Example.org,2024-03-01 10:00:00,Conference desk,subscribed,prison
bob@example.org,,Website,,
BOB@example.org,,Website,,
carol@example.org,2023-01-05 09:00:00,Website,unsubscribed,
no address,2023-01-05,Website,subscribed,
dora@example.org,2093-01-05,Website,subscribed,
"""
STATEMENT = "They ticked “Send me new reviews” at the conference desk in March 2024."


@pytest.fixture
def owner() -> Client:
    """A signed-in site owner."""
    return signed_in(SITE_OWNER)


def signed_in(role: str) -> Client:
    """Return the browser of somebody with the role."""
    client = Client()
    client.login(username=UserFactory(role=role).username, password=PASSWORD)
    return client


def upload(client: Client, content: str | bytes = LIST, name: str = "list.csv") -> Any:
    """Upload a list."""
    data = content.encode() if isinstance(content, str) else content
    return client.post(UPLOAD, {"file": SimpleUploadedFile(name, data, "text/csv")})


def columns_of(client: Client, address: str) -> dict[str, str]:
    """Return what is recognised of the columns."""
    page = read(address, client)
    return {
        str(field["name"]): str(option["value"])
        for field in page.select("select[name^=column_]")
        for option in field.select("option[selected]")
    }


def check(client: Client, content: str = LIST, **changes: Any) -> str:
    """Upload a list and have it checked. Returns its address."""
    address: str = upload(client, content)["Location"]
    data = {**columns_of(client, address), "statement": STATEMENT, "rhythm": "each", "action": "check", **changes}
    assert client.post(address, data).status_code == 302
    work()
    return address


def work() -> None:
    """Do what the worker does."""
    while import_piece():
        pass


def outcomes(client: Client, address: str) -> list[int]:
    """Return the numbers of the list's page: new, known, left, twice, wrong."""
    return [int(number.replace(",", "")) for number in every(read(address, client), ".import__outcomes td")]


def test_a_list_is_checked_before_anything_is_written_and_then_imported_with_its_evidence(owner: Client) -> None:
    prison = TopicPageFactory(title="Prison")
    SubscriberFactory(email="carol@example.org", status="unsubscribed")
    address = check(owner)
    assert outcomes(owner, address) == [2, 0, 1, 1, 2]
    assert Subscriber.objects.count() == 1
    page = read(address, owner)
    assert every(page, ".import__problems li") == [
        "Row 6 (“no address”): not an e-mail address; left out.",
        "Row 7 (“dora@example.org”): the day on which they agreed is no date in the past; left out.",
    ]

    owner.post(address, {"action": "import"})
    work()
    assert outcomes(owner, address) == [2, 0, 1, 1, 2]
    ada, bob = (Subscriber.objects.get(email=f"{name}@example.org") for name in ("ada", "bob"))
    assert (ada.status, ada.all_topics, list(ada.topics.all())) == ("active", False, [prison])
    assert ada.confirmed_at is not None
    assert f"{ada.confirmed_at:%Y-%m-%d}" == "2024-03-01"
    assert (bob.status, bob.all_topics) == ("active", True)
    record = ConsentRecord.objects.get(subscriber=ada)
    assert (record.event, record.wording, record.where) == ("imported", STATEMENT, "Conference desk")
    assert record.evidence["agreed_at"] == "2024-03-01 10:00:00"
    assert (record.evidence["file"], record.evidence["row"]) == ("list.csv", 2)
    assert Subscriber.objects.get(email="carol@example.org").status == "unsubscribed"
    assert SubscriberImport.objects.get().content == ""


def test_nobody_is_brought_back(owner: Client) -> None:
    for status in ("unsubscribed", "suppressed"):
        SubscriberFactory(email=f"{status}@example.org", status=status)
    leaving.erase(SubscriberFactory(email="erased@example.org"), leaving.BY_THEMSELVES)
    before = SubscriberFactory(email="active@example.org", rhythm="weekly")
    SubscriberFactory(email="pending@example.org", status="pending")
    names = ("unsubscribed", "suppressed", "erased", "active", "pending")
    address = check(owner, "email\n" + "".join(f"{name}@example.org\n" for name in names))
    assert outcomes(owner, address) == [1, 1, 3, 0, 0]
    owner.post(address, {"action": "import"})
    work()
    before.refresh_from_db()
    assert before.rhythm == "weekly"
    found = dict(Subscriber.objects.values_list("email", "status"))
    assert found == {
        "unsubscribed@example.org": "unsubscribed",
        "suppressed@example.org": "suppressed",
        "active@example.org": "active",
        "pending@example.org": "active",
    }


def test_an_import_that_is_stopped_or_killed_goes_on_where_it_was(
    owner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "ROWS_AT_ONCE", 7)
    rows = [f"reader-{number % 40}@example.org" for number in range(50)]
    address = check(owner, "email\n" + "\n".join(rows))
    assert outcomes(owner, address) == [40, 0, 0, 10, 0]
    owner.post(address, {"action": "import"})
    import_piece()
    assert Subscriber.objects.count() == 7

    def killed(*args: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(importing, "write", killed)
        with pytest.raises(KeyboardInterrupt):
            import_piece()
    assert Subscriber.objects.count() == 7
    owner.post(address, {"action": "stop"})
    assert not import_piece()
    assert "7 of 50 rows" in words(read(address, owner).select_one(".import"))
    # Another process goes on, which has not read the rows before.
    monkeypatch.setattr(importing, "_read", ((0, 0), set()))
    owner.post(address, {"action": "resume"})
    work()
    assert outcomes(owner, address) == [40, 0, 0, 10, 0]
    assert Subscriber.objects.count() == ConsentRecord.objects.count() == 40


def test_the_same_list_a_second_time_changes_nothing(owner: Client) -> None:
    for _time in range(2):
        address = check(owner)
        owner.post(address, {"action": "import"})
        work()
    assert outcomes(owner, address) == [0, 2, 1, 1, 2]
    assert ConsentRecord.objects.count() == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"email\n", "nothing in the file"),
        (b"PK\x03\x04\x00\x00\x00\x81\x8d", "no text file"),
        (b'email\n"' + b"x" * 200_000, "broken"),
    ],
)
def test_what_is_no_list_is_refused_with_a_word_of_what_to_do(owner: Client, content: bytes, said: str) -> None:
    answer = upload(owner, content)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not SubscriberImport.objects.exists()


@pytest.mark.parametrize(
    "content",
    [
        "ada@example.org\nbob@example.org\n",
        "\ufeffE-Mail;Name\nada@example.org;Ada\n",
        "Name\tE-mail\nÅsa\tada@example.org\n",
        'name,email\n"Reader, Ada\nthe second",ada@example.org\n',
    ],
)
def test_columns_are_recognised_however_the_list_is_written(owner: Client, content: str) -> None:
    address = check(owner, content)
    owner.post(address, {"action": "import"})
    work()
    assert Subscriber.objects.filter(email="ada@example.org", status="active").exists()


def test_latin_1_is_read(owner: Client) -> None:
    address = upload(owner, "name,email\nÅsa,asa@example.org\n".encode("cp1252"))["Location"]
    assert "Åsa" in every(read(address, owner), "td")


def test_without_a_word_of_how_they_agreed_nothing_is_checked(owner: Client) -> None:
    address = upload(owner)["Location"]
    answer = owner.post(address, {**columns_of(owner, address), "rhythm": "each", "action": "check"})
    assert answer.status_code == 422
    assert find(read(address, owner), "textarea[name=statement]")
    assert SubscriberImport.objects.get().status == "uploaded"


def test_hostile_cells_are_shown_as_text(owner: Client) -> None:
    address = check(owner, "email,<script>alert(1)</script>\n<b>x</b>@example.org,<i>y</i>\n")
    page = read(address, owner)
    assert "<b>x</b>@example.org" in words(page.select_one(".import__problems"))


@pytest.mark.parametrize("role", [EDITOR, MODERATOR])
def test_only_owners_import(role: str) -> None:
    client = signed_in(role)
    assert client.get(UPLOAD).status_code in (302, 403)
    assert upload(client).status_code in (302, 403)
    assert not SubscriberImport.objects.exists()


def test_a_list_that_nobody_goes_on_with_is_deleted(owner: Client) -> None:
    upload(owner)
    forget_lists()
    assert SubscriberImport.objects.exists()
    SubscriberImport.objects.update(created_at=timezone.now() - timedelta(days=8))
    forget_lists()
    assert not SubscriberImport.objects.exists()
