"""A visitor of the site, as far as the privacy preference centre meets them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse

from site_settings.consent import COOKIE, Choice, allows, current_offer, refuses_by_signal

PREFERENCES = reverse("site_settings:privacy_preferences")
VISITOR = "0123456789abcdef0123456789abcdef"
GPC = {"sec-gpc": "1"}


def choose(client: Client, choice: str, headers: dict[str, str] | None = None, **data: Any) -> Any:
    """Send the form, as a browser does from a page of the site."""
    return client.post(
        PREFERENCES, {"choice": choice, **data}, headers={"sec-fetch-site": "same-origin", **(headers or {})}
    )


def request_of(client: Client, signal: bool = False) -> HttpRequest:
    """Return the request that the visitor's browser sends for the next page."""
    request = RequestFactory().get("/", headers=GPC if signal else {})
    request.COOKIES = {name: morsel.value for name, morsel in client.cookies.items()}
    return request


def choice_of(client: Client) -> Choice | None:
    """Return what the visitor's browser keeps."""
    return Choice.from_request(request_of(client))


def is_asked(client: Client) -> bool:
    """Whether something is left to answer."""
    request = request_of(client)
    offer, choice = current_offer(request), choice_of(client)
    return bool(offer.asked) and not (choice and choice.answers(offer))


def keeps(client: Client, value: str) -> None:
    """Have the visitor's browser send this as its choice."""
    client.cookies[COOKIE] = value


def may_run(request: HttpRequest, slug: str) -> bool:
    """Whether the visitor lets a service run, as the preference centre shows it. One that is not set up never runs."""
    offer = current_offer(request)
    service = next((service for service in offer.services if service.slug == slug), None)
    choice = offer.of(Choice.from_request(request))
    return service is not None and allows(choice, service, refuses_by_signal(request.headers))
