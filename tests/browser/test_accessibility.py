"""Every page type holds WCAG 2.2 AA, however it is looked at."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from playwright.sync_api import Browser

from tests.browser.accessibility import Axe, CodeSniffer
from tests.browser.demo_pages import PAGES, DemoPage
from tests.browser.readers import DARK, LIGHT, LOOKS, LOOKS_WITH_LARGE_TEXT, Look, Reader

pytestmark = pytest.mark.browser

TOO_WIDE = """
() => {
  const room = document.documentElement.clientWidth;
  if (document.scrollingElement.scrollWidth <= room) return [];
  return [...document.querySelectorAll("body *")].filter((element) => element.getBoundingClientRect().right > room + 1)
    .map((element) => `cut off: ${element.outerHTML.slice(0, 120)}`);
}
"""


def faults(reader: Reader, demo_page: DemoPage, axe: Axe, looks: Iterable[Look]) -> dict[str, list[str]]:
    """Return what is wrong with the page by the look that shows it."""
    page = reader.open(demo_page.path, demo_page.status)
    found: dict[str, list[str]] = {}
    for look in looks:
        reader.look(look)
        wrong = page.evaluate(TOO_WIDE) + axe.violations(page, without=look.axe_rules_without_meaning)
        found.update({look.name: wrong} if wrong else {})
    return found


@pytest.mark.parametrize("demo_page", PAGES, ids=str)
def test_axe_finds_nothing_and_nothing_is_cut_off(
    browser: Browser, demo_site: str, axe: Axe, demo_page: DemoPage
) -> None:
    with Reader.auditing(browser, demo_site) as reader:
        assert faults(reader, demo_page, axe, LOOKS) == {}


@pytest.mark.parametrize("demo_page", PAGES, ids=str)
def test_axe_finds_nothing_and_nothing_is_cut_off_with_letters_of_twice_the_size(
    large_text_browser: Browser, demo_site: str, axe: Axe, demo_page: DemoPage
) -> None:
    with Reader.auditing(large_text_browser, demo_site) as reader:
        assert faults(reader, demo_page, axe, LOOKS_WITH_LARGE_TEXT) == {}
        assert reader.page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") >= 32


@pytest.mark.parametrize("demo_page", PAGES, ids=str)
def test_html_codesniffer_finds_nothing_in_light_and_dark(
    browser: Browser, demo_site: str, html_codesniffer: CodeSniffer, demo_page: DemoPage
) -> None:
    with Reader.auditing(browser, demo_site) as reader:
        page = reader.open(demo_page.path, demo_page.status)
        for look in (LIGHT, DARK):
            reader.look(look)

            assert html_codesniffer.errors(page) == []


def test_the_checkers_notice_faults(browser: Browser, demo_site: str, axe: Axe, html_codesniffer: CodeSniffer) -> None:
    with Reader.auditing(browser, demo_site) as reader:
        page = reader.open("/")
        page.locator("h1").evaluate(
            """(heading) => {
              const faults = "<img src='/static/none.png'><h4>Too deep</h4><p class='pale'>Too pale</p>";
              heading.insertAdjacentHTML("afterend", faults);
              document.querySelector(".pale").style.cssText = "color: #ccc; background: #fff";
              document.querySelector("footer").style.minInlineSize = "4000px";
            }"""
        )
        rules = {violation.split(" ")[0] for violation in axe.violations(page)}
        codes = "".join(html_codesniffer.errors(page))

        assert {"color-contrast", "heading-order", "image-alt"} <= rules
        assert "1_4_3" in codes
        assert "1_1_1" in codes
        assert page.evaluate(TOO_WIDE)[0].startswith("cut off: <footer")
