"""How readers look at the site: the ways in which every page must hold."""

from __future__ import annotations

from dataclasses import dataclass
from types import TracebackType
from typing import Any, Literal, Self

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page

PHONE = (390, 844)
DESKTOP = (1280, 900)
SMALLEST = (320, 640)


@dataclass(frozen=True)
class Look:
    """One way to look at a page."""

    name: str
    size: tuple[int, int] = DESKTOP
    color_scheme: Literal["light", "dark"] = "light"
    forced_colors: Literal["active", "none"] = "none"
    large_text: bool = False

    def __str__(self) -> str:
        return self.name


LIGHT = Look("light")
DARK = Look("dark", color_scheme="dark")
NARROW = Look("320px", size=SMALLEST)
LARGE_TEXT = Look("200-percent-text", large_text=True)
LARGE_TEXT_ON_A_PHONE = Look("200-percent-text-on-a-phone", size=PHONE, large_text=True)
FORCED_COLORS = Look("forced-colors", forced_colors="active")
LOOKS = (LIGHT, DARK, NARROW, LARGE_TEXT, LARGE_TEXT_ON_A_PHONE, FORCED_COLORS)


class Reader:
    """An anonymous visitor with a fresh browser profile, who notices every complaint of the browser."""

    def __init__(self, browser: Browser, address: str, **options: Any) -> None:
        width, height = options.pop("size", DESKTOP)
        self.context: BrowserContext = browser.new_context(
            base_url=address, viewport={"width": width, "height": height}, reduced_motion="reduce", **options
        )
        self.context.set_default_timeout(15_000)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._note_message)
        self.page.on("pageerror", self._note_error)

    @classmethod
    def auditing(cls, browser: Browser, address: str, look: Look) -> Self:
        """Return a reader with the look, into whose pages a checker can be put: the content policy is off."""
        return cls(
            browser,
            address,
            size=look.size,
            color_scheme=look.color_scheme,
            forced_colors=look.forced_colors,
            bypass_csp=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.context.close()

    def open(self, path: str) -> Page:
        """Show the page at path and wait until the browser has nothing more to fetch."""
        self.page.goto(path, wait_until="networkidle")
        return self.page

    def _note_message(self, message: ConsoleMessage) -> None:
        own_status = "Failed to load resource" in message.text and message.location.get("url") == self.page.url
        if message.type in {"error", "warning"} and not own_status:
            self.complaints.append(message.text)

    def _note_error(self, error: Error) -> None:
        self.complaints.append(error.message)
