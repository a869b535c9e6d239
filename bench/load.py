"""Asks a server for a page again and again, with wrk where it is installed and with threads of our own elsewhere."""

from __future__ import annotations

import http.client
import re
import shutil
import statistics
import subprocess
import time
from dataclasses import dataclass
from threading import Thread

from bench.site import HOST, Server

Headers = dict[str, str]
# What a browser asks for, and what a proxy that ends TLS says.
CACHED: Headers = {"X-Forwarded-Proto": "https", "Accept-Encoding": "br, gzip"}
# Whoever says who they are is never answered from the page cache.
UNCACHED: Headers = {**CACHED, "Authorization": "none"}

CONNECTIONS = 16
TIMES_FOR_FIRST_BYTE = 30


@dataclass(frozen=True)
class Load:
    """What a page took under load."""

    requests_a_second: float
    cpu_milliseconds: float
    first_byte_milliseconds: float


def measure(server: Server, path: str, seconds: int, headers: Headers) -> Load:
    """Measure a page. Raises RuntimeError where an answer was not 200."""
    ask = with_wrk if shutil.which("wrk") else with_threads
    first_byte = time_to_first_byte(server, path, headers)
    # Every worker has compiled its templates and opened its connections before it counts.
    ask(server, path, 1, headers)
    before, started = server.cpu_seconds(), time.monotonic()
    done = ask(server, path, seconds, headers)
    spent, used = time.monotonic() - started, server.cpu_seconds() - before
    return Load(done / spent, used / done * 1000, first_byte)


def time_to_first_byte(server: Server, path: str, headers: Headers) -> float:
    """Return the median time until the first byte of the page, in milliseconds, one request at a time."""
    connection = http.client.HTTPConnection(HOST, server.port, timeout=30)
    for _warm in range(10):
        read(connection, path, headers)
    times = [read(connection, path, headers) for _time in range(TIMES_FOR_FIRST_BYTE)]
    connection.close()
    return statistics.median(times) * 1000


def read(connection: http.client.HTTPConnection, path: str, headers: Headers) -> float:
    """Read the page and return the seconds until its first byte. Raises RuntimeError where it is not there."""
    started = time.perf_counter()
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    first_byte = time.perf_counter() - started
    response.read()
    if response.status != 200:
        raise RuntimeError(f"{path} answered {response.status}.")
    return first_byte


def with_wrk(server: Server, path: str, seconds: int, headers: Headers) -> int:
    """Ask with wrk and return how often it was answered."""
    sent = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}", "--timeout", "30", *sent, server.url(path)]
    said = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 60, check=True).stdout
    if "Non-2xx" in said:
        raise RuntimeError(f"{path} answered with errors under load.")
    found = re.search(r"(\d+) requests in", said)
    return int(found[1]) if found else 0


def with_threads(server: Server, path: str, seconds: int, headers: Headers) -> int:
    """Ask with threads and return how often they were answered. Slower than wrk: it measures itself as well."""
    counts: list[int] = []
    deadline = time.monotonic() + seconds

    def reader() -> None:
        connection = http.client.HTTPConnection(HOST, server.port, timeout=30)
        number = 0
        while time.monotonic() < deadline:
            read(connection, path, headers)
            number += 1
        counts.append(number)

    threads = [Thread(target=reader) for _connection in range(CONNECTIONS // 4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts)
