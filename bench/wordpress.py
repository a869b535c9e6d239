"""Measures the move of a WordPress site: `python -m bench --wordpress`. Without images and files, on an empty site.

It runs on the database that DATABASE_URL names and writes its result as JSON. `python -m bench.wordpress result.json`
shows it for SQLite alone.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.site import ROOT, environment, manage

POSTS, MANY_POSTS = 2_000, 20_000
GENERATOR = ROOT / "tests" / "data" / "wxr" / "generate_wxr.py"


def rows(results: dict[str, dict[str, Any]]) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the report: each database and size with its times and its memory."""
    for database, sizes in results.items():
        for posts, figures in sizes.items():
            times = (f"{figures[name]:.0f}" for name in ("dry", "first", "again"))
            yield database, f"{int(posts):,}", f"{figures['comments']:,}", *times, f"{figures['megabytes']:.0f}"


def measure(variables: dict[str, str], folder: Path, posts: int) -> dict[str, Any]:
    """Return the seconds of a dry run, of the import and of the same again, and the most memory that one took."""
    export = folder / f"export-{posts}.xml"
    command = [sys.executable, str(GENERATOR), "--posts", str(posts), "--out", str(export)]
    subprocess.run(command, check=True, capture_output=True)
    answers = json.loads(export.with_suffix(".json").read_text())
    runs = {
        "dry": timed(variables, "import_wordpress", str(export), "--dry-run"),
        "first": timed(variables, "import_wordpress", str(export)),
        "again": timed(variables, "import_wordpress", str(export)),
    }
    export.unlink()
    seconds = {name: taken for name, (taken, _megabytes) in runs.items()}
    megabytes = max(megabytes for _taken, megabytes in runs.values())
    return {**seconds, "comments": answers["comments"]["total"], "megabytes": megabytes}


def timed(variables: dict[str, str], *arguments: str) -> tuple[float, float]:
    """Run a management command. Returns the seconds that it takes, its start included, and its most memory in MB."""
    begin = time.monotonic()
    with tempfile.TemporaryFile() as said:
        command = subprocess.Popen(
            [sys.executable, "manage.py", *arguments], cwd=ROOT, env=variables, stdout=said, stderr=said
        )
        # Of this process alone: the migrations before it take more.
        _pid, status, used = os.wait4(command.pid, 0)
        command.returncode = os.waitstatus_to_exitcode(status)
        if command.returncode:
            said.seek(0)
            raise RuntimeError(f"{arguments[0]} failed: {said.read().decode()[-2000:]}")
    return time.monotonic() - begin, used.ru_maxrss / 1024


def main() -> None:
    """Measure each size on an empty site, and write the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("result", type=Path)
    parser.add_argument("--scale", action="store_true", help="20,000 posts as well")
    parser.add_argument("--posts", type=int, default=POSTS)
    options = parser.parse_args()
    results = {}
    for posts in [options.posts, *([MANY_POSTS] if options.scale else [])]:
        with tempfile.TemporaryDirectory(prefix="bench-") as name:
            folder = Path(name)
            database_url = os.environ.get("DATABASE_URL") or f"sqlite:///{folder}/db.sqlite3"
            variables = environment(folder, database_url)
            manage(variables, "migrate", "-v0")
            # The other size begins anew: what an earlier one has brought in is of the same old site.
            manage(variables, "shell", "-v0", "-c", FORGET)
            results[posts] = measure(variables, folder, posts)
    options.result.write_text(json.dumps(results))


FORGET = (
    "from wordpress_import.models import ImportedItem; from research_reviews.models import ReviewPage; "
    "ImportedItem.objects.all().delete(); [page.delete() for page in ReviewPage.objects.all()]"
)


if __name__ == "__main__":
    main()
