"""A write-up becomes a draft in the browser: uploaded, compared, corrected, saved; by keyboard alone, and pasted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.accessibility import Axe
from tests.browser.arrangement import MODERATOR_NAME
from tests.browser.editor import Editor
from tests.browser.readers import DARK, LIGHT
from tests.research_reviews.documents.samples import WRITE_UP

TITLE = "What peer supporters need to keep going"
DOOR = "/admin/review-from-document/"
# The rich text editors and blocks of a whole review are drawn one by one.
DRAWN_MILLISECONDS = 30_000
FADE_MILLISECONDS = 1_000
# Both in the header of Wagtail's own pages.
WAGTAILS_OWN = ["landmark-unique"]
TOO_LONG = "Words " * 900_000
CLIPBOARD = """(html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", "A pasted title\\nSome words.");
  const field = document.querySelector("textarea[name=text]");
  field.focus();
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
  field.value = data.getData("text/plain");
}"""
DROP = """([name, text]) => {
  const transfer = new DataTransfer();
  transfer.items.add(new File([text], name, { type: "text/plain" }));
  for (const type of ["dragenter", "dragover", "drop"]) {
    const event = new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true });
    document.querySelector("[data-drop]").dispatchEvent(event);
  }
}"""

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("intake")]


@pytest.fixture
def editor(browser: Browser, own_site: str) -> Iterator[Editor]:
    """Somebody who may add reviews."""
    with Editor(browser, own_site) as editor:
        editor.sign_in(MODERATOR_NAME)
        yield editor


@pytest.fixture
def write_up(tmp_path: Path) -> Path:
    """The write-up as a file."""
    path = tmp_path / "peers.txt"
    path.write_text(WRITE_UP)
    return path


def test_a_file_is_uploaded_compared_corrected_and_saved_as_a_draft(editor: Editor, write_up: Path) -> None:
    page = editor.open("/admin/reviews/")
    page.locator(f"a[href='{DOOR}']").first.click()
    page.get_by_label("File").set_input_files(write_up)
    page.get_by_role("button", name="Read it").click()
    settle(page)

    source = page.get_by_role("region", name="Text of the source")
    expect(source).to_be_visible(timeout=DRAWN_MILLISECONDS)
    expect(source).to_contain_text("Training ran from two hours to three days.")
    expect(page.locator("#id_title")).to_have_value(TITLE)
    correct_the_conclusion(editor)
    editor.save_draft()

    find_the_draft(editor)
    assert editor.complaints == []


def settle(page: Page) -> None:
    """Go on with the people and the study as they were found."""
    expect(page.get_by_role("heading", name="People")).to_be_visible()
    expect(page.locator(".document__who").filter(has_text="@adasample")).to_be_visible()
    page.get_by_role("button", name="Go on to the draft").click()
    expect(page.locator("[data-source]")).to_be_attached()


def correct_the_conclusion(editor: Editor) -> None:
    """Let a guess lead into the form, then write another heading over the conclusion."""
    page = editor.page
    editor.tab("Review")
    expect(page.locator(".source-mark").filter(visible=True).first).to_be_visible(timeout=DRAWN_MILLISECONDS)
    heading = heading_of_the_conclusion(page)
    expect(heading).to_have_value("Conclusion")
    heading.fill("What it adds up to")


def heading_of_the_conclusion(page: Page) -> Locator:
    """Return the field for the heading of the block that holds the conclusion."""
    kind = page.locator("input[name$='-type'][value=conclusion]")
    return page.locator("[data-streamfield-child]").filter(has=kind).locator("[data-contentpath=heading] input").first


def find_the_draft(editor: Editor) -> None:
    """Open the draft from the list of reviews: it holds the correction, is not public, and still shows its guesses."""
    page = editor.open("/admin/reviews/?state=draft")
    page.get_by_role("link", name=TITLE).first.click()
    editor.tab("Review")
    expect(heading_of_the_conclusion(page)).to_have_value("What it adds up to", timeout=DRAWN_MILLISECONDS)
    expect(page.locator(".source-mark").filter(visible=True).first).to_be_visible(timeout=DRAWN_MILLISECONDS)
    answer = page.request.get("/reviews/what-peer-supporters-need-to-keep-going/")
    assert answer.status == 404


def test_the_keyboard_alone_uploads_a_file_and_goes_on(editor: Editor, write_up: Path) -> None:
    page = editor.open(DOOR)
    field = page.locator("input[type=file]")
    field.focus()
    with page.expect_file_chooser() as chooser:
        # Not page.keyboard: its key may overtake the order to the page to hand its file choosers over.
        field.press("Enter")
    chooser.value.set_files(write_up)
    for _stop in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == "Read it":
            break
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="People")).to_be_visible()


def test_a_file_is_dropped(editor: Editor) -> None:
    page = editor.open(DOOR)
    page.evaluate(DROP, ["dropped.txt", WRITE_UP])
    expect(page.locator("[data-chosen]")).to_have_text("dropped.txt")
    page.get_by_role("button", name="Read it").click()

    expect(page.get_by_role("heading", name="Source: dropped.txt")).to_be_visible()


def test_what_is_pasted_keeps_its_markup_and_can_be_discarded(editor: Editor) -> None:
    page = editor.open(DOOR)
    words = "<p>Some <b>bold</b> words of <i>Dr Ada Sample</i> (@adasample).</p>"
    page.evaluate(CLIPBOARD, f"<h1>A pasted title</h1>{words}<p>{'More. ' * 30}</p>")
    page.get_by_role("button", name="Read it").click()
    source = page.locator(".source__text").first

    expect(source.locator("b, strong").filter(has_text="bold").first).to_be_attached()
    page.get_by_role("button", name="Discard this document").filter(visible=True).click()
    expect(page.locator(".messages")).to_contain_text("Nothing of it was kept")


def test_a_text_that_is_too_long_is_not_sent_and_stays(editor: Editor) -> None:
    page = editor.open(DOOR)
    field, refusal = page.get_by_label("Or paste its text"), page.get_by_role("alert")
    field.fill(TOO_LONG)
    expect(refusal).to_contain_text("The text is longer than 5 MB.")
    page.get_by_role("button", name="Read it").click()

    expect(field).to_be_focused()
    assert page.evaluate("document.querySelector('textarea[name=text]').value.length") == len(TOO_LONG)
    field.fill(WRITE_UP)
    expect(refusal).to_be_empty()
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", name="People")).to_be_visible()


def test_without_javascript_a_text_that_is_too_long_comes_back_with_a_sentence(browser: Browser, own_site: str) -> None:
    with Editor(browser, own_site, java_script_enabled=False) as editor:
        editor.sign_in(MODERATOR_NAME)
        page = editor.open(DOOR)
        page.get_by_label("Or paste its text").fill(TOO_LONG)
        page.get_by_role("button", name="Read it").click()

        said = page.locator("[role=alert]").first
        expect(said).to_contain_text("The text is longer than 5 MB.", timeout=DRAWN_MILLISECONDS)
        assert page.locator("textarea[name=text]").input_value() == TOO_LONG


def test_the_screens_are_accessible_in_light_and_dark(
    browser: Browser, own_site: str, axe: Axe, write_up: Path
) -> None:
    with Editor(browser, own_site, bypass_csp=True) as editor:
        editor.sign_in(MODERATOR_NAME)
        page = editor.open(DOOR)
        assert violations(editor, axe) == []
        page.get_by_label("File").set_input_files(write_up)
        page.get_by_role("button", name="Read it").click()
        expect(page.get_by_role("heading", name="People")).to_be_visible()
        assert violations(editor, axe) == []
        page.get_by_role("button", name="Go on to the draft").click()
        expect(page.get_by_role("region", name="Text of the source")).to_be_visible(timeout=DRAWN_MILLISECONDS)
        assert violations(editor, axe) == []
        editor.open("/admin/snippets/research_reviews/sectionheading/")
        assert violations(editor, axe) == []


def violations(editor: Editor, axe: Axe) -> list[str]:
    """Return what axe finds, in light and in dark."""
    found: list[str] = []
    for look in (LIGHT, DARK):
        editor.look(look)
        # Wagtail fades from one set of colours into the other.
        editor.page.wait_for_timeout(FADE_MILLISECONDS)
        found += axe.violations(editor.page, without=WAGTAILS_OWN)
    return found
