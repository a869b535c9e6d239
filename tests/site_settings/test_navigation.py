"""Header, menu and footer as readers meet them."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.models import Page, PageViewRestriction, Site

from site_settings.models import BrandSettings, NavigationSettings
from tests.factories import blocks
from tests.factories.images import ImageFactory
from tests.factories.pages import StandardPageFactory, TopicPageFactory, home_page, review_index
from tests.reading import every, find, links, read, words

pytestmark = pytest.mark.django_db


def link(page: Page | None = None, url: str = "", label: str = "", **more: Any) -> dict[str, Any]:
    """Return the value of a link block."""
    return {"page": page.pk if page else None, "url": url, "label": label, **more}


def set_menu(*items: dict[str, Any]) -> None:
    """Set the main menu."""
    stream = blocks.stream(*(blocks.block("item", item) for item in items))
    NavigationSettings.objects.update_or_create(site=Site.objects.get(), defaults={"main_menu": stream})


def test_a_site_without_settings_has_a_name_a_strapline_and_a_menu() -> None:
    review_index()
    page = read("/reviews/")
    strapline = "New research, explained for people who can use it"
    assert words(page.header) == f"Research Reviews {strapline} Reviews Topics Search"
    assert find(page, ".menu [aria-current=page]").text == "Reviews"


def test_the_menu_marks_the_part_of_the_site_that_the_reader_is_in() -> None:
    topic = TopicPageFactory()
    current = read(topic.url).select(".menu [aria-current]")
    assert [(words(item), item["aria-current"]) for item in current] == [("Topics", "true")]


def test_a_menu_has_one_level_below_it_that_opens_without_javascript() -> None:
    about, method = StandardPageFactory(title="About"), StandardPageFactory(title="How we work")
    set_menu(link(about, label="About us", children=blocks.items([link(method)])), link(url="/reviews/", label="All"))
    page = read(method.url)
    assert links(find(page, ".menu"))["About us"] == about.url
    submenu = find(page, ".menu details")
    assert find(submenu, "summary")["aria-label"] == "More in About us"
    assert every(submenu, "li") == ["How we work"]
    assert find(submenu, "[aria-current]")["aria-current"] == "page"
    assert len(page.select(".menu details")) == 1


def test_menus_never_lead_to_pages_that_are_not_listed() -> None:
    home_page()
    draft, private = StandardPageFactory(title="Draft", published=False), StandardPageFactory(title="Private")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    shown = StandardPageFactory(title="Shown")
    set_menu(link(draft), link(private), link(shown, children=blocks.items([link(draft), link(private)])))
    page = read("/")
    assert every(page, ".menu li") == ["Shown", "Search"]
    assert page.select(".menu details") == []


def test_the_footer_has_columns_profiles_and_a_last_line() -> None:
    about = StandardPageFactory(title="Who we are")
    columns = blocks.stream(
        blocks.block(
            "column", {"heading": "About us", "links": blocks.items([link(about), link(url="/x/", label="X")])}
        )
    )
    site = Site.objects.get()
    NavigationSettings.objects.create(site=site, footer_columns=columns, footer_text="Run by a charity.")
    profiles = blocks.stream(blocks.block("profile", {"name": "Bluesky", "url": "https://bsky.app/profile/x"}))
    BrandSettings.objects.create(site=site, social_links=profiles)
    footer = read("/").footer
    assert every(footer, "h2") == ["About us", "Find us"]
    assert links(footer) == {
        "Who we are": about.url,
        "X": "/x/",
        "Bluesky": "https://bsky.app/profile/x",
        "Privacy preferences": "/privacy/preferences/",
    }
    assert words(footer).endswith("Run by a charity. Privacy preferences")


def test_a_logo_stands_for_the_name_and_has_a_form_for_dark_mode() -> None:
    home_page()
    BrandSettings.objects.create(
        site=Site.objects.get(), site_name="Night Reviews", strapline="", logo=ImageFactory(), logo_dark=ImageFactory()
    )
    page = read("/")
    logo = find(page, ".masthead picture")
    assert find(logo, "img")["alt"] == "Night Reviews"
    assert find(logo, "source")["media"] == "(prefers-color-scheme: dark)"
    assert page.select(".strapline") == []
    assert words(page.title) == "Night Reviews"
