"""All that one e-mail address left in responses is exported and erased, and threads stay whole."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import ModelLogEntry

from comments import moderation
from comments.models import Comment, ModerationNote
from core.roles import EDITOR, MODERATOR, SITE_OWNER
from tests.comments.conftest import Committed
from tests.factories import ReviewPageFactory, UserFactory
from tests.factories.comments import CommentFactory
from tests.reading import every, find, read
from tests.research_reviews.desk import signed_in

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/personal-data/"
ADA = "ada@example.org"
Status = Comment.Status


def run(*arguments: str) -> str:
    """Return what the command writes."""
    out = StringIO()
    call_command("personal_data", *arguments, stdout=out)
    return out.getvalue()


def ask(client: Client, action: str, **more: str) -> Any:
    """Press a button of the page."""
    return client.post(ADDRESS, {"email": ADA, "action": action, **more}, follow=True)


def test_an_export_holds_every_response_of_the_address_and_of_nobody_else() -> None:
    for status in Status:
        CommentFactory(status=status, email="Ada@Example.org", text=f"Ada’s words, {status} ☂")
    CommentFactory(text="Somebody else's")
    found = json.loads(run("export", f" {ADA} "))
    assert [record["text"] for record in found["Responses"]] == [f"Ada’s words, {status} ☂" for status in Status]
    assert "Somebody else" not in run("export", ADA)
    assert json.loads(run("export", "nobody@example.org")) == {}


@pytest.mark.parametrize("email", ["", "nobody", "a@b@example.org", "%", "ada@example.org\nbob@example.org"])
def test_the_command_refuses_what_is_no_address(email: str) -> None:
    with pytest.raises(CommandError, match="no e-mail address"):
        run("erase", email, "--no-input")


def test_erasing_empties_what_readers_see_deletes_the_rest_and_keeps_threads_whole() -> None:
    page = ReviewPageFactory()
    seen = CommentFactory(page=page, email=ADA, name="Ada Lovelace", website="https://ada.example.org/", text="Mine.")
    answer = CommentFactory(parent=seen, text="An answer to it.")
    answered = CommentFactory(page=page, email=ADA, name="Ada Lovelace", status=Status.REMOVED, text="Also mine.")
    CommentFactory(parent=answered, text="An answer to what was removed.")
    unseen = [CommentFactory(page=page, email=ADA, status=status) for status in (Status.WAITING, Status.SPAM)]
    assert "Responses: 4 erased." in run("erase", ADA.upper(), "--no-input")
    assert not Comment.objects.filter(pk__in=[comment.pk for comment in unseen]).exists()
    text = Client().get(page.url).content.decode()
    for gone in ("Ada Lovelace", "ada.example.org", "Mine."):
        assert gone not in text
    for kept in ("Erased", "An answer to it.", "An answer to what was removed."):
        assert kept in text
    assert Comment.objects.get(pk=answer.pk).parent_id == seen.pk
    assert "There was nothing to erase." in run("erase", ADA, "--no-input")


def test_nothing_of_the_person_stays_in_notes_and_history() -> None:
    comment = CommentFactory(email=ADA, name="Ada Lovelace", text="Call me.", sender="abc", reasons=["Ada, again"])
    user = UserFactory(role=MODERATOR)
    moderation.decide(comment, Status.REMOVED, user)
    moderation.decide(comment, Status.APPROVED, user)
    moderation.edit(comment, {"text": "Ada Lovelace, 01234"}, user)
    ModerationNote.objects.create(comment=comment, user=user, text="This is Ada Lovelace.")
    run("erase", ADA, "--no-input")
    left = [*Comment.objects.values(), *ModerationNote.objects.values(), *ModelLogEntry.objects.values()]
    assert "Ada" not in str(left)
    assert "01234" not in str(left)
    assert "abc" not in str(Comment.objects.values_list("sender"))
    assert ModelLogEntry.objects.filter(action="comments.approve").exists()


def test_cached_pages_lose_the_erased_words_at_once(page_cache: None, committed: Committed) -> None:
    comment = CommentFactory(email=ADA, text="Words to be forgotten.")
    assert comment.text in Client().get(comment.page.url).content.decode()
    with committed():
        run("erase", ADA, "--no-input")
    assert comment.text not in Client().get(comment.page.url).content.decode()


def test_the_owner_sees_downloads_and_erases_it_in_the_admin() -> None:
    owner = signed_in(SITE_OWNER)
    CommentFactory(email=ADA, text="<i>Mine</i>")
    found = ask(owner, "find")
    assert "&lt;i&gt;Mine&lt;/i&gt;" in found.content.decode()
    assert "no-store" in found["Cache-Control"]
    download = ask(owner, "download")
    assert download["Content-Disposition"] == 'attachment; filename="personal-data.json"'
    assert download.json()["Responses"][0]["text"] == "<i>Mine</i>"
    assert "Tick the box first." in ask(owner, "erase").content.decode()
    assert Comment.objects.filter(email=ADA).exists()
    assert "Erased. Responses: 1." in ask(owner, "erase", sure="on").content.decode()
    assert not Comment.objects.filter(email=ADA).exists()
    assert "The site keeps nothing of this address." in ask(owner, "find").content.decode()
    assert "nothing of this address to erase" in ask(owner, "erase", sure="on").content.decode()


def test_a_wrong_address_is_said_at_its_field() -> None:
    page = signed_in(SITE_OWNER).post(ADDRESS, {"email": "ada", "action": "erase", "sure": "on"})
    assert page.status_code == 422
    assert "Enter a valid email address" in page.content.decode()


@pytest.mark.parametrize("role", [EDITOR, MODERATOR])
def test_others_of_the_team_neither_see_nor_erase_it(role: str) -> None:
    CommentFactory(email=ADA)
    client = signed_in(role)
    assert client.get(ADDRESS).status_code == 302
    ask(client, "erase", sure="on")
    assert Comment.objects.filter(email=ADA).exists()
    assert "personal-data" not in client.get("/admin/").content.decode()


def test_looking_changes_nothing() -> None:
    owner = signed_in(SITE_OWNER)
    CommentFactory(email=ADA)
    find(read(f"{ADDRESS}?email={ADA}&action=erase&sure=on", owner), "form")
    assert every(read(ADDRESS, owner), "details") == []
    assert Comment.objects.filter(email=ADA).exists()
