"""The sitemap: what stands in it, that it is valid, and how it is split."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from images.renditions import make
from research_reviews.models import ReviewPage
from syndication import crawler_views, sitemap
from tests.factories import (
    AudienceFactory,
    PersonFactory,
    ReviewPageFactory,
    StandardPageFactory,
    StudyFactory,
    TopicPageFactory,
    home_page,
)
from tests.syndication.feed_rules.values import address as address_faults

pytestmark = pytest.mark.django_db

ROOT = "http://localhost"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"
LISTS = ["/findings/", "/recommendations/", "/quotes/", "/evidence-map/", "/sponsors/", "/subscribe/"]


def read(path: str = "/sitemap.xml", kind: str = "urlset") -> list[ElementTree.Element]:
    """Return the entries of a file, which has to be as sitemaps.org and Google want it."""
    response = Client().get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "application/xml; charset=utf-8")
    root = ElementTree.fromstring(response.content)  # noqa: S314
    assert root.tag == f"{SITEMAP}{kind}"
    parts = {f"{SITEMAP}{'url' if kind == 'urlset' else 'sitemap'}"}
    assert {entry.tag for entry in root} <= parts
    for entry in root:
        names = [part.tag for part in entry]
        assert names == sorted(set(names), key=[f"{SITEMAP}loc", f"{SITEMAP}lastmod", f"{IMAGE}image"].index)
        location = entry.findtext(f"{SITEMAP}loc", "")
        assert location.startswith(f"{ROOT}/")
        assert location.isascii()
        assert list(address_faults(location)) == []
        assert len(location) < 2048
        assert re.fullmatch(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00)?", entry.findtext(f"{SITEMAP}lastmod", ""))
        for image in entry.findall(f"{IMAGE}image"):
            assert [part.tag for part in image] == [f"{IMAGE}loc"]
    return list(root)


def paths(path: str = "/sitemap.xml") -> list[str]:
    return [entry.findtext(f"{SITEMAP}loc", "").removeprefix(ROOT) for entry in read(path)]


@pytest.fixture
def small_files(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Let files hold fewer addresses: `small_files(2)`."""

    def shrink(number: int) -> None:
        monkeypatch.setattr(sitemap, "PLACES_A_FILE", number)
        monkeypatch.setattr(crawler_views, "PLACES_A_FILE", number)

    return shrink


def test_it_names_every_page_person_and_list_that_readers_find() -> None:
    plain = StandardPageFactory(title="About us")
    author = PersonFactory()
    review = ReviewPageFactory(studies=[StudyFactory(authors=[author])], audience=AudienceFactory(name="Prison staff"))
    reviewer = review.reviewers[0]
    assert sorted(paths()) == sorted(
        [
            *("/", "/reviews/", "/topics/", plain.url, review.topic.url, review.url),
            *(author.get_absolute_url(), reviewer.get_absolute_url()),
            *(*LISTS, "/audiences/prison-staff/"),
        ]
    )
    assert [path for path in paths() if Client().get(path).status_code != 200] == []


def test_it_names_nothing_that_is_hidden_or_not_for_search_engines() -> None:
    nobody = PersonFactory()
    hidden = [ReviewPageFactory(published=False), ReviewPageFactory(), ReviewPageFactory()]
    PageViewRestriction.objects.create(page=hidden[1], restriction_type="login")
    ReviewPage.objects.filter(pk=hidden[2].pk).update(expire_at=timezone.now() - timedelta(seconds=1))
    found = paths()
    people = [nobody, *(review.reviewers[0] for review in hidden)]
    assert not {review.get_url_parts()[2] for review in hidden}.intersection(found)
    assert not {person.get_absolute_url() for person in people}.intersection(found)
    assert "/audiences/prison-staff/" not in found


def test_it_says_when_a_page_changed_and_shows_its_picture() -> None:
    review = ReviewPageFactory()
    bare = ReviewPageFactory(header_image=None)
    make(review.header_image, "header")
    entries = {entry.findtext(f"{SITEMAP}loc"): entry for entry in read()}
    entry = entries[f"{ROOT}{review.url}"]
    changed = datetime.fromisoformat(entry.findtext(f"{SITEMAP}lastmod", ""))
    assert changed == review.last_published_at.replace(microsecond=0)
    picture = entry.findtext(f"{IMAGE}image/{IMAGE}loc", "")
    assert Client().get(picture.removeprefix(ROOT)).status_code == 200
    assert entries[f"{ROOT}{bare.url}"].find(f"{IMAGE}image") is None
    person = entries[f"{ROOT}{review.reviewers[0].get_absolute_url()}"]
    assert datetime.fromisoformat(person.findtext(f"{SITEMAP}lastmod", "")) == changed


def test_addresses_of_every_script_are_written_as_addresses() -> None:
    ReviewPageFactory(slug="סוהר", reviewer=PersonFactory(slug="étude"))
    found = paths()
    assert "/reviews/%D7%A1%D7%95%D7%94%D7%A8/" in found
    assert "/people/%C3%A9tude/" in found


def test_more_than_a_file_holds_is_split_and_nothing_is_lost_or_twice(small_files: Callable[[int], None]) -> None:
    for _number in range(3):
        ReviewPageFactory()
    whole = paths()
    small_files(4)
    files = read(kind="sitemapindex")
    names = [file.findtext(f"{SITEMAP}loc", "").removeprefix(ROOT) for file in files]
    parts = [paths(name) for name in names]
    assert [path for part in parts for path in part] == whole
    assert len(whole) == len(set(whole))
    assert max(map(len, parts)) == 4
    assert names[0] == "/sitemap-pages-1.xml"
    newest = max(entry.findtext(f"{SITEMAP}lastmod", "") for entry in read(names[0]))
    assert files[0].findtext(f"{SITEMAP}lastmod") == newest


def test_a_new_page_changes_the_last_file_alone(small_files: Callable[[int], None]) -> None:
    small_files(3)
    ReviewPageFactory(topic=TopicPageFactory())
    first = paths("/sitemap-pages-1.xml")
    page = StandardPageFactory()
    assert paths("/sitemap-pages-1.xml") == first
    assert page.url in paths("/sitemap-pages-2.xml")


@pytest.mark.parametrize(
    "path",
    [
        "/sitemap-pages-0.xml",
        "/sitemap-pages-2.xml",
        f"/sitemap-pages-{'9' * 300}.xml",
        "/sitemap-nothing-1.xml",
        "/sitemap-pages--1.xml",
        "/sitemap-pages-x.xml",
    ],
)
def test_a_file_that_there_is_not_is_not_found(path: str) -> None:
    home_page()
    assert Client().get(path).status_code == 404


def test_the_number_of_queries_is_small_and_does_not_grow_with_the_site(small_files: Callable[[int], None]) -> None:
    def counts() -> list[int]:
        found = []
        for path in ("/sitemap.xml", "/sitemap-pages-1.xml", "/sitemap-people-1.xml", "/sitemap-lists-1.xml"):
            with CaptureQueriesContext(connection) as queries:
                Client().get(path)
            found.append(len(queries))
        return found

    ReviewPageFactory()
    counts()
    few = counts()
    for _number in range(3):
        ReviewPageFactory(audience=AudienceFactory())
    assert counts() == few
    assert max(few) <= 15
    small_files(2)
    assert max(counts()) <= 15


def test_a_site_of_one_page_has_a_sitemap() -> None:
    home_page().get_children().delete()
    assert Page.objects.child_of(home_page()).count() == 0
    assert paths() == ["/", *LISTS]


def test_it_answers_head_and_no_method_that_writes() -> None:
    client = Client(enforce_csrf_checks=True)
    for path in ("/sitemap.xml", "/sitemap-pages-1.xml"):
        assert client.head(path).status_code == 200
        assert client.post(path).status_code == 405
