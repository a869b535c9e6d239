"""What the web server's processes have counted is written when they are told to stop."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection
from django.db.models import Sum
from django.urls import reverse

from sponsors.models import DailyCount
from tests.browser.demo_site import ROOT, wait_for
from tests.factories import SponsorshipFactory, TopicPageFactory

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
READERS, TIMES = 6, 25


def database_address() -> str:
    """Return the address of the test's own database."""
    database = {name: str(value) for name, value in connection.settings_dict.items()}
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    user = f"{quote(database['USER'], safe='')}:{quote(database['PASSWORD'], safe='')}"
    return f"postgres://{user}@{quote(database['HOST'], safe='')}:{database['PORT']}/{database['NAME']}"


@contextmanager
def served(folder: Path) -> Iterator[int]:
    """Serve the test's database by two workers on a free port for as long as the context lasts."""
    with socket.socket() as listener, (folder / "gunicorn.log").open("w") as log:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.sponsors.counting_settings",
            "DATABASE_URL": database_address(),
            "WEB_CONCURRENCY": "2",
            "LOG_LEVEL": "warning",
        }
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "--config"),
                "deploy/gunicorn.conf.py",
                "--bind",
                f"fd://{listener.fileno()}",
            ],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            pass_fds=(listener.fileno(),),
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/health/live/", server)
            yield port
        finally:
            server.terminate()
            assert server.wait(timeout=30) == 0


def read_again_and_again(port: int, page: str, link: str) -> list[int]:
    """Open the page anew, ask whether it has changed, and follow the link, each some times. Returns the statuses."""
    reader = HTTPConnection("127.0.0.1", port, timeout=30)

    def ask(address: str, etag: str = "") -> HTTPResponse:
        reader.request("GET", address, headers={"User-Agent": FIREFOX, "If-None-Match": etag})
        answer = reader.getresponse()
        answer.read()
        return answer

    statuses = []
    for _time in range(TIMES):
        opened = ask(page)
        again = ask(page, opened.headers["ETag"])
        statuses += [opened.status, again.status, ask(link).status]
    reader.close()
    return statuses


@pytest.mark.django_db(transaction=True)
def test_nothing_is_lost_when_the_web_server_is_told_to_stop(tmp_path: Path) -> None:
    topic = TopicPageFactory(title="Prison")
    # Not asked for in a reader's thread, which would open a connection to the database.
    page = topic.url
    link = f"{reverse('sponsors:visit', args=[SponsorshipFactory(topic=topic).pk])}?page={topic.pk}"

    with served(tmp_path) as port, ThreadPoolExecutor(READERS) as readers:
        answers = list(readers.map(lambda _reader: read_again_and_again(port, page, link), range(READERS)))
        assert not DailyCount.objects.exists()

    assert all(statuses == [200, 304, 302] * TIMES for statuses in answers), (tmp_path / "gunicorn.log").read_text()
    assert DailyCount.objects.aggregate(views=Sum("views"), clicks=Sum("clicks")) == {
        "views": READERS * TIMES * 2,
        "clicks": READERS * TIMES,
    }
