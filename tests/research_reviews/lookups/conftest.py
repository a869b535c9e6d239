"""The registries, played by one local server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from pytest_httpserver import HTTPServer

from tests.research_reviews.lookups.registries import Registries


@pytest.fixture
def registries(settings: LazySettings) -> Iterator[Registries]:
    """Registries that know nothing yet, which the settings name."""
    # They are asked side by side, so a slow one must not hold up the others.
    with HTTPServer(threaded=True) as server:
        for name, address in Registries.addresses(server).items():
            setattr(settings, name, address)
        yield Registries(server)
