"""Every feed of the demo site as feed readers and validators find it, and the sitemap that leads to all of it."""

from __future__ import annotations

import json
from urllib.parse import urljoin
from xml.etree import ElementTree

import feedparser
import pytest

from tests.browser.crawl import Answer, fetch
from tests.syndication.feed_rules import CHECKS

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LISTS = "/reviews/"
OF_REVIEWS = ("/reviews/feed/", "/topics/", "/people/")
TYPES = {"application/rss+xml": "rss", "application/atom+xml": "atom", "application/feed+json": "json"}


@pytest.fixture(scope="module")
def places(demo_site: str) -> list[str]:
    """The path of everything that the sitemap names."""
    root = ElementTree.fromstring(fetch(f"{demo_site}/sitemap.xml").body)  # noqa: S314
    found = [location.text or "" for location in root.iter(f"{SITEMAP}loc")]
    return ["/" + address.split("/", 3)[3] for address in found]


@pytest.fixture(scope="module")
def pages(demo_site: str, places: list[str]) -> dict[str, Answer]:
    """Everything that the sitemap names, by its path."""
    return {path: fetch(f"{demo_site}{path}") for path in places}


@pytest.fixture(scope="module")
def feeds(demo_site: str, pages: dict[str, Answer]) -> dict[str, tuple[str, bytes]]:
    """Every feed that a page of the site names, with its format and what it holds, by its path."""
    found = {}
    for path, page in pages.items():
        for link in page.document.select("link[rel=alternate][type]"):
            if kind := TYPES.get(str(link["type"])):
                found[urljoin(path, str(link["href"]))] = kind
    return {path: (kind, fetch(f"{demo_site}{path}").body) for path, kind in found.items()}


def test_every_page_that_the_sitemap_names_is_there(pages: dict[str, Answer]) -> None:
    assert len(pages) > 40
    assert [path for path, page in pages.items() if page.status != 200] == []


def test_no_feed_breaks_a_rule_of_its_format(feeds: dict[str, tuple[str, bytes]]) -> None:
    kinds = [kind for kind, _body in feeds.values()]
    assert min(kinds.count(kind) for kind in CHECKS) > 20
    for path, (kind, body) in feeds.items():
        own = json.loads(body)["feed_url"] if kind == "json" else self_link(body)
        # The site is served on another port here than it knows of.
        assert own.endswith(path)
        assert CHECKS[kind](body, own) == [], path


def self_link(body: bytes) -> str:
    """Return where the feed says that it is."""
    (own,) = [link.href for link in feedparser.parse(body).feed.links if link.rel == "self"]
    return str(own)


def test_feedparser_finds_every_author_and_category(feeds: dict[str, tuple[str, bytes]]) -> None:
    for path, (kind, body) in feeds.items():
        if kind == "json":
            continue
        feed = feedparser.parse(body)
        assert not feed.bozo, path
        assert all(entry.content and entry.published_parsed for entry in feed.entries), path
        if path.startswith(OF_REVIEWS):
            assert feed.entries, path
            assert all(entry.authors and entry.tags and entry.updated_parsed for entry in feed.entries), path


def test_the_three_formats_say_the_same(demo_site: str) -> None:
    rss, atom = (feedparser.parse(fetch(f"{demo_site}{LISTS}feed/{suffix}").body) for suffix in ("", "atom/"))
    items = json.loads(fetch(f"{demo_site}{LISTS}feed/json/").body)["items"]
    assert len(items) == 14
    for one, other, item in zip(rss.entries, atom.entries, items, strict=True):
        assert one.id == other.id == item["id"]
        assert one.link == other.link == item["url"]
        assert other.title == item["title"]
        names = [author["name"] for author in item["authors"]]
        assert [author.name for author in one.authors] == [author.name for author in other.authors] == names
        assert [tag.term for tag in one.tags] == [tag.term for tag in other.tags] == item["tags"]
        assert one.content[0].value == other.content[0].value
        assert one.published_parsed == other.published_parsed
