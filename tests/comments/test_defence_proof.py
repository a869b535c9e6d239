"""A response in the middle of a flood: the browser does its work and sends, or is stopped, under the strict policy."""

from __future__ import annotations

import pytest
from django.core.cache import caches
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from comments.defence import attack
from comments.models import Comment
from tests.factories import ReviewPageFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# So slow that a test can look at it.
SLOW = """
const derive = crypto.subtle.deriveBits.bind(crypto.subtle);
crypto.subtle.deriveBits = async (...how) => {
  await new Promise((resolve) => setTimeout(resolve, 400));
  return derive(...how);
};
"""


def respond(page: Page, address: str) -> None:
    """Fill in the form below the review and send it."""
    page.goto(address)
    page.get_by_label("Name", exact=False).first.fill("Ada Reader")
    page.locator(".response-form [name=email]").fill("ada@example.org")
    page.locator(".response-form [name=text]").fill("First line.\n\nSecond.")
    page.locator(".response-form .button").click()


def test_a_browser_proves_its_work_by_itself(chromium: Browser, live_server: LiveServer) -> None:
    review, page, faults = ReviewPageFactory(), chromium.new_page(), []
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    caches["default"].set(attack.KEY, True, 60)

    respond(page, f"{live_server.url}{review.url}")
    page.wait_for_url("**?response=waiting**", timeout=60_000)

    comment = Comment.objects.get()
    # Within two seconds of the page being made is a matter of this test's speed.
    assert not [reason for reason in comment.reasons if "proof" in reason]
    assert comment.text == "First line.\n\nSecond."
    assert faults == []


def test_the_work_can_be_stopped_begun_again_and_left_out(chromium: Browser, live_server: LiveServer) -> None:
    review, page = ReviewPageFactory(), chromium.new_page()
    page.add_init_script(SLOW)
    caches["default"].set(attack.KEY, True, 60)
    respond(page, f"{live_server.url}{review.url}")
    work = page.locator(".proof-work")
    expect(work).to_contain_text("doing a small calculation")

    work.get_by_role("button", name="Stop").click()
    expect(work).to_contain_text("Stopped.")
    work.get_by_role("button", name="Start again").click()
    expect(work).to_contain_text("doing a small calculation")
    page.get_by_role("button", name="Send it to the moderators").click()
    page.wait_for_url("**?response=waiting**")

    assert any("without the proof of work" in reason for reason in Comment.objects.get().reasons)
