"""What every test can use, and what is tidied between tests.

- Media, mail and the SQLite file lie in a temporary folder (config.settings.testing); DATABASE_URL chooses another
  database. `migrated` is the folder of an empty site, for tests that copy it.
- The caches are empty at the start of each test.
- Tasks are left undone, but for tests that use `tasks_at_once`.
- Tests with `live_server`, `transactional_db` or `django_db(transaction=True)` find what the migrations made (home
  page, /reviews/, /topics/, roles), although such a test ends by emptying the database.
- `chromium` is a Playwright browser; a test that uses it is marked `browser`. Without a Chromium those tests are left
  out and the summary says so; with REQUIRE_BROWSER=1 that ends the run.
"""

from __future__ import annotations

import functools
import gc
import os
import shutil
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings as django_settings
from django.core.cache import caches
from django.db import connections

from core.release import release
from tests.browser.checkers import missing as missing_checkers
from tests.browser.demo_site import MIGRATE, manage
from tests.shared import IS_ONE_OF_MANY, made_once

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]
LONGEST_NAME = 60
EMPTIES_DATABASE = {"live_server", "transactional_db"}
# On SQLite, the processes of a run begin with copies of one migrated file. One process alone migrates its own.
COPIES_DATABASE = IS_ONE_OF_MANY and connections["default"].vendor == "sqlite"
left_out = pytest.StashKey[int]()


def find_chromium() -> str | None:
    """Return the path of a Chromium: the one that CHROMIUM names, or the first in the PATH."""
    return next(filter(None, map(shutil.which, (os.environ.get("CHROMIUM", ""), *CHROMIUM_NAMES))), None)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave browser tests out where there is no browser, and have emptied databases filled again."""
    if not find_chromium():
        leave_out_browser_tests(config, items)
    for item in items:
        mark = item.get_closest_marker("django_db")
        arguments = mark.kwargs if mark else {}
        if EMPTIES_DATABASE.intersection(getattr(item, "fixturenames", [])) or arguments.get("transaction"):
            arguments = {**arguments, "transaction": True, "serialized_rollback": True}
            item.add_marker(pytest.mark.django_db(**arguments), append=False)


def leave_out_browser_tests(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect them, or end the run where they are required."""
    browser_tests = [item for item in items if item.get_closest_marker("browser")]
    if browser_tests and os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.exit("REQUIRE_BROWSER=1, but there is no Chromium. Install one, or name its path in CHROMIUM.", 2)
    config.stash[left_out] = len(browser_tests)
    items[:] = [item for item in items if item not in browser_tests]
    config.hook.pytest_deselected(items=browser_tests)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say that browser tests were left out. Asked of the machine again: with xdist the workers did the leaving out."""
    if not find_chromium():
        terminalreporter.section("browser tests")
        terminalreporter.line(
            "The tests in a browser did not run: no Chromium was found. Install one, or name its path in CHROMIUM."
        )
    elif lacking := missing_checkers():
        terminalreporter.section("browser tests")
        terminalreporter.line(f"Some tests in a browser did not run. Missing: {', '.join(sorted(lacking.values()))}.")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Let the garbage collector pass over what stays until the end, code and collected tests: it would take a tenth of
    the time."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.set_threshold(50_000, 20, 20)
        gc.enable()


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name a case by the beginning of its text: some have megabytes, and processes tell each other the names."""
    if isinstance(val, str | bytes) and len(val) > LONGEST_NAME:
        return f"{val[:LONGEST_NAME]!a}, {len(val)} long"
    return None


@pytest.fixture(scope="session", autouse=True)
def one_release() -> Iterator[None]:
    """Read the release off the files once a process, as a server does, and not anew for each client of a test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("core.middleware.release", functools.cache(release))
        yield


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The state folder of a site with nothing in it but what the migrations make, on SQLite. To be copied."""
    return made_once(tmp_path_factory, "migrated", migrate)


def migrate(state_dir: Path) -> None:
    """Run all migrations on a new SQLite file, under the settings of the tests."""
    own = {"DATABASE_URL": f"sqlite:///{state_dir / 'db.sqlite3'}", "DJANGO_SETTINGS_MODULE": "config.settings.testing"}
    manage(state_dir, *MIGRATE, **own)


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb: bool) -> bool:
    """Use the database that is there where it is a copy."""
    return django_db_keepdb or COPIES_DATABASE


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request: pytest.FixtureRequest, django_db_modify_db_settings: None) -> None:
    """Put the copy where this process will look for its database. What it should lack is still migrated then."""
    if COPIES_DATABASE:
        migrated: Path = request.getfixturevalue("migrated")
        shutil.copy(migrated / "db.sqlite3", django_settings.DATABASES["default"]["TEST"]["NAME"])


@pytest.fixture(autouse=True)
def empty_caches() -> Iterator[None]:
    """No test sees what another put into a cache."""
    yield
    for cache in caches.all():
        cache.clear()


@pytest.fixture
def tasks_at_once(settings: object) -> None:
    """What a test leaves to the worker is done at once: search and reference indexes, renditions."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}  # type: ignore[attr-defined]


@pytest.fixture
def temporary_media(tmp_path: Path, settings: object) -> Path:
    """A media folder of the test's own, for tests that count or list files."""
    settings.MEDIA_ROOT = tmp_path / "media"  # type: ignore[attr-defined]
    return tmp_path / "media"


@pytest.fixture
def chromium() -> Iterator[Browser]:
    """A Chromium of the test's own.

    Not shared, because Playwright keeps an event loop in this thread while it is there: Django takes that for
    asynchronous code, forbids queries unless told otherwise and opens connections of its own in it.
    """
    from playwright.sync_api import sync_playwright

    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()
        connections.close_all()
