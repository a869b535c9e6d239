"""A reader of whom it is known which other sites hear of them, and what stands for those sites."""

from __future__ import annotations

import re
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Locator, Page, Route

from tests.browser.arrangement import STATISTICS_SCRIPT
from tests.browser.demo_pages import FLAGSHIP
from tests.browser.readers import Reader

CENTRE = "/privacy/preferences/"
COOKIE = "consent"
PROVIDER, SERVICE = "OpenStreetMap", "openstreetmap"
PLAYER = "www.openstreetmap.org"
STATISTICS = urlsplit(STATISTICS_SCRIPT).netloc
# What the statistics of another site would do here: keep a cookie on the site's own address.
STATISTICS_CODE = "document.cookie = '_stats_id=1; path=/; max-age=1000'; document.body.dataset.counted = '';"
# Browsers that send Global Privacy Control say so to scripts as well.
SIGNAL = "Object.defineProperty(navigator, 'globalPrivacyControl', {value: true})"


class CountedReader(Reader):
    """An anonymous visitor. No request of theirs leaves the machine; the hosts are noted that would have got one.

    At the end they complain of whatever the browser complained of.
    """

    def __init__(self, browser: Browser, address: str, sends_signal: bool = False, **options: Any) -> None:
        if sends_signal:
            options["extra_http_headers"] = {"Sec-GPC": "1"}
        super().__init__(browser, address, **options)
        if sends_signal:
            self.context.add_init_script(SIGNAL)
        self.elsewhere: list[str] = []
        self.context.route(lambda url: not url.startswith(address), self._answer)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        super().__exit__(kind, error, trace)
        assert kind or self.complaints == [], self.complaints

    def _answer(self, route: Route) -> None:
        self.elsewhere.append(urlsplit(route.request.url).netloc)
        if route.request.resource_type == "script":
            route.fulfill(content_type="text/javascript", body=STATISTICS_CODE)
        else:
            route.fulfill(content_type="text/html", body="<!DOCTYPE html><title>Map</title><p>The map.</p>")

    def visit(self, path: str = FLAGSHIP.path) -> Page:
        """Show the page, with what it loads after itself."""
        page = self.open(path)
        page.wait_for_load_state("networkidle")
        return page

    @property
    def banner(self) -> Locator:
        """The question."""
        return self.page.get_by_role("region", name="Your privacy")

    @property
    def dialog(self) -> Locator:
        """The preference centre, opened on another page."""
        return self.page.get_by_role("dialog", name="Privacy preferences")

    @property
    def embed(self) -> Locator:
        """The map of the page, or what stands in its place."""
        return self.page.locator(".embed[data-service]")

    @property
    def frame(self) -> Locator:
        """The map itself."""
        return self.embed.locator("iframe")

    @property
    def counted_page(self) -> Locator:
        """The page, where the statistics have counted it. An element, because the policy forbids eval."""
        return self.page.locator("body[data-counted]")

    @property
    def choice(self) -> str:
        """What the browser keeps of the reader's choice, without their number; empty where it keeps nothing."""
        values = [cookie["value"] for cookie in self.context.cookies() if cookie["name"] == COOKIE]
        return values[0].rpartition(":")[0] if values else ""

    def press(self, name: str) -> None:
        """Press the button of the banner, and wait until it is gone."""
        self.banner.get_by_role("button", name=name).click()
        self.banner.wait_for(state="hidden")

    def open_centre(self) -> None:
        """Open the preference centre as one can on every page."""
        self.page.locator("footer").get_by_role("link", name="Privacy preferences").click()
        self.dialog.wait_for()

    def remember(self, pattern: str, replacement: str) -> None:
        """Change what the browser keeps, as if the site had asked something else when the reader chose."""
        (cookie,) = [cookie for cookie in self.context.cookies() if cookie["name"] == COOKIE]
        value = re.sub(pattern, replacement, cookie["value"])
        assert value != cookie["value"]
        self.context.add_cookies([{"name": COOKIE, "value": value, "domain": cookie["domain"], "path": "/"}])
