"""A reader passes a review on: by copying its address, by the device's own way, by plain links."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from tests.browser.demo_pages import FLAGSHIP
from tests.browser.readers import PHONE, Reader

pytestmark = pytest.mark.browser

CLIPBOARD = ["clipboard-read", "clipboard-write"]
A_DEVICE_THAT_SHARES = (
    "navigator.share = async (what) => { document.documentElement.dataset.shared = JSON.stringify(what); };"
)
A_READER_WHO_THINKS_BETTER = "navigator.share = () => Promise.reject(new DOMException('No', 'AbortError'));"
A_DEVICE_THAT_DOES_NOT = "delete Navigator.prototype.share;"
NO_CLIPBOARD = "navigator.clipboard.writeText = () => Promise.reject(new DOMException('No', 'NotAllowedError'));"


def reader_with(browser: Browser, site: str, script: str = A_DEVICE_THAT_DOES_NOT) -> Reader:
    """Return a reader whose browser may write to the clipboard and whose device is as the script makes it."""
    reader = Reader(browser, site, size=PHONE, permissions=CLIPBOARD)
    reader.context.add_init_script(script)
    return reader


def address_of(page: Page) -> str:
    """Return the address that the site has given the page, wherever it is served for a test."""
    return page.locator("link[rel=canonical]").get_attribute("href") or ""


def copied(page: Page) -> str:
    """Wait until it is said that something has been copied, and return it."""
    said = page.locator("body > [role=status]")
    expect(said).to_have_text("Copied")
    said.evaluate("(status) => { status.textContent = ''; }")
    return str(page.evaluate("() => navigator.clipboard.readText()"))


def test_a_review_and_a_finding_are_copied_by_key_and_it_is_said(browser: Browser, demo_site: str) -> None:
    with reader_with(browser, demo_site) as reader:
        page = reader.open(FLAGSHIP.path)
        button = page.get_by_role("button", name="Copy link")
        button.focus()
        page.keyboard.press("Enter")
        assert copied(page) == address_of(page)
        expect(button).to_be_focused()

        link = page.get_by_role("link", name=re.compile("^Link to")).first
        link.focus()
        page.keyboard.press("Enter")
        anchor = link.get_attribute("href")
        expect(page).to_have_url(f"{demo_site}{FLAGSHIP.path}{anchor}")
        assert copied(page) == f"{demo_site}{FLAGSHIP.path}{anchor}"
        assert reader.complaints == []


def test_a_device_that_can_share_is_given_title_and_address(browser: Browser, demo_site: str) -> None:
    with reader_with(browser, demo_site, A_DEVICE_THAT_SHARES) as reader:
        page = reader.open(FLAGSHIP.path)
        page.get_by_role("button", name="Share with…").click()
        expect(page.locator("html")).to_have_attribute("data-shared", re.compile("title"))
        shared = json.loads(page.locator("html").get_attribute("data-shared") or "{}")
        assert shared == {"title": page.locator("h1").inner_text(), "url": address_of(page)}
        assert reader.complaints == []


def test_who_thinks_better_of_sharing_is_told_nothing(browser: Browser, demo_site: str) -> None:
    with reader_with(browser, demo_site, A_READER_WHO_THINKS_BETTER) as reader:
        page = reader.open(FLAGSHIP.path)
        page.get_by_role("button", name="Share with…").click()
        expect(page.locator("body > [role=status]")).to_be_empty()
        assert reader.complaints == []


def test_a_device_that_cannot_share_does_not_offer_it(browser: Browser, demo_site: str) -> None:
    with reader_with(browser, demo_site) as reader:
        page = reader.open(FLAGSHIP.path)
        expect(page.get_by_role("button", name="Copy link")).to_be_visible()
        expect(page.locator("[data-share]")).to_be_hidden()


def test_where_the_browser_does_not_let_copy_the_reader_is_given_the_address(browser: Browser, demo_site: str) -> None:
    with reader_with(browser, demo_site, NO_CLIPBOARD) as reader:
        page = reader.open(FLAGSHIP.path)
        asked: list[str] = []

        def answer(dialog: Dialog) -> None:
            asked.append(dialog.default_value)
            dialog.dismiss()

        page.on("dialog", answer)
        page.get_by_role("button", name="Copy link").click()
        assert asked == [address_of(page)]
        assert reader.complaints == []


def test_without_javascript_there_are_links_and_no_button_that_does_nothing(browser: Browser, demo_site: str) -> None:
    with Reader(browser, demo_site, java_script_enabled=False) as reader:
        page = reader.open(FLAGSHIP.path)
        share = page.locator(".share")
        expect(share.get_by_role("link")).to_have_text(["E-mail", "Bluesky", "LinkedIn"])
        expect(share.get_by_role("button")).to_have_count(0)


def test_on_paper_there_are_the_related_reviews_and_nothing_to_press(browser: Browser, demo_site: str) -> None:
    with Reader(browser, demo_site) as reader:
        page = reader.open(FLAGSHIP.path)
        page.emulate_media(media="print")
        expect(page.locator(".share")).to_be_hidden()
        expect(page.locator(".related li")).to_have_count(3)
        expect(page.locator(".related li").first).to_be_visible()
