"""How pages are found, and the site's own error pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, HttpResponseServerError
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from wagtail import views
from wagtail.models import Site

from core.routing import page_below


def page(request: HttpRequest, path: str) -> HttpResponseBase:
    """Answer with the page at the path. Wagtail would read the site's first page on the way to it."""
    site = Site.find_for_request(request)
    found = page_below(site.root_page, list(filter(None, path.split("/")))) if site else None
    if found:
        # Where Wagtail keeps what it has found, and looks before it does.
        request._wagtail_route_for_request = found.route(request, [])  # type: ignore[attr-defined]
    response: HttpResponseBase = views.serve(request, path)
    return response


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The site's own 404 page."""
    return HttpResponseNotFound(render_to_string("404.html", request=request))


def server_error(request: HttpRequest) -> HttpResponse:
    """The site's own 500 page, which needs neither database nor cache."""
    return HttpResponseServerError(render_to_string("500.html"))
