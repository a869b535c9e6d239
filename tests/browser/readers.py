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

    @property
    def axe_rules_without_meaning(self) -> list[str]:
        """What axe cannot judge: where the reader chose the colours, it compares ours."""
        return ["color-contrast"] if self.forced_colors == "active" else []

    def __str__(self) -> str:
        return self.name


LIGHT = Look("light")
DARK = Look("dark", color_scheme="dark")
NARROW = Look("320 px", size=SMALLEST)
FORCED_COLORS = Look("forced colours", forced_colors="active")
LOOKS = (LIGHT, DARK, NARROW, FORCED_COLORS)
LOOKS_WITH_LARGE_TEXT = (Look("on a desktop"), Look("on a phone", size=PHONE))


class Reader:
    """An anonymous visitor with a fresh browser profile, who notices every complaint of the browser."""

    def __init__(self, browser: Browser, address: str, **options: Any) -> None:
        width, height = options.pop("size", DESKTOP)
        self.address = address
        self.context: BrowserContext = browser.new_context(
            base_url=address, viewport={"width": width, "height": height}, reduced_motion="reduce", **options
        )
        self.context.set_default_timeout(15_000)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._note_message)
        self.page.on("pageerror", self._note_error)

    @classmethod
    def auditing(cls, browser: Browser, address: str) -> Self:
        """Return a reader into whose pages a checker can be put: the content policy is off."""
        return cls(browser, address, bypass_csp=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.context.close()

    def open(self, path: str, status: int = 200) -> Page:
        """Show the page at path and wait until it has loaded. Raises AssertionError where its status is another."""
        response = self.page.goto(path)
        assert response is not None
        assert response.status == status, f"{path} answered {response.status}"
        return self.page

    def look(self, look: Look) -> None:
        """Look at the same page in another way."""
        self.page.set_viewport_size({"width": look.size[0], "height": look.size[1]})
        self.page.emulate_media(color_scheme=look.color_scheme, forced_colors=look.forced_colors)

    def _note_message(self, message: ConsoleMessage) -> None:
        own_status = "Failed to load resource" in message.text and message.location.get("url") == self.page.url
        if message.type in {"error", "warning"} and not own_status:
            self.complaints.append(f"{message.text} ({message.location['url']})")

    def _note_error(self, error: Error) -> None:
        self.complaints.append(error.message)
