"""One address for every page type of the demo site."""

from __future__ import annotations

from dataclasses import dataclass

from tests.browser.arrangement import PRIVATE_SLUG


@dataclass(frozen=True)
class DemoPage:
    """A page and what a reader may expect of it."""

    name: str
    path: str
    status: int = 200
    # A page that asks who is there is no longer the same for everyone: its form needs a cookie.
    is_public: bool = True

    def __str__(self) -> str:
        return self.name


FLAGSHIP = DemoPage("flagship-review", "/reviews/peer-support-in-prisons/")
PAGES = (
    DemoPage("home", "/"),
    DemoPage("reviews", "/reviews/"),
    DemoPage("filtered-reviews", "/reviews/?year=2024"),
    DemoPage("no-reviews", "/reviews/?year=1901"),
    DemoPage("topics", "/topics/"),
    DemoPage("topic", "/topics/prison/"),
    FLAGSHIP,
    DemoPage("cite", f"{FLAGSHIP.path}cite/"),
    DemoPage("cite-quote", f"{FLAGSHIP.path}cite/quote-66ac6a31-6da4-5d7b-8b52-8439d85f5a09/"),
    DemoPage("short-review", "/reviews/unpaid-carers-and-respite/"),
    DemoPage("person", "/people/odessa-quillfeather/"),
    DemoPage("recommendations", "/recommendations/"),
    DemoPage("audience", "/audiences/prison-staff/"),
    DemoPage("evidence-map", "/evidence-map/"),
    DemoPage("plain-page", "/about/"),
    DemoPage("sponsors", "/sponsors/"),
    DemoPage("search", "/search/?q=prison&topic=prison"),
    DemoPage("search-corrected", "/search/?q=suicde"),
    DemoPage("preferences", "/privacy/preferences/", is_public=False),
    DemoPage("subscribe", "/subscribe/"),
    DemoPage("inbox", "/subscribe/inbox/", is_public=False),
    DemoPage("not-found", "/no-such-page/", status=404),
    DemoPage("login", "/reviews/hospital-discharge-to-the-street/", is_public=False),
    DemoPage("password", f"/{PRIVATE_SLUG}/", is_public=False),
)
