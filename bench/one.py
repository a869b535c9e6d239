"""Measures one site, on the database that DATABASE_URL names: `python -m bench.one result.json`."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench import search
from bench.load import CACHED, UNCACHED, measure, time_to_first_byte
from bench.site import environment, prepare, run, served

UNDER_LOAD = ("review", "index", "home")
SCALES = (1_000, 100_000)
DISCUSSIONS = (20, 10_000)


def measured(folder: Path, database_url: str, seconds: int, scale: bool) -> dict[str, Any]:
    """Return everything that is measured of a site in the folder."""
    variables = environment(folder, database_url or f"sqlite:///{folder / 'db.sqlite3'}")
    say("  a demo site")
    prepare(variables)
    pages: dict[str, Any] = json.loads(run([sys.executable, "-m", "bench.pages"], variables, timeout=120))
    with served(variables) as server:
        pages["loads"] = {}
        for name in UNDER_LOAD:
            say(f"  {name}")
            address = pages["addresses"][name]
            pages["loads"][name] = {
                "uncached": asdict(measure(server, address, seconds, UNCACHED)),
                "cached": asdict(measure(server, address, seconds, CACHED)),
            }
    review = pages["addresses"]["review"]
    # The few again at the end: what is measured next has a review as it was.
    several = [discussed(variables, review, number) for number in (*DISCUSSIONS, DISCUSSIONS[0])]
    pages["discussions"] = dict(zip(DISCUSSIONS, several, strict=False))
    pages["scale"] = {number: at_scale(variables, number, pages["addresses"]) for number in SCALES if scale}
    pages["search"] = searched(variables) if scale else {}
    return pages


def at_scale(variables: dict[str, str], number: int, addresses: dict[str, str]) -> dict[str, float]:
    """Return the times to first byte of every page with so many reviews."""
    say(f"  {number:,} reviews")
    run([sys.executable, "-m", "bench.volume", str(number)], variables, timeout=1800)
    with served(variables) as server:
        return {name: time_to_first_byte(server, address, UNCACHED) for name, address in addresses.items()}


def searched(variables: dict[str, str]) -> dict[str, dict[str, float]]:
    """Return the times of searches of all kinds, among as many reviews as there are by now."""
    say("  searches")
    kinds = json.loads(run([sys.executable, "-m", "bench.search"], variables, timeout=3600).splitlines()[-1])
    with served(variables) as server:
        return search.measured(server, kinds)


def discussed(variables: dict[str, str], path: str, number: int) -> dict[str, dict[str, float]]:
    """Return the queries of the review with so many responses, and its times to first byte: first and last page."""
    say(f"  {number:,} responses")
    said = run([sys.executable, "-m", "bench.discussion", path, str(number)], variables, timeout=600)
    pages: dict[str, dict[str, Any]] = json.loads(said)
    with served(variables) as server:
        times = {name: time_to_first_byte(server, url, UNCACHED) for name, url in pages["addresses"].items()}
    return {name: {"queries": pages["queries"][name], "first_byte": times[name]} for name in times}


def say(line: str) -> None:
    """Show progress."""
    print(line, file=sys.stderr, flush=True)


def main() -> None:
    """Measure and write the results as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("result", type=Path)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--scale", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        database_url = os.environ.get("DATABASE_URL", "")
        result = measured(Path(folder), database_url, options.seconds, options.scale)
    options.result.write_text(json.dumps(result))


if __name__ == "__main__":
    main()
