"""Public addresses as attackers, scanners and mistyped links ask for them: an answer, never an error of the server."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import quote

import pytest
from django.core.cache import caches
from django.test import Client

from research_reviews.models import Person, ReviewPage
from tests.factories import AudienceFactory, PersonFactory, ReviewPageFactory, StandardPageFactory, TopicPageFactory

pytestmark = pytest.mark.django_db

JUNK = {
    "zero": "0",
    "negative": "-1",
    "large": "99999999999999999999",
    "larger than a number may be": "9" * 5_000,
    "a float": "9e99",
    "not a number": "nan",
    "infinite": "inf",
    "words": "abc",
    "nothing": "",
    "a NUL": "%00",
    "a NUL in words": "a%00b",
    "10,000 characters": "a" * 10_000,
    "arabic digits": quote("\u0669\u0669"),
    "superscript digits": quote("²"),
    "broken UTF-8": "%ff%fe%c0%80",
    "half a surrogate": "%ed%a0%80",
    "half an escape": "%",
    "an emoji": quote("💥"),
    "a script": quote("<script>hostile()</script>"),
    "SQL": quote("' OR 1=1; DROP TABLE research_reviews_person; --"),
    "a template": quote("{{ 7|add:7 }}{% debug %}"),
    "a path": quote("../../../../etc/passwd"),
    "a new line": "a%0d%0aSet-Cookie:%20hostile=1",
    "brackets": "[]",
    "wildcards": quote("%_*?"),
}  # fmt: skip
CALM = {200, 301, 302, 400, 404, 410, 414}


@pytest.fixture(params=[False, True], ids=["rendered", "through the page cache"])
def reader(request: pytest.FixtureRequest, settings: Any) -> Client:
    """A client that shows an error of the server as the answer that readers would get."""
    settings.PAGE_CACHE = request.param
    return Client(raise_request_exception=False)


@pytest.fixture
def site() -> dict[str, str]:
    """A site with one of each kind of page, by the page's address."""
    topic = TopicPageFactory(title="Prison")
    person = PersonFactory(name="Ada Example")
    AudienceFactory(name="Staff")
    review = ReviewPageFactory(title="A review", topic=topic, reviewer=person, published_on=date(2025, 5, 1))
    StandardPageFactory(title="About")
    return {
        "home": "/",
        "list": "/reviews/",
        "review": f"/reviews/{review.slug}/",
        "topics": "/topics/",
        "topic": "/topics/prison/",
        "person": person.get_absolute_url(),
        "plain page": "/about/",
    }


def is_calm(response: Any) -> bool:
    """Whether the answer is one for a person, and repeats nothing hostile."""
    return response.status_code in CALM and b"<script>hostile" not in response.content and not response.cookies


def test_no_parameter_of_an_address_breaks_a_page(reader: Client, site: dict[str, str]) -> None:
    read_by = {
        "home": ("page", "unknown"),
        "list": ("page", "topic", "year", "study_type", "audience", "utm_source"),
        "topic": ("page", "q"),
        "person": ("page",),
        "review": ("page",),
    }
    broken = {
        f"{place}, {name}: {kind}": response.status_code
        for place, names in read_by.items()
        for name in names
        for kind, value in JUNK.items()
        if not is_calm(response := reader.get(f"{site[place]}?{name}={value}"))
    }

    assert broken == {}


def test_a_page_of_a_list_that_is_not_there_is_not_found(client: Client, site: dict[str, str]) -> None:
    values = ("0", "-1", "2", "9e99", "abc", "%00", "99999999999999999999")
    addresses = [f"{site[place]}?page={value}" for place in ("list", "topic", "person") for value in values]

    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 404)


@pytest.mark.parametrize("query", ["topic=none", "year=1066", "year=twenty", "study_type=none", "audience=none"])
def test_a_filter_that_finds_nothing_shows_an_empty_list(client: Client, site: dict[str, str], query: str) -> None:
    response = client.get(f"/reviews/?{query}")

    assert response.status_code == 200
    assert b"A review" not in response.content


def test_no_path_breaks_the_site(reader: Client, site: dict[str, str]) -> None:
    prefixes = ("/", "/reviews/", "/topics/", "/people/", "/about/", "/documents/1/", "/media/", "/static/")
    broken = {
        f"{prefix} and {kind}": response.status_code
        for prefix in prefixes
        for kind, value in JUNK.items()
        if value and not is_calm(response := reader.get(f"{prefix}{value}/"))
    }

    assert broken == {}


def test_a_name_that_nobody_has_is_not_found(client: Client, site: dict[str, str]) -> None:
    kinds = ("words", "a NUL", "a NUL in words", "broken UTF-8", "an emoji", "SQL", "a path", "brackets")
    names = [*(JUNK[kind] for kind in kinds), "ada%00-example", "a%00-review"]
    addresses = [f"/{place}/{name}/" for place in ("reviews", "topics", "people") for name in names]

    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 404)


def test_pages_are_only_read(client: Client, site: dict[str, str]) -> None:
    requests = [(method, address) for method in ("post", "put", "patch", "delete") for address in site.values()]
    before = ReviewPage.objects.count(), Person.objects.count()

    answers = {request: getattr(client, request[0])(request[1]).status_code for request in requests}

    assert answers == dict.fromkeys(requests, 405)
    assert (ReviewPage.objects.count(), Person.objects.count()) == before


def test_whoever_asks_only_about_a_page_gets_no_body(client: Client, site: dict[str, str]) -> None:
    for address in site.values():
        response = client.head(address)

        assert response.status_code == 200
        assert not response.content


@pytest.mark.parametrize(
    "host", ["hostile.example", "testserver:notaport", "", "a" * 300, "testserver\t", "[::1", "t\u00e9st"]
)
def test_a_request_for_another_host_is_a_bad_request(reader: Client, settings: Any, host: str) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]

    response = reader.get("/", headers={"Host": host})

    assert response.status_code == 400
    assert b"hostile.example" not in response.content


HEADERS = [
    {"Accept-Language": "x" * 5_000},
    {"Accept-Encoding": "br;q=hostile, gzip;q=, *;q=9e99, \x00"},
    {"Accept-Encoding": ";;,,=,q=1,br;q=nan"},
    {"If-None-Match": '"' * 3_000},
    {"If-Modified-Since": "yesterday"},
    {"Cookie": "sessionid=%00; csrftoken=; =; ;;;\x00"},
    {"Cookie": "sessionid=" + "a" * 5_000},
    {"X-Forwarded-Host": "hostile.example", "X-Forwarded-Proto": "gopher", "X-Forwarded-For": "' OR 1=1"},
    {"Range": "bytes=9-1,-,0-99999999999999999999"},
    {"Referer": "javascript:hostile()"},
    {"Content-Type": "multipart/form-data; boundary=\x00", "Content-Length": "-5"},
    {"Authorization": "Basic \x00"},
]


def test_no_header_breaks_a_page(reader: Client, site: dict[str, str]) -> None:
    for headers in [*HEADERS, *HEADERS]:
        response = reader.get(site["review"], headers=headers)

        assert response.status_code in (200, 206, 304, 400, 416), headers
        assert b"hostile.example" not in response.content


QUERIES = [
    "&".join(f"a{number}=1" for number in range(500)),
    "&".join(f"a{number}=1" for number in range(50_000)),
    "page=1&" * 500,
    "=" * 1_000,
    "&" * 1_000,
    ";".join(["page=1"] * 100),
    "page=1&page=2&page=abc",
    "topic=a&topic=b&topic=%00",
    "utm_source=%00&fbclid=%ff",
    "?" * 300,
]


@pytest.mark.parametrize("query", QUERIES, ids=range(len(QUERIES)))
def test_no_query_is_too_much(reader: Client, site: dict[str, str], query: str) -> None:
    assert is_calm(reader.get(f"/reviews/?{query}"))


TRICKS = [
    "/_util/login/",
    "/_util/authenticate_with_password/99999999999999999999/99999999999999999999/",
    "/_util/authenticate_with_password/0/0/",
    "/documents/99999999999999999999/a.pdf",
    "/documents/authenticate_with_password/99999999999999999999/",
    "/admin/login/?next=//hostile.example/",
    "/admin/pages/99999999999999999999/edit/",
    "/health/live/%00",
    "//hostile.example/..",
    "/reviews//",
    "/reviews/../../admin/",
    "/.env",
    "/wp-login.php",
    "/reviews/" + "a/" * 500,
    "/" + "a" * 9_000,
]


@pytest.mark.parametrize("method", ["get", "post"])
def test_no_well_known_trick_breaks_the_site(reader: Client, site: dict[str, str], method: str) -> None:
    for path in TRICKS:
        response = getattr(reader, method)(path)

        assert response.status_code in {*CALM, 403, 405}, path
        assert "hostile.example" not in response.get("Location", "").split("?")[0]


def test_what_was_refused_is_not_kept_for_the_next_reader(site: dict[str, str], settings: Any) -> None:
    settings.PAGE_CACHE = True
    caches["pages"].clear()
    reader = Client(raise_request_exception=False)
    reader.get("/reviews/?page=abc")

    assert reader.get("/reviews/").status_code == 200
    assert reader.get("/reviews/?page=abc").status_code == 404
