"""Embeds as readers meet them, and the services that publishing makes for them."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Page, PageViewRestriction

from core.editor_checks import run_checks
from core.embeds import EmbedBlock
from core.models import BasePage
from core.schedule import act_on_schedule
from home.models import StandardPage
from site_settings.models import ConsentReceipt, Purpose, Service
from tests.factories import PurposeFactory, ReviewPageFactory, ServiceFactory, StandardPageFactory, stream
from tests.factories.blocks import RawBlock, block
from tests.reading import find, links, read, words

FILM = "https://www.youtube.com/watch?v=abcDEF-_123"
MAP = "https://www.openstreetmap.org/#map=5/0/0"
FRAME = "https://www.youtube-nocookie.com/embed/abcDEF-_123"

pytestmark = pytest.mark.django_db


def embed(url: str = FILM, title: str = "A film", summary: str = "Four minutes.") -> RawBlock:
    """Return an embed."""
    return block("embed", {"url": url, "title": title, "summary": summary})


def page_with(*urls: str, **fields: Any) -> StandardPage:
    """Return a plain page with embeds of the addresses."""
    return StandardPageFactory(body=stream(*(embed(url) for url in urls or (FILM,))), **fields)


def offered() -> set[str]:
    """Return the services that are not of every site."""
    return set(Service.objects.filter(purpose__slug="other-sites").values_list("slug", flat=True))


def policy(page: Page) -> dict[str, list[str]]:
    """Return the content security policy of the page, by directive."""
    header = Client().get(page.url)["Content-Security-Policy"]
    return {name: sources for name, *sources in (directive.split() for directive in header.split(";"))}


@pytest.mark.parametrize("factory", [ReviewPageFactory, StandardPageFactory])
def test_a_placeholder_names_who_would_be_asked_and_leads_to_the_original(factory: type) -> None:
    page = read(factory(body=stream(embed())).url)
    figure = find(page, "figure.embed--video")

    assert (figure["data-service"], figure["data-frame"], figure["data-title"]) == ("youtube", FRAME, "A film")
    stage = find(figure, ".embed-stage")
    assert links(stage) == {"A film": FILM}
    assert "YouTube" in words(stage)
    assert "tells YouTube your internet address" in words(stage)
    assert {button["data-load"]: words(button) for button in stage.select("button[type=button]")} == {
        "once": "Load once",
        "always": "Always load YouTube",
    }
    assert words(figure.figcaption) == "Four minutes."


def test_the_page_asks_no_other_site_for_anything() -> None:
    page = read(page_with(FILM, MAP).url)

    assert page.select("iframe, embed, object, [style], main script") == []
    assert all(str(tag["src"]).startswith("/") for tag in page.select("[src]"))
    assert all(str(tag["href"]).startswith("/") for tag in page.select("link[href]:not([rel=canonical])"))


def test_only_a_page_with_players_may_frame_them_and_only_them() -> None:
    film, both, link = page_with(), page_with(FILM, MAP), page_with("https://films.example/1")

    assert policy(film)["frame-src"] == ["https://www.youtube-nocookie.com"]
    assert policy(both)["frame-src"] == ["https://www.openstreetmap.org", "https://www.youtube-nocookie.com"]
    assert "frame-src" not in policy(link)
    assert policy(film)["default-src"] == ["'none'"]
    assert policy(film)["require-trusted-types-for"] == ["'script'"]
    strict = {name: sources for name, sources in policy(film).items() if name != "frame-src"}
    assert strict == policy(link)


def test_what_an_editor_writes_cannot_leave_its_place() -> None:
    hostile = '"><script>hostile()</script>'
    page = read(StandardPageFactory(body=stream(embed(title=hostile, summary=hostile))).url)

    assert find(page, "figure.embed")["data-title"] == hostile
    assert page.select("main script") == []
    assert links(find(page, ".embed-stage")) == {hostile: FILM}


@pytest.mark.parametrize(
    ("url", "name"),
    [("https://films.example/1", "films.example"), ("https://www.youtube.com/@somebody", "YouTube")],
)
def test_what_has_no_player_is_a_titled_link_and_makes_no_service(url: str, name: str) -> None:
    page = read(page_with(url).url)

    assert words(find(page, "aside.embed")) == f"On {name} A film Four minutes."
    assert links(find(page, "aside.embed")) == {"A film": url}
    assert page.select("figure.embed, [data-load]") == []
    assert offered() == set()


def test_the_first_embed_of_a_provider_makes_its_service_as_the_provider_describes_itself() -> None:
    page_with()

    service = Service.objects.get(slug="youtube")
    service.full_clean()
    assert (service.name, service.provider) == ("YouTube", "Google Ireland Limited")
    assert service.provider_policy == "https://policies.google.com/privacy"
    assert "www.youtube-nocookie.com" in service.host_list
    assert "YSC" in {cookie.name for cookie in service.cookies.all()}
    assert not any(cookie.is_ours for cookie in service.cookies.all())
    assert service.purpose.name == "Content from other sites"
    assert service.purpose.basis == Purpose.Basis.CONSENT
    assert "other site then learns your internet address" in service.purpose.explanation
    assert "YouTube" in words(read(reverse("site_settings:privacy_preferences")).main)


def test_every_provider_makes_a_service_that_an_owner_could_save() -> None:
    page_with(
        FILM,
        MAP,
        "https://vimeo.com/123456789",
        "https://open.spotify.com/episode/4rOoJ6Egrf8K2IrywzOMk0",
        "https://soundcloud.com/some-one/some_thing",
        "https://bsky.app/profile/some.one.example/post/3l6oveex3ii2l",
        "https://social.example/@some_one/1",
        "https://www.google.com/maps/embed?pb=!1m1!5e0",
        "https://datawrapper.dwcdn.net/AbC12/",
    )

    services = Service.objects.filter(purpose__slug="other-sites")
    assert len(services) == 9
    for service in services:
        hosts = service.hosts
        service.full_clean()
        assert service.hosts == hosts
        for cookie in service.cookies.all():
            cookie.full_clean()
    assert Purpose.objects.filter(basis=Purpose.Basis.CONSENT).count() == 1


def test_a_draft_makes_no_service_and_publishing_it_does() -> None:
    page = page_with(published=False)
    assert offered() == set()

    page.get_latest_revision().publish()
    assert offered() == {"youtube"}


def test_a_page_that_is_only_scheduled_makes_no_service_before_its_time() -> None:
    page = page_with(published=False)
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    assert offered() == set()

    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        act_on_schedule()
    assert offered() == {"youtube"}


def test_a_new_draft_of_a_public_page_makes_no_service() -> None:
    page = page_with("https://films.example/1")
    page.body = stream(embed())
    page.save_revision()
    assert offered() == set()


def test_a_private_page_has_its_placeholder_too() -> None:
    page = page_with(published=False)
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    page.get_latest_revision().publish()
    assert offered() == {"youtube"}


def test_what_the_owner_makes_of_a_service_stays() -> None:
    page = page_with()
    purpose = PurposeFactory(name="Films")
    Service.objects.filter(slug="youtube").update(name="Our films", provider="Somebody", purpose=purpose)
    Purpose.objects.filter(slug="other-sites").update(name="Other people", explanation="Our own words.")

    page.save_revision().publish()
    page_with(MAP)

    service = Service.objects.get(slug="youtube")
    assert (service.name, service.provider, service.purpose) == ("Our films", "Somebody", purpose)
    assert Purpose.objects.get(slug="other-sites").explanation == "Our own words."
    assert find(read(page.url), "figure.embed")["data-service"] == "youtube"


def test_a_service_that_the_owner_deletes_stays_away_and_leaves_links() -> None:
    page = page_with()
    Service.objects.get(slug="youtube").delete()

    page.save_revision().publish()
    another = page_with()

    assert offered() == set()
    for address in (page.url, another.url):
        assert words(find(read(address), "aside.embed")) == "On YouTube A film Four minutes."
    assert "frame-src" not in policy(page)
    [check] = run_checks(page)
    assert "taken “YouTube” off the list" in str(check.message)

    ServiceFactory(name="YouTube")
    assert find(read(page.url), "figure.embed")["data-service"] == "youtube"


def test_a_service_that_the_owner_made_first_is_the_providers() -> None:
    ServiceFactory(name="OpenStreetMap", slug="our-map")
    page = page_with(MAP)

    assert offered() == {"our-map"}
    assert find(read(page.url), "figure.embed")["data-service"] == "our-map"


def test_names_that_the_owner_has_given_to_something_else_hold_nothing_up() -> None:
    PurposeFactory(name="Content from other sites")
    assert not Purpose.objects.filter(slug="other-sites").exists()
    page_with()

    assert Purpose.objects.get(slug="other-sites").name == "Content from other sites 2"
    assert offered() == {"youtube"}


def test_a_service_is_worded_in_the_sites_language_whatever_the_editors_is() -> None:
    with translation.override("de"):
        page_with()
    assert Purpose.objects.get(slug="other-sites").name == "Content from other sites"


def test_more_embeds_ask_the_database_no_more() -> None:
    counts = []
    for urls in ([FILM], [FILM, MAP, "https://vimeo.com/123456789", FILM, "https://social.example/@some_one/1"]):
        page = page_with(*urls)
        Client().get(page.url)
        with CaptureQueriesContext(connection) as context:
            Client().get(page.url)
        counts.append(len(context))
    assert counts[0] == counts[1]
    without = page_with("https://films.example/1")
    Client().get(without.url)
    with CaptureQueriesContext(connection) as context:
        Client().get(without.url)
    assert len(context) == counts[0]


def test_a_preview_shows_the_player_that_publishing_would_bring(admin_client: Client) -> None:
    page = page_with(published=False)
    response = admin_client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))

    assert "data-frame" in response.content.decode()
    assert "https://www.youtube-nocookie.com" in response["Content-Security-Policy"]
    assert offered() == set()


def test_the_chooser_of_blocks_shows_the_placeholder(admin_client: Client) -> None:
    body: Any = StandardPage._meta.get_field("body")
    prefix = body.stream_block.child_blocks["embed"].definition_prefix
    page = read(f"{reverse('wagtailadmin_block_preview')}?id={prefix}", admin_client)

    assert words(find(page, ".embed-title")) == "How peer support works on a wing"
    assert find(page, "figure.embed--video")["data-service"] == "vimeo"


def test_an_editor_is_told_where_a_page_of_a_known_site_cannot_be_shown() -> None:
    page: BasePage = page_with("https://www.youtube.com/@somebody", FILM, "https://films.example/1")
    [check] = run_checks(page)

    assert "this page of YouTube cannot be shown in place" in str(check.message)
    assert check.block_id == page.specific.body[0].id


def test_the_block_says_which_sites_can_be_shown() -> None:
    help_text = str(EmbedBlock().meta.help_text)
    for name in ("YouTube", "Vimeo", "Spotify", "SoundCloud", "Bluesky", "Mastodon", "OpenStreetMap", "Google Maps"):
        assert name in help_text


def test_making_a_service_is_no_choice_of_anybodys() -> None:
    page_with()
    assert not ConsentReceipt.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_pages_published_at_once_make_each_service_once() -> None:
    urls = [(FILM, MAP), (MAP, FILM), (FILM,), ("https://vimeo.com/123456789", FILM)]
    revisions = [page_with(*some, published=False).get_latest_revision() for some in urls]
    start, failures = Barrier(len(revisions), timeout=20), []

    def publish(revision: Any) -> None:
        start.wait()
        try:
            revision.publish()
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [Thread(target=publish, args=[revision]) for revision in revisions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert failures == []
    assert offered() == {"youtube", "openstreetmap", "vimeo"}
    assert Purpose.objects.filter(slug="other-sites").count() == 1
