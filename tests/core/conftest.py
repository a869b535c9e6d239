"""What the tests of the page cache share."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.cache import caches
from django.test import Client

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
