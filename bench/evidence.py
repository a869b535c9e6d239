"""Measures lists of evidence: `python -m bench --evidence` makes a site with a million items on PostgreSQL.

It runs on the database that DATABASE_URL names and writes its result as JSON.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.site import environment, prepare, run

# Ten items each.
REVIEWS = 100_000
LONGEST = 2 * 60 * 60


def rows(result: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the report: each page with its times and its weight."""
    for name, page in result["pages"].items():
        yield name, f"{page['after_change']:.0f}", f"{page['later']:.0f}", f"{page['bytes']:,}"


def said_of_file(export: dict[str, float]) -> str:
    """Return in words what taking a whole list away costs."""
    return (
        f"All recommendations as CSV: {export['megabytes']:.0f} MB in {export['seconds']:.0f} s, "
        f"by which the process grew by {export['grown']:.0f} MB"
    )


def main() -> None:
    """Make the site, measure, and write the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("result", type=Path)
    parser.add_argument("--reviews", type=int, default=REVIEWS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        database_url = os.environ.get("DATABASE_URL") or f"sqlite:///{folder}/db.sqlite3"
        variables = environment(Path(folder), database_url)
        prepare(variables)
        command = [sys.executable, "-m", "bench.evidence_site", str(options.result.resolve()), str(options.reviews)]
        run(command, variables, LONGEST)


if __name__ == "__main__":
    main()
