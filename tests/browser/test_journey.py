"""From a blank page to a review that anybody can read: the whole way, through the browser alone."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.arrangement import MODERATOR_NAME
from tests.browser.choosers import Dialogue
from tests.browser.editor import Editor
from tests.browser.readers import Reader
from tests.browser.written_review import ISSUES, PERSON, WORDS, WRITERS, Files

TITLE = "Paper planes pass the time"
STANDFIRST = "Waiting rooms with paper are calmer. The planes are not the problem."
MESSAGES = ("Paper is cheap.", "Waiting is not.")
STUDY = "Paper planes in waiting rooms"

pytestmark = pytest.mark.browser


def test_an_editor_writes_a_review_with_every_block_and_anybody_reads_it(
    browser: Browser, own_site: str, tmp_path: Path
) -> None:
    with Editor(browser, own_site) as editor:
        editor.sign_in(MODERATOR_NAME)
        editor.begin_review(TITLE)
        write_body(editor, Files.made_in(tmp_path))
        editor.save_draft()

        see_preview(editor)
        be_refused(editor)
        fill_what_is_missing(editor)
        heed_the_checks(editor)
        editor.publish()
        editor.expect_published(TITLE)

        assert editor.complaints == []
    with Reader(browser, own_site, java_script_enabled=False) as reader:
        read(reader)


def write_body(editor: Editor, files: Files) -> None:
    """Credit somebody new and write every block that the chooser offers."""
    editor.tab("Review")
    credit = editor.form.stream("credits").add()
    Dialogue(credit.field("person")).create(name=PERSON)
    credit.select(contribution="review_author").fill(descriptor="folder of paper")
    body = editor.form.stream("body")

    # Only imports make what is left over from an old site.
    assert body.kinds() == [*WRITERS, "Left over from an old site"]
    for label, write in WRITERS.items():
        write(body.add(label), files)


def see_preview(editor: Editor) -> None:
    """See the typed words beside the form, at three widths."""
    preview = editor.preview()
    for words in ("Nobody had counted the planes.", "Put a ream in every room.", "Paper helps people wait."):
        expect(preview.get_by_text(words)).to_be_visible()

    assert editor.preview_width("mobile") < editor.preview_width("tablet") < editor.preview_width("desktop")


def be_refused(editor: Editor) -> None:
    """Be told at the fields what the review lacks."""
    editor.publish()

    expect(editor.complaint_at("topic")).to_contain_text("required")
    expect(editor.complaint_at("no_study_reason")).to_contain_text("Choose a study above")
    expect(editor.complaint_at("standfirst")).to_contain_text("required")
    expect(editor.complaint_at("interests")).to_contain_text("required")
    expect(editor.form.field("key_messages")).to_contain_text("minimum number of items is 2")


def fill_what_is_missing(editor: Editor) -> None:
    """Make the study in place, and fill every field that was named."""
    editor.tab("Study")
    studies = editor.page.get_by_role("tabpanel", name="Study")
    Dialogue(studies, "Add stud").create(title=STUDY, publication_year="2024", doi="10.5555/paper-planes")
    editor.form.select(topic="Prison")
    editor.tab("Review")
    editor.form.fill(standfirst=STANDFIRST)
    for message in MESSAGES:
        editor.form.stream("key_messages").add().fill(message)
    editor.tab("Before publishing")
    editor.form.fill(interests="None.")


def heed_the_checks(editor: Editor) -> None:
    """Let a check lead to what a good editor would catch, mend it and save: the check is gone."""
    checks = editor.page.locator("editor-checks")
    check = checks.get_by_role("link", name="The recommendations do not say who makes them.")
    check.click()
    recommendations = editor.form.stream("body")[list(WRITERS).index("Recommendations")]
    expect(recommendations.field("made_by")).to_be_in_viewport()
    recommendations.select(made_by="study_authors")
    editor.save_draft()
    editor.tab("Before publishing")
    expect(checks).to_be_visible()
    expect(check).to_have_count(0)


def read(reader: Reader) -> None:
    """Find the review from the list, read every word of it, and follow the links to its findings."""
    page = reader.open("/reviews/")
    page.get_by_role("link", name=TITLE).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    text = normal(page.locator("main").inner_text())
    expected = [TITLE, STANDFIRST, *MESSAGES, STUDY, "folder of paper", *chain(*WORDS.values())]

    assert [words for words in expected if normal(words) not in text] == []
    follow_permalinks(page)
    assert reader.context.cookies() == []
    assert reader.complaints == []


def follow_permalinks(page: Page) -> None:
    """Go from the numbered list to the issue's section, and to each place that has an address of its own."""
    page.get_by_role("link", name=ISSUES[0]).first.click()
    expect(page).to_have_url(re.compile("#finding-"))
    expect(page.locator(":target")).to_contain_text("Sheets are rationed")
    for place in ("finding", "quote", "recommendation"):
        anchors = page.locator(f"a[href*='#{place}-']").evaluate_all("links => links.map((link) => link.hash)")

        assert anchors
        assert page.locator(",".join(f"[id='{anchor[1:]}']" for anchor in anchors)).count() == len(set(anchors))


def normal(text: str) -> str:
    """Return the text in small letters, with one space between words and typewriter's quote marks."""
    return " ".join(text.lower().translate({0x2018: "'", 0x2019: "'"}).split())
