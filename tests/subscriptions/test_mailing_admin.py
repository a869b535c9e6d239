"""Editors see what is mailed and when beside the review, and decide about it; moderators do so in the list too."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.roles import EDITOR, MODERATOR, SITE_OWNER
from research_reviews.models import ReviewPage
from subscriptions import planning
from subscriptions.models import Delivery, Mailing
from tests.factories import ReviewPageFactory, UserFactory
from tests.factories.subscriptions import DeliveryFactory, MailingFactory, SubscriberFactory
from tests.reading import words
from tests.research_reviews.desk import signed_in

pytestmark = pytest.mark.django_db

INDEX = "mailings_modeladmin_index"
INSPECT = "mailings_modeladmin_inspect"
DELIVERIES = "deliveries_modeladmin_index"


def panel(page: ReviewPage, client: Client | None = None) -> BeautifulSoup:
    """Return what stands beside the review in its editor."""
    answer = (client or signed_in(MODERATOR)).get(reverse("editor_panels", args=[page.pk]))
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def buttons(page: BeautifulSoup) -> list[str]:
    return [words(button) for button in page.select("button[data-post]")]


def decide(page: ReviewPage, name: str, client: Client | None = None) -> int:
    """Press a button beside the review."""
    address = reverse("review_mailing_action", args=[page.pk, name])
    return (client or signed_in(MODERATOR)).post(address).status_code


def state_of(page: ReviewPage) -> str:
    return Mailing.objects.get(page=page).status


def test_the_editor_says_whom_a_draft_will_be_mailed_to_and_when() -> None:
    SubscriberFactory.create_batch(2)
    draft = ReviewPageFactory(published=False)
    assert "it goes to 2 subscribers 1 minute later" in words(panel(draft))


def test_the_panel_stands_in_the_editor_of_a_review_and_not_of_a_new_one() -> None:
    draft = ReviewPageFactory(published=False)
    client = signed_in(EDITOR)
    editor = client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).content.decode()
    assert "<editor-panels" in editor
    assert "Mail to subscribers" in editor
    new = client.get(reverse("wagtailadmin_pages:add", args=["research_reviews", "reviewpage", draft.get_parent().pk]))
    assert "begins with the first save" in new.content.decode()


def test_an_editor_holds_the_mail_before_publication_and_nothing_is_sent_until_it_is_released() -> None:
    draft = ReviewPageFactory(published=False)
    assert decide(draft, "hold", signed_in(EDITOR)) == 200
    draft.get_latest_revision().publish()
    assert state_of(draft) == "held"
    assert "on hold" in words(panel(draft))
    assert decide(draft, "send") == 200
    assert state_of(draft) == "planned"


def test_an_editor_skips_the_mail_and_it_is_noted_who_did() -> None:
    draft = ReviewPageFactory(published=False)
    user = UserFactory(role=EDITOR)
    client = Client()
    client.force_login(user)
    assert decide(draft, "skip", client) == 200
    draft.get_latest_revision().publish()
    assert state_of(draft) == "skipped"
    assert f"{user} decided so." in words(panel(draft))


def test_who_only_writes_cannot_send() -> None:
    page = ReviewPageFactory()
    planning.hold(Mailing.objects.get(page=page))
    client = signed_in(EDITOR)
    assert decide(page, "send", client) in {302, 403}
    assert state_of(page) == "held"


def test_an_old_review_is_sent_when_an_editor_says_so() -> None:
    page = ReviewPageFactory(published_on=timezone.localdate() - timedelta(days=400))
    assert "It was not mailed" in words(panel(page))
    assert decide(page, "send") == 200
    assert state_of(page) == "planned"


def test_a_draft_is_not_sent() -> None:
    draft = ReviewPageFactory(published=False)
    assert decide(draft, "send") == 409
    assert not Mailing.objects.filter(page=draft, status="planned").exists()


def test_a_decision_that_comes_too_late_changes_nothing_and_says_so() -> None:
    page = ReviewPageFactory()
    Mailing.objects.filter(page=page).update(status="sent")
    answer = signed_in(MODERATOR).post(reverse("review_mailing_action", args=[page.pk, "hold"]))
    assert answer.status_code == 409
    assert "cannot be done now: the mailing is sent" in answer.content.decode()


def test_looking_decides_nothing() -> None:
    draft = ReviewPageFactory(published=False)
    client = signed_in(MODERATOR)
    assert client.get(reverse("review_mailing_action", args=[draft.pk, "hold"])).status_code == 405
    assert not Mailing.objects.exists()


def test_a_test_of_the_draft_goes_to_the_editor_alone() -> None:
    SubscriberFactory()
    draft = ReviewPageFactory(published=False, title="Someone awake")
    user = UserFactory(role=EDITOR, email="editor@example.org")
    client = Client()
    client.force_login(user)
    assert "Send a test to editor@example.org" in buttons(panel(draft, client))
    assert client.post(reverse("review_mail_test", args=[draft.pk])).status_code == 200
    [message] = mail.outbox
    assert message.to == ["editor@example.org"]
    assert message.subject == "[Test] Someone awake"
    assert "/subscribe/" in message.body
    assert ".invalid/" not in message.body


def test_a_mail_server_that_is_away_is_told_to_the_editor(settings: object) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # type: ignore[attr-defined]
    answer = signed_in(MODERATOR).post(reverse("review_mail_test", args=[ReviewPageFactory(published=False).pk]))
    assert answer.status_code == 409
    assert "did not take it" in answer.content.decode()


def test_the_preview_shows_both_parts_of_the_draft_and_lets_nothing_run() -> None:
    draft = ReviewPageFactory(published=False, title="A <script>alert(1)</script> title")
    page = signed_in(EDITOR).get(reverse("review_mail_preview", args=[draft.pk]))
    frame = BeautifulSoup(page.content, "html.parser").select_one("iframe[srcdoc]")
    assert frame
    assert "allow-scripts" not in frame["sandbox"]
    assert "allow-same-origin" not in frame["sandbox"]
    assert "<script" not in frame["srcdoc"]
    assert BeautifulSoup(page.content, "html.parser").select_one("pre")


def test_the_list_shows_how_far_each_mailing_has_come() -> None:
    mailing = MailingFactory()
    DeliveryFactory.create_batch(2, mailing=mailing, status=Delivery.Status.SENT)
    DeliveryFactory(mailing=mailing, status=Delivery.Status.FAILED)
    DeliveryFactory(mailing=mailing)
    page = BeautifulSoup(signed_in(MODERATOR).get(reverse(INDEX)).content, "html.parser")
    figures = words(page.select_one("mailing-progress"))
    assert "2 sent" in figures
    assert "1 queued" in figures
    assert "1 failed" in figures
    progress = page.select_one("progress")
    assert progress
    assert (progress["value"], progress["max"]) == ("3", "4")


def test_the_list_asks_as_much_of_the_database_for_many_mailings_as_for_few() -> None:
    client = signed_in(MODERATOR)
    counts = []
    for number in (1, 1, 6):
        DeliveryFactory.create_batch(number)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(INDEX))
        counts.append(len(queries))
    assert counts[1] == counts[2]


def test_a_mailing_is_stopped_resumed_and_its_failed_mails_tried_again() -> None:
    mailing = MailingFactory(page=ReviewPageFactory(published_on=timezone.localdate() - timedelta(days=400)))
    failed = DeliveryFactory(mailing=mailing, status=Delivery.Status.FAILED)
    client = signed_in(MODERATOR)
    inspect = reverse(INSPECT, args=[mailing.pk])
    assert "Stop sending" in client.get(inspect).content.decode()
    for name, state in (("stop", "stopped"), ("resume", "sending"), ("retry", "sending")):
        answer = client.post(reverse("mailing_action", args=[mailing.pk, name]), follow=True)
        assert answer.redirect_chain == [(inspect, 302)]
        mailing.refresh_from_db()
        assert mailing.status == state
    failed.refresh_from_db()
    assert failed.status == Delivery.Status.QUEUED


def test_the_mailing_shows_its_mail_as_it_went_out() -> None:
    page = ReviewPageFactory()
    mailing = Mailing.objects.get(page=page)
    Mailing.objects.filter(pk=mailing.pk).update(html="<p>As it went out</p>", text="As it went out")
    answer = signed_in(SITE_OWNER).get(reverse(INSPECT, args=[mailing.pk]))
    frame = BeautifulSoup(answer.content, "html.parser").select_one("iframe")
    assert frame
    assert frame["srcdoc"] == "<p>As it went out</p>"


@pytest.mark.parametrize("kind", [Mailing.Kind.REVIEW, Mailing.Kind.DIGEST])
def test_a_mailing_without_its_review_can_still_be_looked_at(kind: str) -> None:
    now = timezone.now()
    mailing = MailingFactory(kind=kind, since=now - timedelta(days=7), until=now)
    assert signed_in(MODERATOR).get(reverse(INSPECT, args=[mailing.pk])).status_code == 200


def test_editors_see_neither_the_list_of_mailings_nor_whom_they_went_to() -> None:
    mailing = MailingFactory()
    client = signed_in(EDITOR)
    for address in (reverse(INDEX), reverse(DELIVERIES), reverse("mailing_progress", args=[mailing.pk])):
        assert client.get(address).status_code in {302, 403}
    assert client.post(reverse("mailing_action", args=[mailing.pk, "stop"])).status_code in {302, 403}


def test_deliveries_are_found_by_a_part_of_the_address_and_by_mailing() -> None:
    wanted = DeliveryFactory(subscriber=SubscriberFactory(email="ada@example.org"), detail="550 no such user")
    DeliveryFactory(subscriber=SubscriberFactory(email="grace@example.com"))
    client = signed_in(MODERATOR)
    for query in ({"q": "ada@"}, {"mailing": wanted.mailing_id}):
        html = client.get(reverse(DELIVERIES), query).content.decode()
        assert "ada@example.org" in html
        assert "grace@example.com" not in html
    nonsense = client.get(reverse(DELIVERIES), {"mailing": "9" * 40, "q": "%' OR 1=1"})
    assert nonsense.status_code == 200


def test_deliveries_are_exported_and_an_erased_subscriber_breaks_nothing() -> None:
    delivery = DeliveryFactory(subscriber=None, status=Delivery.Status.SENT, message_id="<1@example.org>")
    client = signed_in(SITE_OWNER)
    answer = client.get(reverse(DELIVERIES), {"export": "csv"})
    assert b"<1@example.org>" in b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    inspect = client.get(reverse("deliveries_modeladmin_inspect", args=[delivery.pk]))
    assert "an address that was erased" in inspect.content.decode()


def test_empty_lists_say_what_will_stand_there() -> None:
    client = signed_in(MODERATOR)
    assert "Nothing has been mailed yet" in client.get(reverse(INDEX)).content.decode()
    assert "No mail has been sent yet" in client.get(reverse(DELIVERIES)).content.decode()
