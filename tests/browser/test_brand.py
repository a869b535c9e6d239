"""An owner chooses a colour, sees it before it is saved, and readers see it under the site's strict policy."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.browser.accessibility import Axe
from tests.browser.arrangement import OWNER_NAME
from tests.browser.editor import Editor
from tests.browser.readers import DARK, FORCED_COLORS, LIGHT, Reader

pytestmark = pytest.mark.browser

BRAND = "/admin/settings/site_settings/brandsettings/"
TOO_LIGHT, OFFERED, OFFERED_IN_DARK = "#ffee00", "#7a6f00", "#93892b"
OWN_ACCENT, OWN_ACCENT_IN_DARK = "#8a2b1a", "#f0a48d"
ACCENT = "() => getComputedStyle(document.documentElement).getPropertyValue('--accent').trim()"
COLOUR_OF_KICKER = "() => getComputedStyle(document.querySelector('.kicker')).color"


def test_an_owner_takes_the_colour_that_is_offered_and_readers_see_it(browser: Browser, own_site: str) -> None:
    with Editor(browser, own_site) as owner:
        owner.sign_in(OWNER_NAME)
        page = owner.open(BRAND)
        page.get_by_label("Accent colour").fill(TOO_LIGHT)
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text(f"The nearest colour that can be read is {OFFERED}")).to_be_visible()
        assert accent_of_reader(browser, own_site) == OWN_ACCENT

        page.get_by_role("button", name=f"Take {OFFERED}").click()
        expect(page.get_by_label("Accent colour")).to_have_value(OFFERED)
        expect(page.get_by_label("Choose a colour")).to_have_value(OFFERED)
        page.get_by_label("Site name").fill("Night Reviews")
        expect_brand(owner.preview(), "Night Reviews", OFFERED)
        assert [owner.preview_width(device) for device in ("mobile", "tablet", "desktop")] == [375, 768, 1280]
        assert accent_of_reader(browser, own_site) == OWN_ACCENT

        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("Brand updated.")).to_be_visible()
        assert owner.complaints == []
    with Reader(browser, own_site) as reader:
        page = reader.open("/reviews/")
        assert accents(reader, page) == [OFFERED, OFFERED_IN_DARK]
        reader.look(FORCED_COLORS)
        assert page.evaluate(ACCENT) == "CanvasText"
        reader.look(LIGHT)
        page.emulate_media(media="print")
        assert page.evaluate(ACCENT) == "#000"
        assert reader.complaints == []


def test_a_colour_is_chosen_from_a_picker_and_given_back(browser: Browser, demo_site: str) -> None:
    with Editor(browser, demo_site) as owner:
        owner.sign_in(OWNER_NAME)
        page = owner.open(BRAND)
        written, picker = page.get_by_label("Accent colour"), page.get_by_label("Choose a colour")
        expect(picker).to_have_value(OWN_ACCENT)
        picker.fill("#1d70b8")
        expect(written).to_have_value("#1d70b8")
        written.fill("F0A")
        expect(picker).to_have_value("#ff00aa")
        page.get_by_role("button", name="The site's own").click()
        expect(written).to_have_value("")
        expect(picker).to_have_value(OWN_ACCENT)
        assert owner.complaints == []


def test_the_form_of_the_brand_is_accessible_in_light_and_dark(browser: Browser, demo_site: str, axe: Axe) -> None:
    with Editor.auditing(browser, demo_site) as owner:
        owner.sign_in(OWNER_NAME)
        for look in (LIGHT, DARK):
            owner.look(look)

            assert axe.violations(owner.open(BRAND), without=["landmark-unique"]) == []


def accent_of_reader(browser: Browser, site: str) -> str:
    """Return the accent that a reader sees at present."""
    with Reader(browser, site) as reader:
        return str(reader.open("/").evaluate(ACCENT))


def accents(reader: Reader, page: Page) -> list[str]:
    """Return the accents that a reader sees in light and in dark. What stands in the accent has that colour."""
    seen = []
    for look in (LIGHT, DARK):
        reader.look(look)
        accent = str(page.evaluate(ACCENT))
        red, green, blue = (int(accent[place : place + 2], 16) for place in (1, 3, 5))
        assert page.evaluate(COLOUR_OF_KICKER) == f"rgb({red}, {green}, {blue})"
        seen.append(accent)
    return seen


def expect_brand(preview: FrameLocator, name: str, accent: str) -> None:
    """Wait until the preview shows the name and the accent."""
    expect(preview.locator(".masthead-name")).to_have_text(name)
    expect(preview.locator("html")).to_have_css("--accent", accent)
