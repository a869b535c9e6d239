"""Pages are the same bytes for everyone, whatever they have chosen in the privacy preference centre."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page, Site

from core.page_cache import generation
from site_settings.models import PrivacySettings, Service, ServiceCookie
from tests.core.conftest import Committed
from tests.factories import ReviewPageFactory, ServiceFactory, StandardPageFactory, home_page, stream
from tests.factories.blocks import block
from tests.site_settings.visitors import GPC, PREFERENCES, VISITOR, choose, keeps

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("page_cache")]

CHOICES = {
    "nothing": "",
    "everything": f"1:other-sites_player._visit-counts:player::{VISITOR}",
    "a refusal": f"1:other-sites_player._visit-counts::visit-counts:{VISITOR}",
    "another version": f"7:other-sites_player:player::{VISITOR}",
    "garbage": "'; DROP TABLE",
}


@pytest.fixture
def player(committed: Committed) -> Service:
    """A service that needs consent, so that readers are asked."""
    with committed():
        service: Service = ServiceFactory(name="Player", script_url="https://player.films.example/p.js")
    return service


def visitors() -> list[tuple[Client, dict[str, str]]]:
    """A visitor with each choice, with and without a browser that refuses by signal."""
    found = []
    for value in CHOICES.values():
        for headers in ({}, GPC):
            client = Client()
            if value:
                keeps(client, value)
            found.append((client, headers))
    return found


@pytest.mark.parametrize("kept", [True, False], ids=["from the cache", "rendered each time"])
def test_every_choice_gets_the_same_bytes_and_no_cookie(player: Service, kept: bool, settings: object) -> None:
    settings.PAGE_CACHE = kept  # type: ignore[attr-defined]
    page = ReviewPageFactory()
    for url in (home_page().url, page.url, page.topic.url):
        # A page says when it was made: here all of them are made in the same second.
        with time_machine.travel(timezone.now(), tick=False):
            responses = [client.get(url, headers=headers) for client, headers in visitors()]
        assert len({response.content for response in responses}) == 1
        assert len({response.get("Content-Security-Policy") for response in responses}) == 1
        assert not any(response.cookies for response in responses)
        assert not any("cookie" in response.get("Vary", "").lower() for response in responses)
        assert not any("gpc" in response.get("Vary", "").lower() for response in responses)


def test_every_choice_is_served_from_the_same_kept_page_without_a_query(
    player: Service, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    page = ReviewPageFactory()
    first = Client().get(page.url)
    with django_assert_num_queries(0):
        for client, headers in visitors():
            response = client.get(page.url, headers=headers)
            assert response.content == first.content
            assert response["ETag"] == first["ETag"]


def test_a_choice_empties_nothing_and_the_preference_centre_is_never_kept(player: Service) -> None:
    page = ReviewPageFactory()
    Client().get(page.url)
    token = generation()
    visitor = Client()

    assert choose(visitor, "reject").status_code == 303

    assert generation() == token
    assert 'value="visit-counts" id="service-visit-counts" checked' in visitor.get(PREFERENCES).content.decode()
    other = Client().get(PREFERENCES)
    assert 'value="visit-counts" id="service-visit-counts" checked' not in other.content.decode()
    assert VISITOR not in other.content.decode()


def test_what_an_owner_changes_shows_in_the_policy_at_once(player: Service, committed: Committed) -> None:
    policy = StandardPageFactory(body=stream(block("services", {"heading": "Services and cookies"})))
    assert "The film and its player." in Client().get(policy.url).content.decode()

    with committed():
        player.what_it_loads = "Films only."
        player.save()
    assert "Films only." in Client().get(policy.url).content.decode()
    with committed():
        ServiceCookie.objects.create(service=player, name="_late", what_for="Counts", lifetime="1 day")
    assert "_late" in Client().get(policy.url).content.decode()
    with committed():
        player.delete()
    assert "Films only." not in Client().get(policy.url).content.decode()


def test_a_new_version_reaches_every_page_at_once(player: Service, committed: Committed) -> None:
    page: Page = ReviewPageFactory()
    before = Client().get(page.url).content
    with committed():
        settings = PrivacySettings.for_site(Site.objects.get())
        settings.version = 2
        settings.save()
    assert Client().get(page.url).content != before
