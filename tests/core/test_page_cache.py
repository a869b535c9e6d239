"""What is answered from the page cache, and how."""

from __future__ import annotations

import gzip

import brotli
import pytest
from django.conf import LazySettings
from django.core.cache import caches
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page, PageViewRestriction

from tests.core.conftest import Committed
from tests.factories import PASSWORD, ReviewPageFactory, StandardPageFactory, UserFactory, home_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("page_cache")]


@pytest.fixture
def page() -> Page:
    """A published page."""
    return StandardPageFactory(title="About us", introduction="Who we are. " * 20)


def test_the_second_reader_is_answered_without_a_query(
    page: Page, reader: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = reader.get(page.url)
    with django_assert_num_queries(0):
        second = Client().get(page.url)
    assert second.status_code == 200
    assert second.content == first.content
    assert second["Content-Security-Policy"] == first["Content-Security-Policy"]


def test_a_page_sets_no_cookie_and_varies_by_no_cookie(page: Page, reader: Client) -> None:
    for response in (reader.get(page.url), reader.get(page.url)):
        assert not response.cookies
        assert response["Vary"] == "Accept-Encoding"
        assert response["Cache-Control"] == "public, max-age=0, must-revalidate"


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("gzip;q=1.0, br;q=0.5", "gzip"),
        ("br;q=0, *", "gzip"),
        ("gzip;q=0, identity", ""),
        ("nonsense;;q=x,", ""),
        ("", ""),
    ],
)
def test_a_page_comes_in_the_encoding_that_the_browser_asks_for(
    page: Page, reader: Client, accepted: str, encoding: str
) -> None:
    decode = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}[encoding]
    for _cold_then_warm in range(2):
        response = reader.get(page.url, headers={"Accept-Encoding": accepted})
        assert response.get("Content-Encoding", "") == encoding
        assert int(response["Content-Length"]) == len(response.content)
        assert b"<h1" in decode(response.content)
        assert response["Vary"] == "Accept-Encoding"


def test_compression_is_done_once(page: Page, reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    reader.get(page.url)
    monkeypatch.setattr("core.middleware.encode", lambda content, encoding: pytest.fail("compressed again"))
    assert reader.get(page.url, headers={"Accept-Encoding": "br"})["Content-Encoding"] == "br"
    assert reader.get(page.url, headers={"Accept-Encoding": "gzip"})["Content-Encoding"] == "gzip"


@pytest.mark.parametrize("form", ["{weak}", '"{bare}"', '"other", {weak}', "*"])
def test_who_has_the_page_already_is_told_so(page: Page, reader: Client, form: str) -> None:
    weak = reader.get(page.url)["ETag"]
    asked = form.format(weak=weak, bare=weak.removeprefix('W/"').removesuffix('"'))
    for encoding in ("br", "gzip", ""):
        response = reader.get(page.url, headers={"If-None-Match": asked, "Accept-Encoding": encoding})
        assert response.status_code == 304
        assert not response.content
        assert response["ETag"] == weak
        assert response["Vary"] == "Accept-Encoding"


def test_who_has_an_older_page_gets_the_new_one(page: Page, reader: Client, committed: Committed) -> None:
    old = reader.get(page.url)["ETag"]
    with committed():
        page.introduction = "Who we are now."
        page.save_revision().publish()
    response = reader.get(page.url, headers={"If-None-Match": old})
    assert response.status_code == 200
    assert "Who we are now." in response.content.decode()


def test_head_answers_like_get_without_a_body(page: Page, reader: Client) -> None:
    cold = reader.head(page.url)
    got = reader.get(page.url)
    warm = reader.head(page.url)
    assert cold.status_code == warm.status_code == 200
    assert not cold.content
    assert not warm.content
    assert warm["Content-Length"] == got["Content-Length"]
    assert warm["ETag"] == got["ETag"]


def test_a_signed_in_user_neither_fills_the_cache_nor_is_served_from_it(page: Page, reader: Client) -> None:
    editor = Client()
    editor.login(username=UserFactory(is_superuser=True).username, password=PASSWORD)
    editor.get(page.url)
    assert stored_pages() == 0
    reader.get(page.url)
    Page.objects.filter(pk=page.pk).update(title="Changed behind the cache's back")
    assert "Changed behind" in editor.get(page.url).content.decode()
    assert "Changed behind" not in reader.get(page.url).content.decode()


@pytest.mark.parametrize("restriction", ["password", "login", "groups"])
def test_a_private_page_is_never_stored(page: Page, reader: Client, committed: Committed, restriction: str) -> None:
    with committed():
        PageViewRestriction.objects.create(page=page, restriction_type=restriction, password="open sesame")
    for _asked_twice in range(2):
        assert "Who we are" not in reader.get(page.url).content.decode()
    assert stored_pages() == 0


def test_an_address_that_leads_nowhere_is_not_stored(reader: Client) -> None:
    home_page()
    for _asked_twice in range(2):
        response = reader.get("/not-here/", headers={"Accept-Encoding": "gzip"})
        assert response.status_code == 404
        assert response["Content-Encoding"] == "gzip"
    assert stored_pages() == 0


def test_a_page_that_appears_where_there_was_none_is_found_at_once(reader: Client, committed: Committed) -> None:
    assert reader.get("/about-us/").status_code == 404
    with committed():
        StandardPageFactory(title="About us", slug="about-us")
    assert reader.get("/about-us/").status_code == 200


def test_only_known_parameters_are_kept(reader: Client) -> None:
    url = ReviewPageFactory().get_parent().url
    for query in ("?anything=1", "?page=1&anything=1", f"?topic={'x' * 400}"):
        response = reader.get(url + query, headers={"Accept-Encoding": "br"})
        assert response.status_code == 200
        assert response["Content-Encoding"] == "br"
    assert stored_pages() == 0
    reader.get(f"{url}?year=2024&page=1")
    reader.get(f"{url}?page=1&year=2024")
    assert stored_pages() == 1


def test_the_marks_of_newsletters_and_networks_make_no_page_of_their_own(reader: Client) -> None:
    url = ReviewPageFactory().get_parent().url
    page = reader.get(f"{url}?utm_source=letter&utm_medium=mail&fbclid=secret")
    assert stored_pages() == 1
    assert "secret" not in page.content.decode()
    assert reader.get(url).content == page.content
    assert stored_pages() == 1


def test_a_forged_host_gets_no_page_and_spoils_none(page: Page, reader: Client, settings: LazySettings) -> None:
    settings.ALLOWED_HOSTS = ["reviews.example", "localhost"]
    reader.get(page.url, headers={"Host": "localhost"})
    forged = reader.get(page.url, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
    assert forged.status_code == 400
    reader.get(page.url, headers={"Host": "localhost", "X-Forwarded-Host": "evil.example"})
    assert "evil.example" not in reader.get(page.url, headers={"Host": "localhost"}).content.decode()


def test_the_same_page_over_http_and_https_is_kept_apart(page: Page, reader: Client) -> None:
    reader.get(page.url)
    reader.get(page.url, secure=True)
    assert stored_pages() == 2


def stored_pages() -> int:
    """How many pages the cache holds."""
    return sum(":page:" in key for key in caches["pages"]._cache)  # type: ignore[attr-defined]
