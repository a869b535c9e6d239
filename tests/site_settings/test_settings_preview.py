"""The preview of settings: what is in the form, on the site's own pages, and for nobody else."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from core.roles import EDITOR
from site_settings.models import BrandSettings, NavigationSettings, PrivacySettings, SiteSetting
from tests.factories import PASSWORD, ReviewPageFactory, StandardPageFactory, UserFactory, home_page
from tests.factories.owner import brand_form, link_input, navigation_form
from tests.reading import every, find, read, words
from tests.site_settings.owner import address, owner

pytestmark = pytest.mark.django_db

BLUE = "#1d70b8"


@pytest.fixture(params=[False, True], ids=["without cache", "with cache"])
def page_cache(request: pytest.FixtureRequest, settings: LazySettings) -> None:
    """The page cache, which holds answers that requests share: off and on."""
    settings.PAGE_CACHE = request.param


def preview(setting: type[SiteSetting], data: dict[str, Any], mode: str = "", client: Client | None = None) -> Any:
    """Preview the setting with what is typed, and return the response."""
    client = client or owner()
    url = address(setting, "preview_on_edit")
    assert client.post(url, data).json() == {"is_valid": True, "is_available": True}
    return client.get(url, {"mode": mode, "in_preview_panel": "true"})


def shown(response: Any) -> BeautifulSoup:
    """Return the previewed page."""
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


@pytest.mark.usefixtures("page_cache")
def test_a_brand_is_seen_before_it_is_saved_and_by_its_owner_alone() -> None:
    home_page()
    BrandSettings.objects.create(site=Site.objects.get(), site_name="Day Reviews", accent_colour="#8a2b1a")
    # A page says when it was made: here all of them are made in the same second.
    with time_machine.travel(timezone.now(), tick=False):
        before = read("/")
        for _time in range(2):
            page = shown(preview(BrandSettings, brand_form(site_name="Night Reviews", accent_colour=BLUE)))
            assert words(find(page, ".masthead-name")) == "Night Reviews"
            assert BLUE in find(page, "style").decode_contents()
            assert read("/") == before
            assert read("/nowhere/", status=404).select_one(".masthead-name") == before.select_one(".masthead-name")
    assert BrandSettings.objects.get().site_name == "Day Reviews"


@pytest.mark.usefixtures("page_cache")
def test_navigation_is_seen_before_it_is_saved() -> None:
    about = StandardPageFactory(title="Who we are")
    data = navigation_form(link_input(about), below=(link_input(url="/reviews/", label="All of them"),))
    assert every(shown(preview(NavigationSettings, data)), ".menu > ul > li > a") == ["Who we are", "Search"]
    assert every(read("/"), ".menu a") == ["Reviews", "Topics", "Search"]
    assert not NavigationSettings.objects.exists()


@pytest.mark.usefixtures("page_cache")
def test_other_settings_are_previewed_as_they_are_saved() -> None:
    home_page()
    BrandSettings.objects.create(site=Site.objects.get(), site_name="Day Reviews")
    page = shown(preview(NavigationSettings, navigation_form()))
    assert words(find(page, ".masthead-name")) == "Day Reviews"


def test_settings_of_one_of_several_sites_are_previewed_on_that_site() -> None:
    root = StandardPageFactory(title="The other site's first page")
    other = Site.objects.create(hostname="other.example", root_page=root)
    BrandSettings.objects.create(site=Site.objects.get(is_default_site=True), site_name="Day Reviews")
    BrandSettings.objects.create(site=other, site_name="Other Reviews")
    client = owner()
    url = address(NavigationSettings, "preview_on_edit", other)
    client.post(url, navigation_form())
    page = shown(client.get(url))
    assert words(find(page, ".masthead-name")) == "Other Reviews"
    assert words(find(page, "h1")) == "The other site's first page"


def test_a_preview_shows_the_newest_page_of_the_type_that_is_chosen() -> None:
    ReviewPageFactory(title="What came first")
    ReviewPageFactory(title="What came last")
    response = preview(BrandSettings, brand_form(), "research_reviews.reviewpage")
    assert words(find(shown(response), "h1")) == "What came last"


@pytest.mark.parametrize("mode", ["", "home.standardpage", "no such.thing", "nonsense"])
def test_a_preview_of_a_type_that_the_site_has_no_page_of_shows_the_first(mode: str) -> None:
    home_page()
    assert find(shown(preview(BrandSettings, brand_form(), mode)), ".page-header--home")


def test_an_owner_can_choose_among_the_types_that_readers_find() -> None:
    ReviewPageFactory()
    hidden = StandardPageFactory()
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    form = BeautifulSoup(owner().get(address(BrandSettings)).content, "html.parser")
    modes = every(find(form, "#id_preview_mode"), "option")
    assert modes == ["First page", "List of reviews", "List of topics", "Review", "Topic"]
    assert Page.objects.filter(pk=hidden.pk).exists()


def test_the_admin_may_frame_a_preview_and_no_other_site_may() -> None:
    home_page()
    response = preview(BrandSettings, brand_form(accent_colour=BLUE))
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    policy = response["Content-Security-Policy"].split("; ")
    assert "frame-ancestors 'self'" in policy
    # The panel has the editors' bar with its inline styles. A hash would forbid them, and the accent needs none then.
    assert "style-src 'self' 'unsafe-inline'" in policy
    assert BLUE in find(shown(response), "style").decode_contents()
    assert "private" in response["Cache-Control"]


def test_what_cannot_be_saved_is_not_previewed() -> None:
    home_page()
    answer = owner().post(address(BrandSettings, "preview_on_edit"), brand_form(accent_colour="#ffee00"))
    assert answer.json()["is_valid"] is False


def test_who_may_not_change_settings_may_not_preview_them() -> None:
    client = Client()
    client.login(username=UserFactory(role=EDITOR).username, password=PASSWORD)
    answer = client.post(address(BrandSettings, "preview_on_edit"), brand_form())
    assert (answer.status_code, answer["Location"]) == (302, "/admin/")


def test_privacy_settings_have_a_preview_as_well() -> None:
    home_page()
    assert PrivacySettings(site=Site.objects.get()).is_previewable()
    assert b"w-preview" in owner().get(address(PrivacySettings)).content
