"""The real command, killed as nothing can be caught: run again, it leaves what an unbroken run leaves."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from tests.browser.demo_site import ROOT, environment
from tests.wordpress_import.exports import generate

POSTS = 100
LONGEST = 600
MOMENT = re.compile(r"\b20\d\d-\d\d-\d\d[T ][\d:.]+(?:Z|\+00:00)?")
UUID_LIKE = re.compile(r"'[0-9a-f]{32}'|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# Their own keys are given in an order that nobody chooses.
KEYS_BY_CHANCE = {"wagtailcore_referenceindex", "research_reviews_tally"}
TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '%fts%'"
WRITTEN = "SELECT count(*) FROM wordpress_import_importeditem"


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export with the files of its old site beside it."""
    folder = tmp_path_factory.mktemp("killed")
    return generate(folder, POSTS, seed=77, arguments=("--media", str(folder / "uploads")))


@pytest.fixture(scope="module")
def unbroken(export: Path, migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[float, dict[str, object]]:
    """How many seconds an unbroken run writes, and what it leaves."""
    site = tmp_path_factory.mktemp("unbroken") / "site"
    shutil.copytree(migrated, site)
    seconds, _is_killed = run(site, export, None)
    return seconds, left_in(site)


def manage(site: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """Begin a management command of the site that keeps its state in the folder."""
    command = [sys.executable, "manage.py", *arguments]
    variables = {**environment(site), "SECRET_KEY": "of a test"}
    return subprocess.Popen(command, cwd=ROOT, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def run(site: Path, export: Path, seconds: float | None) -> tuple[float, bool]:
    """Import, and kill it so long after its first row. Returns how long it wrote, and whether it was killed."""
    command = manage(site, "import_wordpress", str(export), "--uploads", str(export.parent / "uploads"))
    while command.poll() is None and not rows_written(site):
        time.sleep(0.02)
    begin = time.monotonic()
    try:
        command.wait(timeout=LONGEST if seconds is None else seconds)
    except subprocess.TimeoutExpired:
        command.kill()
    said = command.communicate()[0].decode()
    assert command.returncode in (2, -9), said
    return time.monotonic() - begin, command.returncode != 2


def rows_written(site: Path) -> int:
    """Return how many items the import has written down."""
    with closing(sqlite3.connect(f"file:{site}/db.sqlite3?mode=ro", uri=True, timeout=30)) as database:
        return int(database.execute(WRITTEN).fetchone()[0])


def left_in(site: Path) -> dict[str, object]:
    """Return every row of every table without moments of the run and random keys, and the names of all files."""
    found: dict[str, object] = {}
    with closing(sqlite3.connect(site / "db.sqlite3")) as database:
        today = database.execute("SELECT date('now'), date('now', '-1 day')").fetchone()
        names = (
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '%fts%'"
        )
        for (table,) in database.execute(names).fetchall():
            rows = database.execute(f'SELECT * FROM "{table}"').fetchall()  # noqa: S608
            skipped = 1 if table in KEYS_BY_CHANCE else 0
            found[table] = Counter(comparable(row[skipped:], today) for row in rows)
    found["files"] = sorted(path.name for path in (site / "media").rglob("*") if path.is_file())
    return found


def comparable(row: tuple[object, ...], today: tuple[str, ...]) -> str:
    """Return a row without what differs from run to run."""
    text = MOMENT.sub(lambda moment: "now" if moment[0].startswith(today) else moment[0], repr(row))
    return UUID_LIKE.sub("some", text)


@pytest.mark.parametrize("share", [10, 50, 95])
def test_what_is_killed_and_run_again_is_as_if_it_had_not_been(
    export: Path, migrated: Path, unbroken: tuple[float, dict[str, object]], tmp_path: Path, share: int
) -> None:
    seconds, whole = unbroken
    site = tmp_path / "site"
    shutil.copytree(migrated, site)
    while not run(site, export, seconds * share / 100)[1]:
        # The machine was quicker this time: from the beginning, and killed earlier.
        shutil.rmtree(site)
        shutil.copytree(migrated, site)
        seconds *= 0.9
    run(site, export, None)
    left = left_in(site)
    for name, rows in whole.items():
        assert left[name] == rows, name
