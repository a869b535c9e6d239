"""What this project adds to the admin holds WCAG 2.2 AA: the list of reviews, the tabs, the checks, the library."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.accessibility import Axe
from tests.browser.arrangement import MODERATOR_NAME
from tests.browser.editor import Editor
from tests.browser.readers import DARK, LIGHT

# The two landmarks of the same name are in the header of Wagtail's own pages.
WAGTAILS_OWN = ["landmark-unique"]
ADDRESSES = ("/admin/", "/admin/reviews/", "/admin/snippets/research_reviews/study/")

pytestmark = pytest.mark.browser


@pytest.fixture
def editor(browser: Browser, demo_site: str) -> Iterator[Editor]:
    """Somebody signed in, into whose pages a checker can be put."""
    with Editor(browser, demo_site, bypass_csp=True) as editor:
        editor.sign_in(MODERATOR_NAME)
        yield editor


@pytest.mark.parametrize("address", ADDRESSES)
def test_lists_in_the_admin_are_accessible_in_light_and_dark(editor: Editor, axe: Axe, address: str) -> None:
    page = editor.open(address)
    for look in (LIGHT, DARK):
        editor.look(look)

        assert axe.violations(page, without=WAGTAILS_OWN) == []


def test_the_tabs_and_checks_of_the_review_editor_are_accessible(editor: Editor, axe: Axe) -> None:
    page = editor.open("/admin/reviews/")
    page.get_by_role("link", name="peer support in prisons").first.click()
    expect(page.locator("editor-checks")).to_be_attached()
    # The tab “Review” holds Wagtail's rich text editors, which have no names that axe would see.
    for tab in ("Study", "Before publishing", "Lists and search"):
        editor.tab(tab)
        expect(page.get_by_role("tabpanel", name=tab)).to_be_visible()

        assert axe.violations(page, without=WAGTAILS_OWN) == []
