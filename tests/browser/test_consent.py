"""What a reader is asked, and what is loaded before and after they answer."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, Route, expect

from tests.browser.accessibility import Axe
from tests.browser.arrangement import STATISTICS_SCRIPT
from tests.browser.consent import CENTRE, PLAYER, PROVIDER, SERVICE, STATISTICS, CountedReader
from tests.browser.readers import DARK, DESKTOP, LIGHT, PHONE, SMALLEST
from tests.browser.weight import WATCH_WHAT_MOVES, Scales

pytestmark = pytest.mark.browser

LARGEST_SCRIPT = 2000
# Everything that decides how much a button draws the eye.
LOOK_OF_A_BUTTON = """(button) => {
  const style = getComputedStyle(button);
  const names = ["font", "color", "background", "border", "borderRadius", "padding", "opacity", "boxShadow", "cursor"];
  return [button.offsetWidth, button.offsetHeight, button.localName, ...names.map((name) => style[name])];
}"""
SIZE = "(element) => [element.offsetWidth, element.offsetHeight]"
# The element with the focus, and by how many pixels the banner hides it.
FOCUS = """() => {
  const element = document.activeElement;
  const banner = document.querySelector(".consent-banner");
  if (element === document.body || banner.contains(element)) return ["", 0];
  const hidden = element.getBoundingClientRect().bottom - banner.getBoundingClientRect().top;
  return [element.outerHTML.slice(0, 120), Math.max(0, Math.round(hidden))];
}"""
PLACE_OF_FOCUS = """() => {
  const element = document.activeElement;
  return element === document.body ? "outside the page" : element.closest("dialog") ? "dialog" : element.outerHTML;
}"""


def test_on_a_first_visit_the_page_asks_and_no_other_site_hears_of_it(browser: Browser, demo_site: str) -> None:
    with CountedReader(browser, demo_site) as reader:
        page = reader.visit()

        expect(reader.banner).to_be_visible()
        expect(reader.banner).to_be_in_viewport(ratio=1)
        assert reader.banner.locator("xpath=..").get_attribute("aria-live") == "polite"
        assert page.evaluate("document.activeElement === document.body")
        expect(reader.embed.get_by_role("button", name="Load once")).to_be_visible()
        assert reader.frame.count() == 0
        assert reader.elsewhere == []
        assert reader.context.cookies() == []


@pytest.mark.parametrize("size", [DESKTOP, PHONE, SMALLEST], ids=str)
def test_to_accept_and_to_reject_look_the_same_in_banner_and_centre(
    browser: Browser, demo_site: str, size: tuple[int, int]
) -> None:
    with CountedReader(browser, demo_site, size=size) as reader:
        reader.visit()
        assert_equal(reader.banner)
        reader.open_centre()
        assert_equal(reader.dialog)


def assert_equal(place: Locator) -> None:
    """Assert that the two buttons draw the eye alike."""
    buttons = (place.get_by_role("button", name=name) for name in ("Accept all", "Reject all"))
    accept, reject = (button.evaluate(LOOK_OF_A_BUTTON) for button in buttons)
    assert accept == reject
    assert min(accept[:2]) >= 24


def test_after_reject_all_nothing_loads_and_nothing_asks(browser: Browser, demo_site: str) -> None:
    with CountedReader(browser, demo_site) as reader:
        page = reader.visit()
        reader.press("Reject all")

        expect(page.locator(".consent .consent-status")).to_have_text(
            "Saved. Everything that can be refused is refused."
        )
        assert page.evaluate("document.activeElement.localName") == "main"
        assert reader.choice.split(":")[2:] == ["", "visit-counts"]
        page.reload(wait_until="networkidle")
        expect(reader.banner).to_be_hidden()
        expect(reader.embed.get_by_role("button", name="Load once")).to_be_visible()
        assert reader.frame.count() == 0
        assert reader.elsewhere == []


def test_after_accept_all_embeds_and_scripts_load_at_once_and_on_the_next_page(
    browser: Browser, demo_site: str
) -> None:
    with CountedReader(browser, demo_site) as reader:
        reader.visit()
        reader.press("Accept all")
        expect(reader.frame).to_have_count(1)
        expect(reader.counted_page).to_be_attached()
        reader.frame.scroll_into_view_if_needed()
        expect(reader.frame.content_frame.get_by_text("The map.")).to_be_visible()

        assert set(reader.elsewhere) == {PLAYER, STATISTICS}
        reader.visit("/reviews/")
        expect(reader.counted_page).to_be_attached()
        expect(reader.banner).to_be_hidden()


def test_an_embed_loaded_once_is_in_a_frame_that_can_do_little_and_is_not_remembered(
    browser: Browser, demo_site: str
) -> None:
    with CountedReader(browser, demo_site) as reader:
        page = reader.visit()
        before = reader.embed.evaluate(SIZE)
        reader.embed.get_by_role("button", name="Load once").click()
        expect(reader.frame.content_frame.get_by_text("The map.")).to_be_visible()

        title, *rights = (reader.frame.get_attribute(name) for name in ("title", "referrerpolicy", "allow"))
        assert title == reader.embed.get_attribute("data-title")
        assert rights == ["strict-origin-when-cross-origin", "fullscreen"]
        assert "allow-top-navigation" not in (reader.frame.get_attribute("sandbox") or "allow-top-navigation")
        assert reader.frame.evaluate("(frame) => frame === document.activeElement")
        assert reader.embed.evaluate(SIZE) == before
        expect(reader.embed.get_by_role("button")).to_have_count(0)
        assert reader.elsewhere == [PLAYER]
        page.reload(wait_until="networkidle")
        expect(reader.embed.get_by_role("button", name="Load once")).to_be_visible()
        expect(reader.banner).to_be_visible()
        assert reader.context.cookies() == []
        assert reader.elsewhere == [PLAYER]


def test_what_is_always_loaded_is_remembered_and_the_banner_asks_about_the_rest(
    browser: Browser, demo_site: str
) -> None:
    with CountedReader(browser, demo_site) as reader:
        page = reader.visit()
        reader.embed.get_by_role("button", name=f"Always load {PROVIDER}").click()
        expect(page.locator(".consent .consent-status")).to_contain_text(PROVIDER)
        page.reload(wait_until="networkidle")

        expect(reader.frame).to_have_count(1)
        expect(reader.banner).to_be_visible()
        assert reader.choice.split(":")[2:] == [SERVICE, ""]
        assert STATISTICS not in reader.elsewhere


def test_withdrawing_takes_two_clicks_and_stops_everything(browser: Browser, demo_site: str) -> None:
    with CountedReader(browser, demo_site) as reader:
        page = reader.visit()
        reader.press("Accept all")
        expect(reader.counted_page).to_be_attached()
        assert "_stats_id" in {cookie["name"] for cookie in reader.context.cookies()}

        reader.open_centre()
        # A script that runs can be stopped only with its page.
        with page.expect_navigation(wait_until="networkidle"):
            reader.dialog.get_by_role("button", name="Reject all").click()
        heard = len(reader.elsewhere)
        assert {cookie["name"] for cookie in reader.context.cookies()} == {"consent"}
        assert reader.frame.count() == 0
        assert reader.counted_page.count() == 0
        reader.visit("/reviews/")
        expect(reader.banner).to_be_hidden()
        assert len(reader.elsewhere) == heard


def test_a_choice_by_service_is_obeyed_at_once_and_can_be_taken_back(browser: Browser, demo_site: str) -> None:
    with CountedReader(browser, demo_site) as reader:
        page = reader.visit()
        allow = reader.dialog.get_by_role("checkbox", name=f"Allow {PROVIDER}")
        for is_allowed in (True, False):
            reader.open_centre()
            expect(allow).to_be_checked(checked=not is_allowed)
            allow.set_checked(is_allowed)
            reader.dialog.get_by_role("button", name="Save my choice").click()
            expect(reader.dialog).to_have_count(0)
            expect(reader.frame).to_have_count(int(is_allowed))
            expect(reader.embed.get_by_role("button", name="Load once")).to_have_count(int(not is_allowed))
            expect(page.locator(".consent .consent-status")).to_contain_text("Saved.")
            assert page.evaluate("document.activeElement.innerText") == "Privacy preferences"
        assert STATISTICS not in reader.elsewhere


@pytest.mark.parametrize(
    ("kept", "then"),
    [(r"^1:", "0:"), (r"[^:.]*_page-statistics", ""), (f"[^:.]*_{SERVICE}", f"another-purpose_{SERVICE}")],
    ids=["another version", "before a service was there", "for another purpose"],
)
def test_what_was_not_asked_is_asked_and_not_loaded(browser: Browser, demo_site: str, kept: str, then: str) -> None:
    with CountedReader(browser, demo_site) as reader:
        reader.visit()
        reader.press("Accept all")
        reader.visit()
        expect(reader.banner).to_be_hidden()
        expect(reader.frame).to_have_count(1)

        reader.remember(kept, then)
        reader.visit()
        expect(reader.banner).to_be_visible()
        expect(reader.frame).to_have_count(int("statistics" in kept))


def test_a_browser_that_refuses_for_its_reader_is_not_asked_and_an_explicit_choice_wins(
    browser: Browser, demo_site: str
) -> None:
    with CountedReader(browser, demo_site, sends_signal=True) as reader:
        page = reader.visit()
        expect(reader.banner).to_have_count(0)
        assert reader.frame.count() == 0
        reader.open_centre()
        expect(reader.dialog).to_contain_text("Your browser sends Global Privacy Control.")
        reader.dialog.get_by_role("button", name="Close").click()
        expect(reader.dialog).to_have_count(0)
        assert (reader.elsewhere, reader.context.cookies()) == ([], [])

        reader.embed.get_by_role("button", name=f"Always load {PROVIDER}").click()
        expect(page.locator(".consent .consent-status")).to_contain_text(PROVIDER)
        page.reload(wait_until="networkidle")
        expect(reader.frame).to_have_count(1)
        expect(reader.banner).to_have_count(0)
        assert set(reader.elsewhere) <= {PLAYER}


@pytest.mark.parametrize(("sends_signal", "runs"), [(False, True), (True, False)])
def test_a_script_that_readers_can_only_object_to_runs_unless_they_or_their_browser_do(
    browser: Browser, demo_site: str, sends_signal: bool, runs: bool
) -> None:
    def make_exempt(route: Route) -> None:
        answer = route.fetch()
        said, changed = f"consent&quot;,&quot;{STATISTICS_SCRIPT}", f"exempt&quot;,&quot;{STATISTICS_SCRIPT}"
        assert said in answer.text()
        route.fulfill(response=answer, body=answer.text().replace(said, changed))

    with CountedReader(browser, demo_site, sends_signal=sends_signal) as reader:
        reader.context.route("**/about/", make_exempt)
        reader.visit("/about/")
        assert reader.elsewhere == [STATISTICS] * runs

        reader.context.request.post(CENTRE, form={"choice": "reject"}, headers={"Origin": demo_site})
        reader.remember(":visit-counts:", ":page-statistics.visit-counts:")
        reader.visit("/about/")
        assert reader.elsewhere == [STATISTICS] * runs


def test_without_javascript_the_centre_does_it_all(browser: Browser, demo_site: str) -> None:
    with CountedReader(browser, demo_site, java_script_enabled=False) as reader:
        page = reader.visit()
        shown = [button.inner_text() for button in page.locator("button").all() if button.is_visible()]
        assert shown == ["Send", "Subscribe"]
        page.locator("footer").get_by_role("link", name="Privacy preferences").click()
        page.get_by_role("checkbox", name=f"Allow {PROVIDER}").check()
        page.get_by_role("checkbox", name="I object to: Visit counts").check()
        page.get_by_role("button", name="Save my choice").click()

        expect(page.get_by_role("status")).to_have_text(f"Saved. Allowed: {PROVIDER}. Everything else is refused.")
        assert page.title().startswith("Saved")
        assert reader.choice.split(":")[2:] == [SERVICE, "visit-counts"]
        page.get_by_role("button", name="Reject all").click()
        expect(page.get_by_role("status")).to_have_text("Saved. Everything that can be refused is refused.")
        expect(page.get_by_role("checkbox", name=f"Allow {PROVIDER}")).not_to_be_checked()
        assert reader.elsewhere == []


def test_where_the_connection_fails_for_the_script_the_form_is_sent_as_without_it(
    browser: Browser, demo_site: str
) -> None:
    with CountedReader(browser, demo_site) as reader:
        page = reader.visit()
        reader.context.route(
            f"**{CENTRE}", lambda route: route.abort() if route.request.resource_type == "xhr" else route.fallback()
        )
        page.locator("footer").get_by_role("link", name="Privacy preferences").click()
        page.wait_for_url(f"**{CENTRE}")
        reader.visit("/reviews/")
        reader.banner.get_by_role("button", name="Accept all").click()
        page.wait_for_url(f"**{CENTRE}?saved")

        expect(page.get_by_role("status")).to_contain_text("Saved. Everything is allowed")
        assert all("ERR_FAILED" in complaint for complaint in reader.complaints), reader.complaints
        reader.complaints.clear()


def test_the_banner_and_the_dialog_are_walked_by_keyboard(browser: Browser, demo_site: str) -> None:
    with CountedReader(browser, demo_site) as reader:
        page = reader.visit()
        walked = []
        for _step in range(5):
            page.keyboard.press("Tab")
            walked.append(page.evaluate("document.activeElement.innerText"))
        assert walked == ["Skip to content", "Our privacy policy", "Accept all", "Reject all", "Choose"]

        page.keyboard.press("Enter")
        reader.dialog.wait_for()
        assert page.evaluate("document.activeElement.innerText") == "Privacy preferences"
        places = []
        for _step in range(30):
            page.keyboard.press("Tab")
            places.append(page.evaluate(PLACE_OF_FOCUS))
        assert set(places) <= {"dialog", "outside the page"}
        page.keyboard.press("Shift+Tab")
        assert page.evaluate(PLACE_OF_FOCUS) in {"dialog", "outside the page"}

        page.keyboard.press("Escape")
        expect(reader.dialog).to_have_count(0)
        assert page.evaluate("document.activeElement.innerText") == "Choose"
        expect(reader.banner).to_be_visible()
        assert reader.context.cookies() == []


def test_enter_on_a_service_saves_what_is_ticked(browser: Browser, demo_site: str) -> None:
    with CountedReader(browser, demo_site) as reader:
        reader.visit("/reviews/")
        reader.open_centre()
        reader.dialog.get_by_role("checkbox", name=f"Allow {PROVIDER}").press("Enter")
        expect(reader.dialog).to_have_count(0)

        assert reader.choice.split(":")[2:] == ["", ""]


def test_the_banner_never_hides_what_has_the_focus(browser: Browser, demo_site: str) -> None:
    with CountedReader(browser, demo_site, size=PHONE) as reader:
        page = reader.visit("/reviews/")
        expect(reader.banner).to_be_visible()
        seen, hidden = set(), {}
        for _step in range(80):
            page.keyboard.press("Tab")
            element, pixels = page.evaluate(FOCUS)
            seen.add(element)
            hidden.update({element: pixels} if pixels else {})

        assert len(seen) > 30
        assert hidden == {}


def test_axe_finds_nothing_in_banner_and_dialog(browser: Browser, demo_site: str, axe: Axe) -> None:
    with CountedReader.auditing(browser, demo_site) as reader:
        page = reader.visit()
        expect(reader.banner).to_be_visible()
        for look in (LIGHT, DARK):
            reader.look(look)
            assert axe.violations(page, include=[".consent"]) == []
        reader.open_centre()
        for summary in reader.dialog.locator("summary").all():
            summary.click()
        for look in (LIGHT, DARK):
            reader.look(look)
            assert axe.violations(page, include=["dialog"]) == []


def test_the_banner_moves_nothing_and_its_script_is_light(browser: Browser, demo_site: str) -> None:
    with CountedReader(browser, demo_site, size=PHONE, bypass_csp=True) as reader:
        scales = Scales(reader)
        page = reader.visit("/reviews/")
        expect(reader.banner).to_be_visible()
        reader.press("Reject all")

        shifts = page.evaluate(WATCH_WHAT_MOVES)
        assert round(sum(shift[0] for shift in shifts), 3) == 0, shifts
        (script,) = [request for request in scales.requests if request.kind == "Script"]
        assert script.headers["content-encoding"] == "br"
        assert 0 < script.body <= LARGEST_SCRIPT
