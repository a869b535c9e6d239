"""Measures a mailing: `python -m bench --mailing` sends one to 100,000 subscribers, with two workers.

It runs on the database that DATABASE_URL names, writes its result as JSON, and reads a review meanwhile as readers do.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any

from bench.load import CACHED, UNCACHED, Headers, read
from bench.site import HOST, ROOT, Server, environment, prepare, run, served

WORKERS = 2
LONGEST = 40 * 60
SECONDS_BETWEEN_LOOKS = 2
SECONDS_BETWEEN_READS = 0.1
BEGIN = """
import sys, django; django.setup()
from django.utils import timezone
from research_reviews.models import ReviewPage
from subscriptions import planning
from subscriptions.models import Mailing, Subscriber
Subscriber.objects.all().delete()
Mailing.objects.all().delete()
Subscriber.objects.bulk_create(
    (Subscriber(email=f"reader-{n}@example.org", status="active") for n in range(int(sys.argv[1]))), batch_size=5_000
)
review = max(ReviewPage.objects.listed(), key=lambda page: len(str(list(page.body.raw_data))))
planning.send_anyway(review)
print(review.url)
"""


class Sink:
    """The mail server at the far end, in a process of its own."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.sink"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.port = int(self._answer())

    def counted(self) -> tuple[int, int]:
        """Return how many mails it took, and to how many addresses."""
        assert self.process.stdin  # noqa: S101
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        taken, addresses = self._answer().split()
        return int(taken), int(addresses)

    def _answer(self) -> str:
        assert self.process.stdout  # noqa: S101
        return self.process.stdout.readline()


@contextmanager
def workers(variables: dict[str, str]) -> Iterator[list[int]]:
    """The workers' process ids; stopped at the end."""
    command = [sys.executable, "manage.py", "work"]
    started = [subprocess.Popen(command, cwd=ROOT, env=variables) for _worker in range(WORKERS)]
    try:
        yield [process.pid for process in started]
    finally:
        for process in started:
            process.send_signal(signal.SIGTERM)
        for process in started:
            process.wait()


def megabytes(pid: int) -> float:
    """Return how much memory a process has."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


@contextmanager
def reading(server: Server, path: str, headers: Headers, times: list[float]) -> Iterator[None]:
    """Read a page a few times a second, and note the milliseconds that each answer took."""
    done = Event()

    def reader() -> None:
        connection = http.client.HTTPConnection(HOST, server.port, timeout=60)
        while not done.wait(SECONDS_BETWEEN_READS):
            times.append(read(connection, path, headers) * 1000)

    thread = Thread(target=reader)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def send(variables: dict[str, str], sink: Sink, server: Server, path: str, number: int) -> dict[str, Any]:
    """Let the workers send, and return what was seen meanwhile."""
    cached: list[float] = []
    uncached: list[float] = []
    memory: list[float] = []
    with reading(server, path, CACHED, cached), reading(server, path, UNCACHED, uncached), workers(variables) as pids:
        begun = now = time.monotonic()
        while sink.counted()[0] < number and now - begun < LONGEST:
            time.sleep(SECONDS_BETWEEN_LOOKS)
            now = time.monotonic()
            memory.append(max(map(megabytes, pids)))
    taken, addresses = sink.counted()
    return {
        "mails": taken,
        "addresses": addresses,
        "seconds": now - begun,
        "memory": [memory[len(memory) * part // 4] for part in range(1, 4)] + memory[-1:],
        "p99": {"cached": p99(cached), "uncached": p99(uncached)},
    }


def p99(times: list[float]) -> float:
    """Return what all but one in a hundred took at most."""
    return statistics.quantiles(times, n=100)[98]


def measured(folder: Path, database_url: str, number: int) -> dict[str, Any]:
    """Return what was measured of a mailing to so many subscribers."""
    sink = Sink()
    variables = environment(
        folder, database_url or f"sqlite:///{folder / 'db.sqlite3'}", EMAIL_URL=f"smtp://{HOST}:{sink.port}"
    )
    try:
        prepare(variables)
        path = run([sys.executable, "-c", BEGIN, str(number)], variables, timeout=600).split()[-1]
        with served(variables) as server:
            return send(variables, sink, server, path, number)
    finally:
        sink.process.kill()


def main() -> None:
    """Measure and write the result as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("result", type=Path)
    parser.add_argument("--mails", type=int, default=100_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        result = measured(Path(folder), os.environ.get("DATABASE_URL", ""), options.mails)
    options.result.write_text(json.dumps(result))


if __name__ == "__main__":
    main()
