"""An editor at the page editor: signs in, moves between tabs, saves, publishes and previews."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from playwright.sync_api import FrameLocator, Locator, expect

from tests.browser.composing import Block
from tests.browser.readers import Reader
from tests.factories import PASSWORD

# Publishing renders the review and makes its evidence; saving has much to validate.
SAVE_MILLISECONDS = 30_000
# Wagtail saves half a second after the last key. Who presses a button in that very moment is told of another window.
AUTOSAVE_MILLISECONDS = 1_000
# While a newer version is loaded there is a second frame behind the one that shows.
PREVIEW = "[data-side-panel=preview] iframe:not(.w-preview__proxy)"


class Editor(Reader):
    """Somebody who signs in. Notices every complaint of the browser, as every reader does."""

    # The cookies of those who are signed in, by the site's address and their name.
    signed_in: ClassVar[dict[tuple[str, str], list[Any]]] = {}

    def sign_in(self, name: str) -> None:
        """Sign in, or come back as somebody who has signed in on this site before, and arrive at the dashboard."""
        who = self.address, name
        self.context.add_cookies(self.signed_in.get(who, []))
        self.open("/admin/")
        if who not in self.signed_in:
            self.page.get_by_label("Username").fill(name)
            self.page.get_by_label("Password").fill(PASSWORD)
            self.page.get_by_role("button", name="Sign in").click()
        expect(self.page).to_have_url(re.compile(r"/admin/$"))
        self.signed_in[who] = list(self.context.cookies())

    def begin_review(self, title: str) -> None:
        """Begin a review from the list of reviews."""
        self.open("/admin/reviews/")
        self.page.get_by_role("link", name="Add review").first.click()
        self.page.locator("#id_title").fill(title)

    @property
    def form(self) -> Block:
        """The whole form."""
        return Block(self.page.locator("form[data-edit-form]"))

    def tab(self, name: str) -> None:
        """Turn to a tab of the editor."""
        self.page.get_by_role("tab", name=name).click()

    def save_draft(self) -> None:
        """Press “Save draft” and wait until Wagtail says that it is saved."""
        self._pause()
        self.page.get_by_role("button", name="Save draft").click()
        self._expect_message("created|updated|saved")

    def publish(self) -> None:
        """Press “Publish” and wait for the answer, whatever it is."""
        self._pause()
        self.page.locator("footer").get_by_role("button", name="More actions").click()
        self.page.get_by_role("button", name="Publish", exact=True).click()

    def expect_published(self, title: str) -> None:
        """Wait until Wagtail says that the review is published."""
        self._expect_message(f"{re.escape(title)}.* published")

    def complaint_at(self, field: str) -> Locator:
        """Return the messages at the field."""
        return self.form.field(field).locator("[data-field-errors], .help-block, .w-field__errors")

    def preview(self) -> FrameLocator:
        """Open the preview beside the form and return what it shows."""
        toggle = self.page.get_by_role("button", name="Toggle preview")
        if toggle.get_attribute("aria-expanded") != "true":
            toggle.click()
        return self.page.frame_locator(PREVIEW)

    def preview_width(self, device: str) -> int:
        """Let the preview be as wide as a device (mobile, tablet, desktop), and return how wide its page is."""
        self.page.locator(f"[data-side-panel=preview] input[type=radio][value={device}]").check(force=True)
        return int(self.page.locator(PREVIEW).evaluate("(frame) => frame.contentWindow.innerWidth"))

    def _pause(self) -> None:
        """Look up from the keyboard until what was typed has been saved by itself."""
        self.page.wait_for_timeout(AUTOSAVE_MILLISECONDS)
        saving = self.page.locator(".w-autosave-indicator__state--saving")
        expect(saving).to_be_hidden(timeout=SAVE_MILLISECONDS)

    def _expect_message(self, text: str) -> None:
        message = self.page.locator(".messages").get_by_text(re.compile(text, re.IGNORECASE)).first
        expect(message).to_be_visible(timeout=SAVE_MILLISECONDS)
