"""The brand: what an owner may set, and what readers then see."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from site_settings.models import BrandSettings, NavigationSettings, PrivacySettings, SiteSetting
from tests.factories import ImageFactory, StandardPageFactory, home_page, review_index
from tests.factories.owner import brand_form, profile_input
from tests.reading import find, read, words
from tests.site_settings.owner import errors_of, owner, save

pytestmark = pytest.mark.django_db

BLUE = "#1d70b8"


def set_brand(**fields: object) -> BrandSettings:
    """Set the brand without the form, as an import would."""
    return BrandSettings.objects.update_or_create(site=Site.objects.get(), defaults=fields)[0]


def style_of(page: BeautifulSoup) -> str:
    """Return the text of the page's one style element."""
    assert len(page.select("style")) == 1
    return find(page, "head > style").decode_contents()


def test_a_colour_that_can_be_read_is_the_accent_of_every_page_in_light_and_dark() -> None:
    review_index()
    save(BrandSettings, brand_form(accent_colour="1D70B8"))
    for url in ("/", "/reviews/"):
        assert f":root{{--accent:{BLUE}}}" in style_of(read(url))
    assert ":root{--accent:#3c8bd5}" in style_of(read("/nowhere/", status=404))


def test_the_policy_allows_the_accent_by_the_hash_of_its_very_bytes_and_nothing_else_inline() -> None:
    home_page()
    set_brand(accent_colour=BLUE)
    response = Client().get("/")
    style = response.content.split(b"<style>")[1].split(b"</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style).digest()).decode()
    assert f"style-src 'self' 'sha256-{digest}';" in f"{response['Content-Security-Policy']};"
    assert "unsafe-inline" not in response["Content-Security-Policy"]


def test_the_style_comes_after_the_stylesheet_whose_layers_it_uses() -> None:
    home_page()
    set_brand(accent_colour=BLUE)
    assert find(read("/"), "link[rel=stylesheet] ~ style")


@pytest.mark.parametrize("colour", ["", "teal", "</style><script>alert(1)</script>"])
def test_without_a_colour_a_page_has_no_style_of_its_own(colour: str) -> None:
    home_page()
    set_brand(accent_colour=colour[:32])
    response = Client().get("/")
    assert b"<style" not in response.content
    assert "sha256" not in response["Content-Security-Policy"]


def test_around_the_editors_bar_inline_styles_stay_allowed() -> None:
    home_page()
    set_brand(accent_colour=BLUE)
    policy = owner().get("/")["Content-Security-Policy"]
    assert "style-src 'self' 'unsafe-inline';" in f"{policy};"


def test_a_colour_too_light_to_read_is_refused_with_the_nearest_that_can_be_taken() -> None:
    refused = save(BrandSettings, brand_form(accent_colour="#ffee00"))
    assert errors_of(refused) == [
        "#ffee00 is too light to be read: its contrast is 1.06:1, and 4.5:1 is needed. "
        "The nearest colour that can be read is #7a6f00 (4.54:1)."
    ]
    form = BeautifulSoup(refused.content, "html.parser")
    assert find(form, "input[name=accent_colour]")["value"] == "#ffee00"
    offer = str(find(form, "colour-input button[value^='#']")["value"])
    assert errors_of(save(BrandSettings, brand_form(accent_colour=offer))) == []
    assert BrandSettings.objects.get().accent_colour == "#7a6f00"


@pytest.mark.parametrize("text", ["teal", "#12345", "rgb(1, 2, 3)", "<b>red</b>"])
def test_what_is_no_colour_is_refused_saying_how_one_is_written(text: str) -> None:
    refused = save(BrandSettings, brand_form(accent_colour=text))
    assert errors_of(refused) == ["Write a colour as # and six digits or letters from a to f, such as #8a2b1a."]
    assert not BrandSettings.objects.exists()


def test_a_colour_can_be_taken_back() -> None:
    set_brand(accent_colour=BLUE)
    assert errors_of(save(BrandSettings, brand_form(accent_colour=""))) == []
    assert BrandSettings.objects.get().accent_colour == ""


def test_a_site_has_a_name() -> None:
    assert errors_of(save(BrandSettings, brand_form(site_name=" "))) == ["This field is required."]


@pytest.mark.parametrize("url", ["bsky.app/profile/x", "javascript:alert(1)", "ftp://files.example/"])
def test_a_profile_leads_to_the_web(url: str) -> None:
    refused = save(BrandSettings, brand_form(social_links=profile_input(url)))
    assert b"Give the whole address, such as https://example.org/page." in refused.content
    assert not BrandSettings.objects.exists()


def test_both_logos_have_their_sizes_and_the_name_as_their_text() -> None:
    home_page()
    light, dark = ImageFactory(file__width=400, file__height=100), ImageFactory(file__width=800, file__height=100)
    set_brand(site_name="Night Reviews", logo=light, logo_dark=dark)
    logo = find(read("/"), ".masthead .logo")
    image, source = find(logo, "img"), find(logo, "source[media='(prefers-color-scheme: dark)']")
    assert image["alt"] == "Night Reviews"
    assert (image["width"], image["height"]) == ("320", "80")
    assert (source["width"], source["height"]) == ("640", "80")


def test_a_logo_without_a_form_for_dark_mode_stands_on_a_light_plate() -> None:
    home_page()
    brand = set_brand(logo=ImageFactory())
    assert "logo--plate" in find(read("/"), ".masthead .logo")["class"]
    brand.logo_dark = ImageFactory()
    brand.save()
    assert "logo--plate" not in find(read("/"), ".masthead .logo")["class"]


def test_a_logo_for_dark_mode_alone_is_refused() -> None:
    refused = save(BrandSettings, brand_form(logo_dark=ImageFactory().pk))
    assert errors_of(refused) == ["Choose the logo for light mode as well."]


def test_the_name_stands_where_the_logos_file_is_gone() -> None:
    home_page()
    logo = ImageFactory()
    set_brand(site_name="Night Reviews", logo=logo)
    Path(logo.file.path).unlink()
    assert words(find(read("/"), ".masthead-name")) == "Night Reviews"


def test_the_strapline_stands_once_on_the_first_page_and_beside_the_name_elsewhere() -> None:
    home = home_page()
    set_brand(strapline="For those who wake")
    assert words(find(read("/"), "h1")) == "For those who wake"
    assert read("/").select(".strapline") == []
    assert words(find(read(review_index().url), ".strapline")) == "For those who wake"
    home.headline = "What keeps us awake"
    home.save_revision().publish()
    assert words(find(read("/"), ".strapline")) == "For those who wake"


def test_pages_without_a_picture_are_shared_with_the_sites_own() -> None:
    set_brand(default_social_image=ImageFactory(file__width=1400, file__height=800))
    shared = find(read(StandardPageFactory().url), "meta[property='og:image']")["content"]
    assert "fill-1200x630" in str(shared)


def test_a_page_asks_for_all_settings_of_its_site_in_one_query() -> None:
    url, site = StandardPageFactory().url, Site.objects.get()
    set_brand(logo=ImageFactory(), logo_dark=ImageFactory(), default_social_image=ImageFactory())
    NavigationSettings.objects.create(site=site, footer_text="Run by a charity.")
    PrivacySettings.objects.create(site=site, policy_page=StandardPageFactory().page_ptr)
    read(url)
    with CaptureQueriesContext(connection) as asked:
        read(url)
    tables = [kind._meta.db_table for kind in (BrandSettings, NavigationSettings, PrivacySettings)]
    naming = [query["sql"] for query in asked.captured_queries if any(table in query["sql"] for table in tables)]
    assert len(naming) == 1
    assert all(table in naming[0] for table in tables)


def test_reading_settings_writes_none() -> None:
    home_page()
    read("/")
    kinds: list[type[SiteSetting]] = [BrandSettings, NavigationSettings, PrivacySettings]
    assert not any(kind._default_manager.exists() for kind in kinds)
