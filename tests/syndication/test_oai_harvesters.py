"""Harvesters of others, over the network, while reviews are published, changed, taken down and deleted.

On the demo site, by its own web server: tests/browser/test_harvesting.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from django.conf import LazySettings
from pytest_django.live_server_helper import LiveServer

from tests.syndication.editors import Editors, similar_reviews, truth
from tests.syndication.harvesting import settled
from tests.syndication.judges import ScytheJudge, SickleJudge

CALM, RESTLESS = 7, 4


@contextmanager
def working(editors: Editors) -> Iterator[None]:
    """Let the editors work in a thread, with a connection of their own."""
    thread = Thread(target=editors.work)
    thread.start()
    try:
        yield
    finally:
        editors.stopping.set()
        thread.join(60)


def test_harvesters_have_every_review_as_it_is_in_the_end_whatever_happened_meanwhile(
    settings: LazySettings, live_server: LiveServer
) -> None:
    settings.OAI_PAGE_SIZE = 3
    calm = similar_reviews(CALM, "Calm")
    editors = Editors(similar_reviews(RESTLESS, "Restless"))
    judges = [SickleJudge(f"{live_server.url}/oai"), ScytheJudge(f"{live_server.url}/oai")]
    with working(editors):
        for judge in judges:
            came = judge.harvest()
            # Nothing that was there all along is missing from a whole harvest, or comes twice.
            assert {pk: came[pk] for pk in calm} == dict.fromkeys(calm, 1)
            judge.harvest()
    assert editors.done
    settled()
    for judge in judges:
        judge.harvest()
        assert judge.present == truth()
