"""Whether the site is well, for the machines that watch it."""

from __future__ import annotations

from collections.abc import Callable

from django.core.cache import caches
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse


class HealthMiddleware:
    """Answers /health/live/ and /health/ready/ before anything else asks for a host name, TLS, cache or session.

    Who asks is often the machine itself or a balancer, by number and without TLS.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.answers = {"/health/live/": live, "/health/ready/": ready}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.answers.get(request.path_info)
        return answer() if answer else self.get_response(request)


def live() -> HttpResponse:
    """Say that the process answers."""
    return report(True, {})


def ready() -> HttpResponse:
    """Say whether the database and the cache answer: 200, or 503 with what does not."""
    states = {"database": database_answers(), "cache": cache_answers()}
    return report(all(states.values()), {name: "ok" if up else "down" for name, up in states.items()})


def report(well: bool, details: dict[str, str]) -> HttpResponse:
    """Return the response; its status says it all."""
    content = {"status": "ok" if well else "unavailable", **details}
    return JsonResponse(content, status=200 if well else 503, headers={"Cache-Control": "no-store"})


def database_answers() -> bool:
    """Whether the database is there, with its tables."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM django_migrations LIMIT 1")
    except Error:
        return False
    return True


def cache_answers() -> bool:
    """Whether the cache gives back what was put in."""
    try:
        # Not the default one, which may hide that it is away.
        caches["generation"].set("health", "ok", 10)
        return caches["generation"].get("health") == "ok"
    except Exception:
        # Each cache server's client has errors of its own.
        return False
