"""What the tests of responses share."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.cache import caches

from comments.models import CommentSettings
from tests.factories.pages import home_page

Committed = Callable[[], AbstractContextManager[Any]]
SetRules = Callable[..., CommentSettings]


@pytest.fixture
def page_cache(settings: LazySettings) -> None:
    """The page cache, on and empty."""
    settings.PAGE_CACHE = True
    for cache in caches.all():
        cache.clear()


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[Any]]) -> Committed:
    """A block whose changes are committed at its end, as they are after a request."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def rules() -> SetRules:
    """Set the owner's settings of responses: `rules(open_days=30)`."""

    def set_rules(**values: Any) -> CommentSettings:
        site = home_page().get_site()
        found: CommentSettings = CommentSettings.objects.update_or_create(site=site, defaults=values)[0]
        return found

    return set_rules
