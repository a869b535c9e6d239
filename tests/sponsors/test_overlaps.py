"""Two sponsorships of one topic never share a day: the form says with whom they clash, the database holds it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from research_reviews.models import TopicPage
from sponsors.models import Sponsor, Sponsorship
from sponsors.viewsets import SponsorshipCreateView
from tests.factories import SponsorFactory, SponsorshipFactory, TopicPageFactory
from tests.research_reviews.desk import signed_in

JUNE = (date(2026, 6, 1), date(2026, 6, 30))

pytestmark = pytest.mark.django_db


def send(client: Client, sponsor: Sponsor, topic: TopicPage | None, first: str, last: str = "", **more: str) -> Any:
    """Send the form of a new sponsorship."""
    data = {
        "sponsor": str(sponsor.pk),
        "topic": str(topic.pk) if topic else "",
        "starts_on": first,
        "ends_on": last,
        "wording": "{topic} posts are sponsored by {sponsor}",
        "editorial_control": "None.",
        **more,
    }
    return client.post(reverse("wagtailsnippets_sponsors_sponsorship:add"), data)


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

    assert Sponsorship.objects.get().sentence == "This site is sponsored by Site Trust"


@pytest.mark.parametrize(
    ("wording", "topic_is_chosen", "message"),
    [
        ("{topic} posts are sponsored", True, "Say who the sponsor is"),
        ("Sponsored by {Sponsor}", True, "Say who the sponsor is"),
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

    assert errors(response) == {"ends_on": ["The last day is before the first."]}


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


@pytest.mark.django_db(transaction=True)
def test_of_two_owners_who_save_at_once_one_is_shown_the_clash(monkeypatch: pytest.MonkeyPatch) -> None:
    topic, sponsor = TopicPageFactory(), SponsorFactory(name="Quick Trust")
    both_have_passed_the_form = Barrier(2, timeout=20)
    save = SponsorshipCreateView.save_instance

    def save_when_both_are_there(view: SponsorshipCreateView) -> Any:
        if connection.vendor == "postgresql":
            both_have_passed_the_form.wait()
        return save(view)

    monkeypatch.setattr(SponsorshipCreateView, "save_instance", save_when_both_are_there)
    clients, responses = [signed_in(), signed_in()], []

    def owner(client: Client) -> Callable[[], None]:
        def work() -> None:
            try:
                responses.append(send(client, sponsor, topic, "2026-06-01", "2026-06-30"))
            finally:
                connection.close()

        return work

    threads = [Thread(target=owner(client)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(response.status_code for response in responses) == [200, 302]
    assert Sponsorship.objects.count() == 1
    refused = next(response for response in responses if response.status_code == 200)
    assert "Quick Trust sponsors it already (1 June 2026 to 30 June 2026)" in refused.content.decode()
    assert refused.context["form"]["starts_on"].value() == "2026-06-01"
