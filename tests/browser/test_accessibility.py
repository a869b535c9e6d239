"""Every page type holds WCAG 2.2 AA, however it is looked at."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.accessibility import Axe, CodeSniffer
from tests.browser.demo_pages import PAGES, DemoPage
from tests.browser.readers import DARK, LIGHT, LOOKS, Look, Reader

pytestmark = pytest.mark.browser

TOO_WIDE = """
() => {
  const room = document.documentElement.clientWidth;
  if (document.scrollingElement.scrollWidth <= room) return [];
  return [...document.querySelectorAll("body *")].filter((element) => element.getBoundingClientRect().right > room + 1)
    .map((element) => element.outerHTML.slice(0, 120));
}
"""


@pytest.fixture
def browser_for(browser: Browser, large_text_browser: Browser) -> dict[bool, Browser]:
    """The browser by whether its letters are large."""
    return {False: browser, True: large_text_browser}


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("demo_page", PAGES, ids=str)
def test_axe_finds_nothing_and_nothing_is_cut_off(
    browser_for: dict[bool, Browser], demo_site: str, axe: Axe, demo_page: DemoPage, look: Look
) -> None:
    with Reader.auditing(browser_for[look.large_text], demo_site, look) as reader:
        page = reader.open(demo_page.path)

        assert page.evaluate(TOO_WIDE) == []
        assert axe.violations(page) == []


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=str)
@pytest.mark.parametrize("demo_page", PAGES, ids=str)
def test_html_codesniffer_finds_nothing(
    browser: Browser, demo_site: str, html_codesniffer: CodeSniffer, demo_page: DemoPage, look: Look
) -> None:
    with Reader.auditing(browser, demo_site, look) as reader:
        assert html_codesniffer.errors(reader.open(demo_page.path)) == []
