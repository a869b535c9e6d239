"""Measures speed and weight of the demo site on SQLite and PostgreSQL and writes docs/benchmarks.md: `make bench`."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench import report
from bench.site import ROOT

DATABASES = {"SQLite": [], "PostgreSQL": ["bash", "deploy/with_postgresql.sh"]}
# Filling a site with 100,000 reviews included.
LONGEST = 3 * 60 * 60


def main() -> int:
    """Measure, show and write. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--seconds", type=int, default=5, help="how long each page is asked for under load")
    parser.add_argument("--scale", action="store_true", help="measure 1,000 and 100,000 reviews as well")
    parser.add_argument("--mailing", action="store_true", help="measure a mailing to 100,000 subscribers as well")
    parser.add_argument("--wordpress", action="store_true", help="measure the move of a WordPress site as well")
    parser.add_argument("--evidence", action="store_true", help="measure lists of a million items as well")
    options = parser.parse_args()
    measured = {}
    for name, prefix in DATABASES.items():
        print(f"{name}:", file=sys.stderr, flush=True)
        if (result := one(prefix, options)) is not None:
            measured[name] = result
    mailing = in_own_process("bench.mailing", DATABASES["PostgreSQL"], []) if options.mailing else None
    evidence = in_own_process("bench.evidence", DATABASES["PostgreSQL"], []) if options.evidence else None
    moves = wordpress(options) if options.wordpress else None
    if "SQLite" not in measured:
        return 1
    print(report.write({**together(measured), "mailing": mailing, "evidence": evidence, "wordpress": moves}))
    return 0


def one(prefix: list[str], options: argparse.Namespace) -> dict[str, Any] | None:
    """Measure the pages on one database; None where they could not be measured."""
    arguments = ["--seconds", str(options.seconds)]
    return in_own_process("bench.one", prefix, [*arguments, "--scale"] if options.scale else arguments)


def wordpress(options: argparse.Namespace) -> dict[str, Any]:
    """Measure the move of a WordPress site on each database; those where it could not be measured are left out."""
    arguments = ["--scale"] if options.scale else []
    results = {name: in_own_process("bench.wordpress", prefix, arguments) for name, prefix in DATABASES.items()}
    return {name: result for name, result in results.items() if result is not None}


def in_own_process(module: str, prefix: list[str], arguments: list[str]) -> dict[str, Any] | None:
    """Measure in a process of its own; None where that failed."""
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "result.json"
        command = [*prefix, sys.executable, "-m", module, str(result), *arguments]
        variables = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        done = subprocess.run(command, cwd=ROOT, env=variables, timeout=LONGEST, check=False)
        if done.returncode:
            print("  could not be measured: see above.", file=sys.stderr)
            return None
        measured: dict[str, Any] = json.loads(result.read_text())
        return measured


def together(measured: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return the results of all databases. Queries and weights are the same on each."""
    return {
        "load_generator": "wrk" if shutil.which("wrk") else "a Python client",
        "loads": {name: result["loads"] for name, result in measured.items()},
        "queries": measured["SQLite"]["queries"],
        "weights": measured["SQLite"]["weights"],
        "discussions": {name: result["discussions"] for name, result in measured.items()},
        "scale": {name: result["scale"] for name, result in measured.items() if result["scale"]},
        "search": {name: result["search"] for name, result in measured.items() if result["search"]},
    }


if __name__ == "__main__":
    sys.exit(main())
