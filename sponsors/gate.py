"""Keeps who is of a sponsor to the report: of the admin's other pages, several ask for nothing but a sign-in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from sponsors.roles import is_only_sponsor

REPORT = "sponsor_reports"
# Signing in and out, one's own account, and what every admin page fetches.
OPEN = (
    "wagtailadmin_login",
    "wagtailadmin_logout",
    "wagtailadmin_password_reset",
    "wagtailadmin_account",
    "wagtailadmin_sprite",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_dismissibles",
)


class SponsorGate:
    """Leads people with the role Sponsor to the report, whatever else of the admin they ask for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Answer in the view's place where the view is not for them."""
        if (
            not request.path_info.startswith(settings.ADMIN_PATH)
            or is_open(request)
            or not is_only_sponsor(request.user)
        ):
            return None
        return redirect("sponsor_reports:list")


def is_open(request: HttpRequest) -> bool:
    """Whether everybody who may sign in may have the page that is asked for."""
    match = request.resolver_match
    return match is not None and (match.app_name == REPORT or (match.url_name or "").startswith(OPEN))
