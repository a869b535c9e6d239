"""A reader without JavaScript, and one with paper, get the same words."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.browser.demo_pages import FLAGSHIP, PAGES, DemoPage
from tests.browser.readers import DESKTOP, Reader

# In DejaVu Serif, the widest of the letters that a machine may have; others take one less.
LONGEST_PRINT = 13
# What helps on a screen and is of no use on paper.
SCREEN_ONLY = "header nav, nav, form, .skip-link, button"

pytestmark = pytest.mark.browser


def words(page: Page) -> list[str]:
    """Return the lines of text that are shown on the page."""
    return lines(page.locator("body"))


def lines(part: Locator) -> list[str]:
    """Return the lines of text that are shown in a part of the page."""
    return [line.strip() for line in part.inner_text().splitlines() if line.strip()]


@pytest.mark.parametrize("demo_page", PAGES, ids=str)
def test_nothing_is_missing_without_javascript(browser: Browser, demo_site: str, demo_page: DemoPage) -> None:
    with (
        Reader(browser, demo_site) as with_scripts,
        Reader(browser, demo_site, java_script_enabled=False) as without_scripts,
    ):
        shown = set(words(with_scripts.open(demo_page.path, demo_page.status)))
        only_by_script = set(with_scripts.page.locator("button").all_inner_texts())
        # Without scripts nothing loads that a reader would have to be asked about.
        asking = with_scripts.page.locator(".consent, .embed-offer")
        only_by_script |= {line for part in asking.all() for line in lines(part)}

        assert shown - only_by_script <= set(words(without_scripts.open(demo_page.path, demo_page.status)))


def test_the_long_review_prints_on_few_sheets_without_what_belongs_to_the_screen(
    browser: Browser, demo_site: str
) -> None:
    with Reader(browser, demo_site, size=DESKTOP) as reader:
        page = reader.open(FLAGSHIP.path)
        sheets = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))
        page.emulate_media(media="print")
        still_shown = page.locator(SCREEN_ONLY).evaluate_all(
            "elements => elements.filter((element) => element.checkVisibility()).map((element) => element.outerHTML)"
        )

        assert 1 < sheets <= LONGEST_PRINT
        assert page.locator("h1").is_visible()
        assert page.locator("main blockquote").first.is_visible()
        assert still_shown == []
