"""What the tests of the page cache share."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.cache import caches
from django.test import Client

from tests.factories import PASSWORD, UserFactory

Reads = Callable[[str], str]
Committed = Callable[[], AbstractContextManager[Any]]


@pytest.fixture
def page_cache(settings: LazySettings) -> None:
    """The page cache, on and empty."""
    settings.PAGE_CACHE = True
    for cache in caches.all():
        cache.clear()


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[Any]]) -> Committed:
    """A block whose changes are committed at its end, as they are after an editor's request."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def reader() -> Client:
    """An anonymous reader."""
    return Client()


@pytest.fixture
def reads(reader: Client) -> Reads:
    """What the reader sees at an address, after having seen it before: its text, or 404."""

    def read(url: str) -> str:
        response = reader.get(url)
        return "404" if response.status_code == 404 else response.content.decode()

    return read


@pytest.fixture
def editor() -> Client:
    """A signed-in editor who may do everything."""
    client = Client()
    client.login(username=UserFactory(is_superuser=True).username, password=PASSWORD)
    return client
