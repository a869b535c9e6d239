"""Old addresses of a site that named everything by a query of its first page, such as `/?p=12`.

The first page answers whatever its query says, so Wagtail's redirects, which wait for a page that is not found, never
have their turn. This asks them before, and only where a parameter of that kind is there.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from wagtail.contrib.redirects.middleware import get_redirect

# WordPress's. Posts, pages and files share one row of numbers, so that all of them are found as `p`.
IDS = ("p", "page_id", "attachment_id")
LISTS = ("cat", "tag", "author", "feed")


class OldAddressMiddleware:
    """Leads old addresses of the first page to what they named."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in ("GET", "HEAD") and request.GET and (query := old_query(request)):
            redirect = get_redirect(request, f"{request.path.removesuffix('index.php')}?{query}")
            if redirect and redirect.link:
                kind = HttpResponsePermanentRedirect if redirect.is_permanent else HttpResponseRedirect
                return kind(redirect.link)
        return self.get_response(request)


def old_query(request: HttpRequest) -> str:
    """Return what an address names, in the form in which redirects know it; empty where it is no old address."""
    if not request.path.endswith(("/", "/index.php")):
        return ""
    for name in (*IDS, *LISTS):
        if value := request.GET.get(name, ""):
            return urlencode({"p" if name in IDS else name: value})
    return ""
