"""The demo site, and what looks at it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser import checkers
from tests.browser.accessibility import Axe, CodeSniffer
from tests.browser.demo_site import build, served
from tests.conftest import CHROMIUM_ARGUMENTS, find_chromium
from tests.shared import made_once


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests whose checker is missing, or end the run where they are required."""
    missing = checkers.missing()
    lacking = [item for item in items if missing.keys() & set(getattr(item, "fixturenames", ()))]
    if lacking and os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.exit(f"REQUIRE_BROWSER=1, but checkers are missing: {missing}.", 2)
    items[:] = [item for item in items if item not in lacking]
    config.hook.pytest_deselected(items=lacking)
    # The first sets up the demo site while the other process goes on with tests that do not wait for it. One that
    # empties the database stays where pytest-django has put it: behind those that need what it empties.
    browser_tests = [item for item in items if "demo_folder" in getattr(item, "fixturenames", ())]
    others = [item for item in items if item not in browser_tests]
    items[:] = [*browser_tests[:1], *others, *browser_tests[1:]]


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Path:
    """The state folder of the demo site, set up once for all test processes. Who changes the site copies it."""
    return made_once(tmp_path_factory, "demo-site", lambda folder: build(folder, migrated))


@pytest.fixture(scope="session")
def demo_site(demo_folder: Path) -> Iterator[str]:
    """The address of the demo site, for tests that only read."""
    with served(demo_folder) as address:
        yield address


@pytest.fixture(scope="module")
def own_folder(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The state folder of a demo site that may be changed, by the tests of one module."""
    return Path(shutil.copytree(demo_folder, tmp_path_factory.mktemp("own") / "site"))


@pytest.fixture(scope="module")
def own_site(own_folder: Path) -> Iterator[str]:
    """The address of a demo site that may be changed, by the tests of one module."""
    with served(own_folder) as address:
        yield address


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A Chromium shared by the tests of this package, which never touch Django's database from their own process.

    It ends with the package: Playwright keeps an event loop in this thread while it is there.
    """
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="package")
def large_text_browser(browser: Browser) -> Iterator[Browser]:
    """The Chromium of a reader who has set their letters to twice the size."""
    arguments = [*CHROMIUM_ARGUMENTS, "--blink-settings=defaultFontSize=32,defaultFixedFontSize=26"]
    chromium = browser.browser_type.launch(executable_path=find_chromium(), args=arguments)
    yield chromium
    chromium.close()


@pytest.fixture(scope="session")
def axe() -> Axe:
    """axe-core; tests that take it are left out where it is not installed."""
    return Axe()


@pytest.fixture(scope="session")
def html_codesniffer() -> CodeSniffer:
    """HTML_CodeSniffer; tests that take it are left out where it is not installed."""
    return CodeSniffer()


@pytest.fixture(scope="session")
def schema_types() -> None:
    """The vocabulary of schema.org as types is there, and TypeScript; tests that take it are left out otherwise."""


@pytest.fixture(scope="session")
def nu_validator() -> None:
    """The Nu validator is there; tests that take it are left out where it or Java is not installed."""
