"""Searching with a keyboard, with a pointer and without JavaScript."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.accessibility import Axe
from tests.browser.readers import PHONE, Reader

pytestmark = pytest.mark.browser


def test_suggestions_are_chosen_by_keyboard(browser: Browser, demo_site: str) -> None:
    with Reader(browser, demo_site) as reader:
        page = reader.open("/search/")
        field = page.get_by_role("combobox", name="Search reviews, topics and people")
        field.press_sequentially("priso")
        options = page.get_by_role("listbox", name="Search reviews").get_by_role("option")
        expect(options.first).to_be_visible()
        expect(field).to_have_attribute("aria-expanded", "true")
        field.press("ArrowDown")
        expect(options.first).to_have_attribute("aria-selected", "true")
        expect(field).to_have_attribute("aria-activedescendant", str(options.first.get_attribute("id")))
        field.press("ArrowUp")
        expect(page.locator("[aria-selected=true]")).to_have_count(0)
        field.press("ArrowUp")
        expect(options.last).to_have_attribute("aria-selected", "true")
        field.press("Escape")
        expect(options).to_have_count(0)
        expect(field).to_have_attribute("aria-expanded", "false")
        expect(field).to_have_value("priso")
        field.press("ArrowDown")
        expect(options.first).to_be_visible()
        field.press("ArrowDown")
        text = options.first.inner_text()
        field.press("Enter")

        expect(page.get_by_role("heading", level=1)).to_have_text("Search")
        expect(page).to_have_title(re.compile(f"^“{text}”"))
        assert reader.complaints == []


def test_suggestions_are_chosen_by_a_pointer_and_lead_to_titles(browser: Browser, demo_site: str) -> None:
    with Reader(browser, demo_site, size=PHONE) as reader:
        page = reader.open("/search/")
        page.get_by_role("combobox", name="Search reviews").press_sequentially("prison")
        page.get_by_role("option", name="Prison · Topic", exact=True).click()

        expect(page.get_by_role("heading", level=1)).to_have_text("Prison")
        assert reader.complaints == []


def test_the_open_list_of_suggestions_is_accessible(browser: Browser, demo_site: str, axe: Axe) -> None:
    with Reader.auditing(browser, demo_site) as reader:
        page = reader.open("/search/")
        page.get_by_role("combobox", name="Search reviews").press_sequentially("priso")
        expect(page.get_by_role("listbox", name="Search reviews")).to_be_visible()

        assert axe.violations(page) == []


def test_a_search_from_the_menu_to_the_finding_needs_no_javascript(browser: Browser, demo_site: str) -> None:
    with Reader(browser, demo_site, java_script_enabled=False) as reader:
        page = reader.open("/")
        page.get_by_role("banner").get_by_role("link", name="Search", exact=True).click()
        page.get_by_label("Search reviews, topics and people").fill("prisoner night")
        page.get_by_role("main").get_by_role("button", name="Search").click()
        page.locator("main .card-summary a[href*='#']").first.click()

        assert "#" in page.url
        expect(page.locator(":target")).to_be_visible()
