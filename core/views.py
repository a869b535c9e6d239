"""Health addresses and the site's own error pages."""

from __future__ import annotations

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, HttpResponseServerError, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache


@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    return JsonResponse({"status": "ok"})


@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """Say whether the database and the cache answer: 200, or 503 with what does not."""
    states = {"database": database_answers(), "cache": cache_answers()}
    everything = all(states.values())
    return JsonResponse(
        {
            "status": "ok" if everything else "unavailable",
            **{name: "ok" if up else "down" for name, up in states.items()},
        },
        status=200 if everything else 503,
    )


def database_answers() -> bool:
    """Whether the database runs a query."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def cache_answers() -> bool:
    """Whether the cache gives back what was put in."""
    try:
        cache.set("health", "ok", 10)
        return cache.get("health") == "ok"
    except Exception:
        return False


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The site's own 404 page."""
    return HttpResponseNotFound(render_to_string("404.html", request=request))


def server_error(request: HttpRequest) -> HttpResponse:
    """The site's own 500 page, which needs neither database nor cache."""
    return HttpResponseServerError(render_to_string("500.html"))
