"""robots.txt: what crawlers are told, and what an owner can write there."""

from __future__ import annotations

from typing import Any
from urllib.robotparser import RobotFileParser

import pytest
from bs4 import BeautifulSoup
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Site

from core.roles import SITE_OWNER
from syndication.models import SyndicationSettings
from tests.factories import ReviewPageFactory, UserFactory

pytestmark = pytest.mark.django_db

SITEMAP = "Sitemap: http://localhost/sitemap.xml\n"


def robots() -> str:
    response = Client().get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    return response.content.decode()


def save(robots_txt: str) -> Any:
    """Save the settings as their owner does, and return the answer."""
    client = Client()
    client.force_login(UserFactory(role=SITE_OWNER))
    address = reverse("wagtailsettings:edit", args=["syndication", "syndicationsettings", Site.objects.get().pk])
    form = {"robots": robots_txt, "licence_url": "", "contact_email": "", "websub_hub": ""}
    return client.post(address, form, follow=True)


def test_crawlers_may_read_everything_but_what_has_no_end() -> None:
    review = ReviewPageFactory()
    parser = RobotFileParser()
    parser.parse(robots().splitlines())
    allowed = ["/", review.url, "/reviews/?page=2", "/reviews/feed/", "/people/ada/"]
    assert all(parser.can_fetch("Googlebot", path) for path in allowed)
    refused = ["/admin/", "/admin/pages/", "/search/?q=a", "/sponsors/visit/1/", "/responses/1/reply/"]
    assert not any(parser.can_fetch("Googlebot", path) for path in refused)
    assert parser.site_maps() == ["http://localhost/sitemap.xml"]


def test_the_owner_s_words_stand_there_and_the_sitemap_is_added_once() -> None:
    save("# Ours\r\nUser-agent: *\r\nDisallow: /drafts/  \r\n")
    assert robots() == f"# Ours\nUser-agent: *\nDisallow: /drafts/\n\n{SITEMAP}"
    save(f"User-agent: *\nAllow: /\n\n{SITEMAP}")
    assert robots() == f"User-agent: *\nAllow: /\n\n{SITEMAP}"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# only a remark",
        "User-agent: *\nDisallow:",
        "user-agent : GPTBot\nUSER-AGENT: MJ12bot\ndisallow: /*.pdf$ # no papers\nCrawl-delay: 5",
        "User-agent: *\nAllow: /סוהר/\nDisallow: /%D7%A1/",
        "Sitemap: https://elsewhere.example/sitemap.xml",
    ],
)
def test_what_crawlers_can_read_is_taken(text: str) -> None:
    save(text)
    assert SyndicationSettings.objects.get().robots == text.strip()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("User-agent: *\nKeep out", "Line 2: it is no rule."),
        ("User-agent: *\n\nDissallow: /", "Line 3: crawlers do not know “dissallow”."),
        ("Disallow: /", "Line 1: say before it whom it is for"),
        ("User-agent: *\nDisallow: drafts/", "Line 2: an address begins with a slash"),
        ("User-agent: *\nDisallow: *.pdf", "Line 2: an address begins with a slash"),
        ("User-agent: *\nDisallow: /a /b", "Line 2: an address holds no spaces."),
        ("User-agent: Google Bot\nDisallow: /", "Line 1: name one crawler"),
        ("User-agent:\nDisallow: /", "Line 1: name one crawler"),
        ("<html>", "Line 1: it is no rule."),
        ("# remark\n" * 60_000, "longer than the 500 KB"),
    ],
)
def test_what_they_could_not_read_is_refused_with_the_line_and_the_way_out(text: str, problem: str) -> None:
    response = save(text)
    assert problem in BeautifulSoup(response.content, "html.parser").get_text()
    assert not SyndicationSettings.objects.exists()


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        ("User-agent: *\nDisallow: /", True),
        ("User-agent: *\nUser-agent: GPTBot\nDisallow: /*", True),
        ("User-agent: GPTBot\nDisallow: /", False),
        ("User-agent: *\nDisallow: /\nAllow: /reviews/", False),
        ("User-agent: *\nDisallow: /admin/\n\nUser-agent: GPTBot\nDisallow: /", False),
        ("", False),
    ],
)
def test_the_owner_is_warned_where_the_whole_site_would_disappear(text: str, warned: bool) -> None:
    page = BeautifulSoup(save(text).content, "html.parser").get_text()
    assert ("leave the whole site alone" in page) == warned


def test_it_comes_from_the_cache_and_changes_with_the_settings(
    settings: LazySettings, django_capture_on_commit_callbacks: Any
) -> None:
    settings.PAGE_CACHE = True
    robots()
    with CaptureQueriesContext(connection) as queries:
        robots()
    assert not queries
    with django_capture_on_commit_callbacks(execute=True):
        SyndicationSettings.objects.create(site=Site.objects.get(), robots="User-agent: *\nDisallow: /new/")
    assert "/new/" in robots()


def test_it_answers_head_and_no_method_that_writes() -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.head("/robots.txt").status_code == 200
    assert client.post("/robots.txt").status_code == 405
