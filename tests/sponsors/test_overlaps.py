"""Two sponsorships of one topic never share a day: the form says with whom they clash, the database holds it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.test import Client
from django.urls import reverse

from research_reviews.models import TopicPage
from sponsors.models import Sponsor, Sponsorship
from sponsors.viewsets import SponsorCreateView, SponsorshipCreateView, SponsorshipEditView
from tests.factories import SponsorFactory, SponsorshipFactory, TopicPageFactory
from tests.research_reviews.desk import signed_in

JUNE = (date(2026, 6, 1), date(2026, 6, 30))

pytestmark = pytest.mark.django_db


def send(
    client: Client,
    sponsor: Sponsor,
    topic: TopicPage | None,
    first: str,
    last: str = "",
    to: Sponsorship | None = None,
    **more: str,
) -> Any:
    """Send the form of a new sponsorship, or of one that is there."""
    data = {
        "sponsor": str(sponsor.pk),
        "topic": str(topic.pk) if topic else "",
        "starts_on": first,
        "ends_on": last,
        "wording": "{topic} posts are sponsored by {sponsor}",
        "editorial_control": "None.",
        **more,
    }
    action, numbers = ("edit", [to.pk]) if to else ("add", [])
    return client.post(reverse(f"wagtailsnippets_sponsors_sponsorship:{action}", args=numbers), data)


def errors(response: Any) -> dict[str, list[str]]:
    """Return what the form says."""
    return dict(response.context["form"].errors)


@pytest.mark.parametrize("whole_site", [False, True])
@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-06-30", "2026-07-31"),
        ("2026-05-01", "2026-06-01"),
        ("2026-06-10", "2026-06-12"),
        ("2026-01-01", "2026-12-31"),
        ("2026-01-01", ""),
    ],
)
def test_the_form_names_who_sponsors_it_already_and_when(first: str, last: str, whole_site: bool) -> None:
    topic = None if whole_site else TopicPageFactory()
    SponsorshipFactory(topic=topic, sponsor=SponsorFactory(name="June Trust"), starts_on=JUNE[0], ends_on=JUNE[1])

    response = send(signed_in(), SponsorFactory(), topic, first, last)

    assert errors(response) == {
        "starts_on": [
            "June Trust sponsors it already (1 June 2026 to 30 June 2026). Choose other days, or end that one first."
        ]
    }
    assert response.context["form"]["starts_on"].value() == first
    assert Sponsorship.objects.count() == 1


@pytest.mark.parametrize(("first", "last"), [("2026-07-01", ""), ("2026-05-01", "2026-05-31")])
def test_the_day_before_and_the_day_after_are_free(first: str, last: str) -> None:
    topic = TopicPageFactory()
    SponsorshipFactory(topic=topic, starts_on=JUNE[0], ends_on=JUNE[1])

    assert send(signed_in(), SponsorFactory(), topic, first, last).status_code == 302
    assert send(signed_in(), SponsorFactory(), TopicPageFactory(), "2026-06-10").status_code == 302
    assert send(signed_in(), SponsorFactory(), None, "2026-06-10").status_code == 302


def test_the_untouched_wording_fits_the_whole_site() -> None:
    send(signed_in(), SponsorFactory(name="Site Trust"), None, "2026-06-10")

    one = Sponsorship.objects.get()
    assert one.sentence == "This site is sponsored by Site Trust"

    topic = TopicPageFactory(title="Prison")
    send(signed_in(), one.sponsor, topic, "2026-06-10", to=one, wording=one.wording)
    assert Sponsorship.objects.get().sentence == "Prison posts are sponsored by Site Trust"


@pytest.mark.parametrize(
    ("wording", "topic_is_chosen", "message"),
    [
        ("{topic} posts are sponsored", True, "Say who the sponsor is"),
        ("Sponsored by {Sponsor}", True, "Only {sponsor} and {topic}"),
        ("{sponsor} and {reviewer}", True, "Only {sponsor} and {topic}"),
        ("{sponsor} {", True, "Only {sponsor} and {topic}"),
        ("{sponsor.pk} {sponsor}", True, "Only {sponsor} and {topic}"),
        ("{sponsor} pays for {topic} alone", False, "The whole site has no topic"),
    ],
)
def test_a_wording_that_cannot_be_filled_in_is_refused(wording: str, topic_is_chosen: bool, message: str) -> None:
    topic = TopicPageFactory() if topic_is_chosen else None

    response = send(signed_in(), SponsorFactory(), topic, "2026-06-01", wording=wording)

    assert message in errors(response)["wording"][0]


def test_the_last_day_is_not_before_the_first() -> None:
    response = send(signed_in(), SponsorFactory(), TopicPageFactory(), "2026-06-02", "2026-06-01")

    assert errors(response) == {"ends_on": ["The last day is before the first. Change one of them."]}


def test_the_database_refuses_what_goes_past_the_form() -> None:
    topic = TopicPageFactory()
    SponsorshipFactory(topic=topic, starts_on=JUNE[0], ends_on=JUNE[1])
    later = SponsorshipFactory(topic=topic, starts_on=date(2026, 7, 1))

    with pytest.raises(IntegrityError), transaction.atomic():
        SponsorshipFactory(topic=topic, starts_on=JUNE[1], ends_on=JUNE[1])
    with pytest.raises(IntegrityError), transaction.atomic():
        Sponsorship.objects.filter(pk=later.pk).update(starts_on=JUNE[1])


def test_a_sponsorship_does_not_clash_with_itself() -> None:
    one = SponsorshipFactory(topic=TopicPageFactory(), starts_on=JUNE[0], ends_on=JUNE[1])
    one.ends_on = date(2026, 7, 5)
    one.full_clean()
    one.save()


def test_everything_that_is_wrong_is_said_at_once() -> None:
    topic = TopicPageFactory()
    SponsorshipFactory(topic=topic, starts_on=JUNE[0], ends_on=JUNE[1])

    response = send(signed_in(), SponsorFactory(), topic, "2026-06-10", wording="Sponsored")

    assert set(errors(response)) == {"wording", "starts_on"}


@pytest.mark.parametrize("whole_site", [False, True])
@pytest.mark.django_db(transaction=True)
def test_of_two_owners_who_add_at_once_one_is_shown_the_clash(
    monkeypatch: pytest.MonkeyPatch, whole_site: bool
) -> None:
    topic, sponsor = None if whole_site else TopicPageFactory(), SponsorFactory(name="Quick Trust")
    wait_for_each_other(monkeypatch, SponsorshipCreateView)

    responses = at_once(lambda client: send(client, sponsor, topic, "2026-06-01", "2026-06-30"))

    assert sorted(response.status_code for response in responses) == [200, 302]
    assert Sponsorship.objects.count() == 1
    refused = next(response for response in responses if response.status_code == 200)
    assert "Quick Trust sponsors it already (1 June 2026 to 30 June 2026)" in refused.content.decode()
    assert refused.context["form"]["starts_on"].value() == "2026-06-01"
    assert refused.context["form"]["editorial_control"].value() == "None."


@pytest.mark.django_db(transaction=True)
def test_of_two_owners_who_move_sponsorships_at_once_one_is_shown_the_clash(monkeypatch: pytest.MonkeyPatch) -> None:
    topic = TopicPageFactory()
    early = SponsorshipFactory(topic=topic, starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 31))
    late = SponsorshipFactory(topic=topic, starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 31))
    wait_for_each_other(monkeypatch, SponsorshipEditView)
    waiting = [early, late]

    def move(client: Client) -> Any:
        one = waiting.pop()
        return send(client, one.sponsor, topic, "2026-06-01", "2026-06-30", to=one)

    assert sorted(response.status_code for response in at_once(move)) == [200, 302]
    assert Sponsorship.objects.filter(starts_on=JUNE[0]).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_owners_who_add_a_sponsor_at_once_one_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    wait_for_each_other(monkeypatch, SponsorCreateView)
    data = {"name": "Quick Trust", "website": "https://quick.example/", "tagline": "", "description": "", "ror": ""}

    responses = at_once(lambda client: client.post(reverse("wagtailsnippets_sponsors_sponsor:add"), data))

    assert sorted(response.status_code for response in responses) == [200, 302]
    assert any("There is a sponsor of this name." in response.content.decode() for response in responses)


def test_a_save_that_the_database_ends_because_two_wait_for_each_other_is_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    save, times = SponsorshipCreateView.save_instance, []

    def save_at_second_try(view: SponsorshipCreateView) -> Any:
        times.append(1)
        if len(times) == 1:
            raise OperationalError("deadlock detected")
        return save(view)

    monkeypatch.setattr(SponsorshipCreateView, "save_instance", save_at_second_try)

    assert send(signed_in(), SponsorFactory(), None, "2026-06-01").status_code == 302
    assert Sponsorship.objects.count() == 1


def wait_for_each_other(monkeypatch: pytest.MonkeyPatch, view: Any) -> None:
    """Make the view save only when a second form, too, has passed all checks."""
    both_have_passed = Barrier(2, timeout=20)
    form_valid = view.form_valid

    def save_when_both_are_there(self: Any, form: Any) -> Any:
        both_have_passed.wait()
        return form_valid(self, form)

    monkeypatch.setattr(view, "form_valid", save_when_both_are_there)


def at_once(act: Callable[[Client], Any]) -> list[Any]:
    """Have two owners do the same in threads of their own, and return the responses."""
    clients, responses = [signed_in(), signed_in()], []

    def work(client: Client) -> None:
        try:
            responses.append(act(client))
        finally:
            connection.close()

    threads = [Thread(target=work, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return responses
