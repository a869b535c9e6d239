"""What the tests of the retraction watch share."""

from __future__ import annotations

import pytest
from django.conf import LazySettings
from pytest_httpserver import HTTPServer

from research_reviews.watch.asking import Asker
from research_reviews.watch.pace import Pace
from tests.research_reviews.watch.crossref import Crossref


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.naps: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.now += seconds

    def read(self) -> float:
        return self.now


@pytest.fixture
def crossref(httpserver: HTTPServer, settings: LazySettings) -> Crossref:
    """A Crossref that the settings name."""
    settings.CROSSREF_URL = httpserver.url_for("/")
    return Crossref(httpserver)


@pytest.fixture
def clock() -> Clock:
    """Time that passes only while somebody sleeps."""
    return Clock()


@pytest.fixture
def asker(clock: Clock) -> Asker:
    """Somebody who waits five minutes in all, in no time."""
    return Asker(300, pace=Pace(clock.sleep, clock.read))
