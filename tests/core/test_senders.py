"""Who may send a form of the site, and how often."""

from __future__ import annotations

import pytest
import time_machine
from django.conf import LazySettings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path

from config.urls import urlpatterns as site_urls
from core.senders import address, is_within, network, takes_own_forms


@takes_own_forms
def form(request: HttpRequest) -> HttpResponse:
    """A form of the site."""
    return HttpResponse("taken")


# The refusal is a page of the site, with links.
urlpatterns = [path("form/", form), *site_urls]


@pytest.mark.urls("tests.core.test_senders")
@pytest.mark.django_db
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"sec-fetch-site": "cross-site", "origin": "http://testserver"},
        {"origin": "null"},
        {"origin": "https://hostile.example"},
        {"origin": "http://testserver.hostile.example"},
        {"origin": "http://testserver:8000"},
        {"origin": "http://[hostile"},
        {"referer": "https://hostile.example/?http://testserver"},
    ],
)
def test_a_form_from_elsewhere_is_refused_in_plain_words(headers: dict[str, str]) -> None:
    response = Client(enforce_csrf_checks=True).post("/form/", headers=headers)

    assert response.status_code == 403
    assert "Nothing was changed." in response.content.decode()


@pytest.mark.urls("tests.core.test_senders")
@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "same-origin"},
        {"origin": "http://testserver"},
        {"origin": "HTTP://TestServer"},
        {"referer": "http://testserver/reviews/"},
    ],
)
def test_our_own_form_is_taken_without_a_token(headers: dict[str, str]) -> None:
    assert Client(enforce_csrf_checks=True).post("/form/", headers=headers).content == b"taken"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "127.0.0.1"),
        (1, "", "127.0.0.1"),
    ],
)
def test_a_forged_address_is_not_believed(settings: LazySettings, proxies: int, forwarded: str, expected: str) -> None:
    settings.PROXIES = proxies

    assert address(RequestFactory().get("/", headers={"x-forwarded-for": forwarded})) == expected


def test_a_sender_is_limited_for_a_while_and_others_are_not() -> None:
    with time_machine.travel("2026-11-24 12:00:00+00:00", tick=False):
        assert [is_within(2, 60, "form", "a") for _time in range(3)] == [True, True, False]
        assert is_within(2, 60, "form", "b")
        assert is_within(2, 60, "another form", "a")
    with time_machine.travel("2026-11-24 12:01:00+00:00", tick=False):
        assert is_within(2, 60, "form", "a")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("203.0.113.9:4711", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::9]:4711", "2001:db8:1:2::/64"),
        ("::1", "::/64"),
        ("unknown", "unknown"),
        ("", ""),
    ],
)
def test_a_sender_is_known_by_the_network_however_a_proxy_writes_it(written: str, expected: str) -> None:
    assert network(written) == expected
