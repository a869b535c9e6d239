"""The page cache when things go wrong: races, a database or a cache that is away, several processes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.conf import LazySettings
from django.core.cache.backends.locmem import LocMemCache
from django.db import OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import DjangoDbBlocker

from core import page_cache
from core.middleware import PageCacheMiddleware
from core.page_cache import cache, content_changed, generation
from tests.core.conftest import Committed
from tests.factories import StandardPageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("page_cache")]

DEAD_DATABASE = "postgres://nobody@127.0.0.1:9/nothing"
READ_IN_ANOTHER_PROCESS = """
import django
django.setup()
from django.test import Client
response = Client().get("/about-us/", SERVER_NAME="localhost")
print(response.status_code, "Still here" in response.content.decode())
"""


class CacheAway(LocMemCache):
    """A cache server that does not answer."""

    def get(self, *args: object, **kwargs: object) -> None:
        """Fail as a client without a connection does."""
        raise ConnectionError

    set = get


def test_what_was_rendered_while_a_change_was_made_is_not_served_after_it() -> None:
    answers = iter(["old", "new"])

    def render(request: HttpRequest) -> HttpResponse:
        response = HttpResponse(next(answers))
        if response.content == b"old":
            page_cache.begin_generation()
        return response

    middleware = PageCacheMiddleware(render)
    ask = RequestFactory().get
    assert middleware(ask("/about/")).content == b"old"
    assert middleware(ask("/about/")).content == b"new"
    assert middleware(ask("/about/")).content == b"new"


def test_readers_and_editors_at_the_same_time_leave_one_generation() -> None:
    start = Barrier(8)
    seen: list[str] = []

    def change_or_read(changes: bool) -> None:
        start.wait()
        seen.extend(page_cache.begin_generation() if changes else generation() for _again in range(50))

    threads = [Thread(target=change_or_read, args=[number % 2 == 0]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    last = cache.get(page_cache.GENERATION_KEY)
    assert last in seen
    assert generation() == last


def test_a_change_counts_when_it_is_committed_and_not_before(committed: Committed) -> None:
    token = generation()
    with committed():
        content_changed()
        assert generation() == token
    assert generation() != token


def test_a_change_that_was_rolled_back_counts_not_at_all(committed: Committed) -> None:
    token = generation()
    with committed(), transaction.atomic():
        StandardPageFactory()
        transaction.set_rollback(True)
    assert generation() == token


def test_cached_pages_are_served_while_the_database_is_away(
    reader: Client, django_db_blocker: DjangoDbBlocker, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = StandardPageFactory(title="Still here")
    url = page.url
    reader.get(url)
    monkeypatch.setattr(connection, "ensure_connection", lambda: pytest.fail("asked for the database"))
    with django_db_blocker.block():
        assert "Still here" in reader.get(url).content.decode()


def test_a_generation_that_ends_while_the_database_is_away_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    token = generation()

    def away() -> float:
        raise OperationalError

    monkeypatch.setattr("core.page_cache._seconds_to_next_moment", away)
    monkeypatch.setattr("core.page_cache._known_end", (token, 0.0))
    assert generation() == token
    monkeypatch.undo()
    monkeypatch.setattr("core.page_cache._known_end", (token, 0.0))
    assert generation() != token


def test_another_process_serves_the_page_without_a_database(
    reader: Client, settings: LazySettings, tmp_path: Path
) -> None:
    backend = {"BACKEND": "core.caches.FileCache"}
    settings.CACHES = {
        "default": {**backend, "LOCATION": tmp_path / "cache"},
        "generation": {**backend, "LOCATION": tmp_path / "cache" / "generation"},
        "pages": {**backend, "LOCATION": tmp_path / "cache" / "pages"},
    }
    settings.STATIC_ROOT = tmp_path / "static"
    StandardPageFactory(title="Still here", slug="about-us")
    reader.get("/about-us/", SERVER_NAME="localhost")
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.development",
        "DATABASE_URL": DEAD_DATABASE,
        "DEBUG": "false",
        "STATE_DIR": str(tmp_path),
    }
    other = subprocess.run(
        [sys.executable, "-c", READ_IN_ANOTHER_PROCESS],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert other.stdout.strip() == "200 True", other.stderr[-2000:]


def test_pages_are_made_anew_for_each_reader_while_the_cache_is_away(settings: LazySettings) -> None:
    settings.CACHES = {alias: {"BACKEND": f"{__name__}.CacheAway"} for alias in ("default", "generation", "pages")}
    answers = iter([b"first", b"second"])
    middleware = PageCacheMiddleware(lambda request: HttpResponse(next(answers)))
    assert [middleware(RequestFactory().get("/")).content for _reader in range(2)] == [b"first", b"second"]


def test_a_change_that_the_cache_did_not_hear_of_counts_when_it_is_back(
    settings: LazySettings, committed: Committed
) -> None:
    token = generation()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cache, "set", CacheAway("", {}).get)
        with committed():
            content_changed()
    assert cache.get(page_cache.GENERATION_KEY) == token
    assert generation() != token
