"""Counts what readers see of a sponsor, from around the page cache."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from core.middleware import marks_of
from sponsors.counting import count_view


class ViewCounter:
    """Counts a page that names a sponsor, whether it was made anew, came from the cache or is in the browser still."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        noted = marks_of(request).get("sponsorship")
        if noted and response.status_code in (200, 304):
            count_view(request, *noted)
        return response
