"""What was sponsored stays on record, and only owners manage sponsors."""

from __future__ import annotations

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from research_reviews.models import TopicPage
from sponsors.models import Sponsor
from tests.factories import SponsorFactory, SponsorshipFactory, TopicPageFactory, topic_index
from tests.reading import every, find, links
from tests.research_reviews.desk import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_at_once")]


@pytest.mark.parametrize("above", [False, True])
def test_a_topic_that_was_sponsored_is_kept_and_the_owner_is_told_why(above: bool) -> None:
    topic = TopicPageFactory(title="Prison")
    SponsorshipFactory(topic=topic)
    page = topic_index() if above else topic

    response = signed_in().post(reverse("wagtailadmin_pages:delete", args=[page.pk]), follow=True)

    assert "“Prison” has been sponsored" in response.content.decode()
    assert TopicPage.objects.filter(pk=topic.pk).exists()


def test_sponsored_topics_are_kept_also_when_several_pages_go_at_once() -> None:
    topic, other = TopicPageFactory(), TopicPageFactory()
    SponsorshipFactory(topic=topic)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])

    signed_in().post(f"{address}?next=/admin/&id={topic.pk}&id={other.pk}", follow=True)

    assert TopicPage.objects.count() == 2


def test_a_topic_without_history_goes() -> None:
    topic = TopicPageFactory()

    signed_in().post(reverse("wagtailadmin_pages:delete", args=[topic.pk]))

    assert not TopicPage.objects.filter(pk=topic.pk).exists()


def test_a_sponsor_with_sponsorships_cannot_be_deleted() -> None:
    sponsorship = SponsorshipFactory()
    address = reverse("wagtailsnippets_sponsors_sponsor:delete", args=[sponsorship.sponsor.pk])

    response = signed_in().post(address, follow=True)

    assert response.status_code == 200
    assert Sponsor.objects.filter(pk=sponsorship.sponsor.pk).exists()


@pytest.mark.parametrize(("role", "status"), [("Site owner", 200), ("Moderator", 302), ("Editor", 302)])
def test_only_owners_manage_sponsors(role: str, status: int) -> None:
    client = signed_in(role)
    for address in ("wagtailsnippets_sponsors_sponsor:add", "wagtailsnippets_sponsors_sponsorship:add"):
        assert client.get(reverse(address)).status_code == status


def test_a_sponsors_name_is_taken_once_whatever_its_capitals() -> None:
    SponsorFactory(name="Candle Trust")
    data = {"name": "CANDLE trust", "website": "https://candle.example/", "tagline": "", "description": "", "ror": ""}

    response = signed_in().post(reverse("wagtailsnippets_sponsors_sponsor:add"), data)

    assert "There is a sponsor of this name." in response.content.decode()
    assert Sponsor.objects.count() == 1


def test_the_list_of_sponsorships_shows_what_runs_and_leads_to_it() -> None:
    running = SponsorshipFactory(topic=TopicPageFactory(title="Prison"), sponsor=SponsorFactory(name="Candle Trust"))
    SponsorshipFactory(
        sponsor=SponsorFactory(name="Lantern Trust"), starts_on=date(2024, 1, 1), ends_on=date(2024, 2, 1)
    )

    for wanted in ({"state": "running"}, {"q": "candle"}, {"q": "prison"}, {"sponsor": str(running.sponsor.pk)}):
        page = listing("sponsorship", wanted)
        rows = every(page, "table.listing tbody tr")
        assert len(rows) == 1, wanted
        assert all(word in rows[0] for word in ("Candle Trust", "Prison", "Running"))
        edit = reverse("wagtailsnippets_sponsors_sponsorship:edit", args=[running.pk])
        assert links(find(page, "table.listing"))["Candle Trust"] == edit
    assert len(every(listing("sponsorship"), "table.listing tbody tr")) == 2
    assert "the whole site" in every(listing("sponsorship", {"state": "over"}), "table.listing tbody tr")[0]


def test_the_list_of_sponsors_is_in_order_and_says_how_often_they_sponsored() -> None:
    SponsorshipFactory(sponsor=SponsorFactory(name="Lantern Trust"))
    SponsorFactory(name="Candle Trust")

    rows = every(listing("sponsor"), "table.listing tbody tr")
    assert [(row.split()[0], row.split()[-1]) for row in rows] == [("Candle", "0"), ("Lantern", "1")]


def test_sponsorships_can_be_inspected_and_exported() -> None:
    sponsorship = SponsorshipFactory(
        topic=TopicPageFactory(title="Prison"), sponsor=SponsorFactory(name="Candle Trust")
    )
    client = signed_in("Site owner")

    page = client.get(reverse("wagtailsnippets_sponsors_sponsorship:inspect", args=[sponsorship.pk]))
    assert "Prison posts are sponsored by Candle Trust" in page.content.decode()
    table = client.get(reverse("wagtailsnippets_sponsors_sponsorship:list"), {"export": "csv"})
    assert "Prison posts are sponsored by Candle Trust" in table.getvalue().decode()


def test_sponsors_with_sponsorships_are_kept_also_when_several_go_at_once() -> None:
    sponsor = SponsorshipFactory().sponsor
    address = reverse("wagtail_bulk_action", args=["sponsors", "sponsor", "delete"])

    response = signed_in("Site owner").post(f"{address}?id={sponsor.pk}&id={SponsorFactory().pk}", follow=True)

    assert response.status_code == 200
    assert Sponsor.objects.filter(pk=sponsor.pk).exists()


def listing(model: str, wanted: dict[str, str] | None = None) -> BeautifulSoup:
    """Return the list in the admin, as a site owner sees it."""
    response = signed_in("Site owner").get(reverse(f"wagtailsnippets_sponsors_{model}:list"), wanted or {})
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")
