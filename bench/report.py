"""The measurements as a table in docs/benchmarks.md."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench import evidence, search, wordpress
from bench.site import ROOT

FILE = ROOT / "docs" / "benchmarks.md"
NAMES = {"review": "Review", "index": "List of reviews", "home": "Home page", "topic": "Topic", "person": "Person"}
PACKAGES = ("django", "wagtail", "gunicorn")
HEAD = """# Benchmarks

Written by `make bench`; with `--scale` it measures 100,000 reviews as well. Production settings, gunicorn as in
`deploy/gunicorn.conf.py`, no proxy, the demo site, the load generator on the same machine.
"""


def write(results: dict[str, Any]) -> str:
    """Write the file and return its text."""
    text = "\n".join([HEAD, *machine(results["load_generator"]), "", *body(results)]) + "\n"
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(text)
    return text


def machine(load_generator: str) -> Iterator[str]:
    """Yield what the measurements were made on."""
    yield f"- Measured on {datetime.now(UTC):%d %B %Y} (UTC), with {load_generator}"
    yield f"- {processor()}, {os.cpu_count()} cores, {memory_gigabytes():.0f} GB, {platform.system()}"
    others = ", ".join(f"{name.title()} {version(name)}" for name in PACKAGES)
    yield f"- {platform.python_implementation()} {platform.python_version()}, {others}"


def processor() -> str:
    """Return the name of the processor."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def memory_gigabytes() -> float:
    """Return how much memory there is."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30


def body(results: dict[str, Any]) -> Iterator[str]:
    """Yield the tables."""
    for database, pages in results["loads"].items():
        yield f"## Speed, {database}\n"
        yield from table(
            ("Page", "", "Requests/s", "CPU ms a request", "First byte, ms"),
            (
                (NAMES[name], state, f"{load['requests_a_second']:,.0f}", *shown(load))
                for name, states in pages.items()
                for state, load in states.items()
            ),
        )
    yield "## Database queries, uncached\n"
    yield from table(("Page", "Queries"), ((NAMES[name], str(number)) for name, number in results["queries"].items()))
    yield "## Weight on a phone, in bytes as sent\n"
    rows = ((NAMES[name], *weighed(weight)) for name, weight in results["weights"].items())
    yield from table(("Page", "HTML", "CSS", "JavaScript", "First picture", "Together", "Requests"), rows)
    yield from discussions(results["discussions"])
    for database, steps in results.get("scale", {}).items():
        yield f"## Time to first byte by number of reviews, uncached, {database}, ms\n"
        numbers = list(steps)
        yield from table(
            ("Page", *(f"{int(number):,}" for number in numbers)),
            ((NAMES[name], *(f"{steps[number][name]:.0f}" for number in numbers)) for name in steps[numbers[0]]),
        )
    yield from searches(results.get("search", {}))
    if mailing := results.get("mailing"):
        yield from of_mailing(mailing)
    if moves := results.get("wordpress"):
        yield "## A WordPress site moves in, without images, in seconds\n"
        head = ("Database", "Posts", "Comments", "Dry run", "Import", "The same again", "Most memory, MB")
        yield from table(head, wordpress.rows(moves))
    if found := results.get("evidence"):
        yield f"## Lists of {found['items']:,} items of evidence, PostgreSQL, 95 of 100 answers, ms\n"
        yield from table(("Page", "Right after a change", "Later, uncached", "HTML, bytes"), evidence.rows(found))
        yield f"- {evidence.said_of_file(found['export'])}\n"


def searches(results: dict[str, dict[str, dict[str, float]]]) -> Iterator[str]:
    """Yield how long searches take."""
    if results:
        yield "## Search among 100,000 reviews, time to first byte, uncached, ms\n"
        figures = (f"{database}, {name}" for database in results for name in ("median", "95 of 100"))
        yield from table(("What is searched for", *figures), search.rows(results))


def discussions(results: dict[str, Any]) -> Iterator[str]:
    """Yield what responses below a review cost."""
    yield "## A review by number of responses, uncached\n"
    rows = [
        (database, f"{int(number):,}", str(pages[page]["queries"]), page, f"{pages[page]['first_byte']:.0f}")
        for database, numbers in results.items()
        for number, pages in numbers.items()
        for page in pages
    ]
    yield from table(("Database", "Responses", "Queries", "Page of them", "First byte, ms"), rows)


def of_mailing(result: dict[str, Any]) -> Iterator[str]:
    """Yield what a mailing took."""
    yield "## A mailing, PostgreSQL, two workers, a mail server on the same machine\n"
    memory = ", ".join(f"{megabytes:.0f}" for megabytes in result["memory"])
    times = result["p99"]
    yield f"- {result['mails']:,} mails to {result['addresses']:,} addresses in {result['seconds'] / 60:.1f} minutes:"
    yield f"  {result['mails'] / result['seconds']:,.0f} a second, the start of the workers included"
    yield f"- Memory of the larger worker after each quarter: {memory} MB"
    yield f"- A review meanwhile, p99: {times['uncached']:.0f} ms uncached, {times['cached']:.0f} ms cached\n"


def shown(load: dict[str, float]) -> tuple[str, str]:
    """Return CPU time and time to first byte in words."""
    return f"{load['cpu_milliseconds']:.2f}", f"{load['first_byte_milliseconds']:.1f}"


def weighed(weight: dict[str, int]) -> tuple[str, ...]:
    """Return the cells of a page's weight."""
    parts = [weight[name] for name in ("html", "css", "js", "header_image")]
    return (*(f"{part:,}" for part in (*parts, sum(parts))), str(weight["requests"]))


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Yield the lines of a table, with its columns set in line."""
    cells = [head, *rows]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    for number, row in enumerate(cells):
        yield "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        if number == 0:
            yield "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    yield ""
