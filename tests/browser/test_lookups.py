"""Looking a study up in the browser: filled, kept, offered, credited; and what happens when nobody answers."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from pytest_httpserver import HTTPServer
from werkzeug import Response

from tests.browser.arrangement import MODERATOR_NAME
from tests.browser.choosers import Dialogue
from tests.browser.demo_site import served
from tests.browser.editor import Editor
from tests.research_reviews.lookups.registries import DOI, Registries

pytestmark = pytest.mark.browser

ADD = "/admin/snippets/research_reviews/study/add/"
TITLE = "Peer support on the wing: a qualitative study & its lessons"
SLOW = "10.5555/slow"


@pytest.fixture
def looking_site(own_folder: Path) -> Iterator[str]:
    """A demo site whose registries are a local server: one study is known, another never comes."""
    with HTTPServer(threaded=True) as server:
        registries = Registries(server)
        registries.know("crossref", DOI, "crossref-article.json")
        registries.know("unpaywall", DOI, "unpaywall-gold.json")
        for registry in ("crossref", "datacite"):
            registries.know(registry, SLOW, Response("", 200), seconds=7)
        with served(own_folder, **Registries.addresses(server)) as address:
            yield address


def test_a_doi_becomes_a_study_and_its_authors_credits(browser: Browser, looking_site: str) -> None:
    with Editor(browser, looking_site) as editor:
        editor.sign_in(MODERATOR_NAME)
        page = editor.open(ADD)
        status = page.locator("study-look-up [role=status]")
        page.locator("#id_publisher").fill("My own press")
        page.locator("#id_lookup_query").fill(SLOW)
        began = time.monotonic()
        page.get_by_role("button", name="Look up", exact=True).click()
        expect(status).to_contain_text("Everything that you typed is still here", timeout=6_000)
        assert time.monotonic() - began < 5.5
        expect(page.locator("#id_publisher")).to_have_value("My own press")

        page.locator("#id_lookup_query").fill(f"https://publisher.example/doi/full/{DOI}")
        page.locator("#id_lookup_query").press("Enter")
        expect(page.locator("#id_title")).to_have_value(TITLE)
        expect(page.locator("#id_publication_month")).to_have_value("5")
        expect(page.locator("#id_publisher")).to_have_value("My own press")
        expect(page.locator("[data-offer=publisher]")).to_contain_text("Crossref has: Example University Press")
        expect(page.locator("[data-source=title]")).to_have_text(re.compile(r"Crossref, \d+ \w+ \d{4}"))
        expect(page.get_by_label("Add these 4 authors")).to_be_checked()

        page.locator("#id_title").fill("Peer support on the wing")
        expect(page.locator("[data-source=title]")).to_be_empty()
        page.get_by_role("button", name="Use publisher").click()
        expect(page.locator("#id_publisher")).to_have_value("Example University Press")
        page.get_by_role("button", name="Save", exact=True).click()
        page.get_by_role("link", name="Peer support on the wing").first.click()
        expect(page.locator("[data-source=title]")).to_contain_text("Yours, in place of what Crossref had")
        expect(page.locator("[data-source=publisher]")).to_contain_text("Crossref, ")

        credit_the_authors(editor)
        assert editor.complaints == []


def credit_the_authors(editor: Editor) -> None:
    """Begin a review of the study and name its authors at one press, once each."""
    page = editor.page
    editor.begin_review("Somebody awake")
    dialogue = Dialogue(page.get_by_role("tabpanel", name="Study"), "Add stud")
    # Titles are searched once the worker has indexed them, DOIs at once.
    dialogue.root.locator("input[name=q]").fill(DOI)
    dialogue.root.get_by_role("row", name="Peer support on the wing").get_by_role("checkbox").check()
    dialogue.root.get_by_role("button", name="Confirm selection").click()
    expect(dialogue.root).to_be_hidden()
    editor.tab("Review")
    button, status = page.get_by_role("button", name="Credit the study’s authors"), page.locator("credit-authors")
    button.click()
    expect(status).to_contain_text("Credited: Ada Example, Bela Sample, Mononym, The Wing Study Group")
    named = page.locator("[data-contentpath=credits] [data-contentpath=person]")
    expect(named).to_have_count(4)
    button.click()
    expect(status).to_contain_text("credited already")
    expect(named).to_have_count(4)
    editor.save_draft()
    expect(named).to_have_count(4)


def test_without_javascript_the_form_comes_back_filled_and_is_saved(browser: Browser, looking_site: str) -> None:
    with Editor(browser, looking_site, java_script_enabled=False) as editor:
        editor.sign_in(MODERATOR_NAME)
        page = editor.open(ADD)
        page.locator("#id_publisher").fill("My own press")
        page.get_by_label("DOI, address or PubMed id").fill(DOI)
        page.get_by_role("button", name="Look up", exact=True).click()
        expect(page.locator("#id_title")).to_have_value(TITLE)
        expect(page.locator("[data-source=title]")).to_have_text(re.compile(r"Crossref, \d+ \w+ \d{4}"))
        expect(page.locator("[data-offer=publisher]")).to_contain_text("Crossref has: Example University Press")

        page.get_by_role("button", name="Use publisher").click()
        expect(page.locator("#id_publisher")).to_have_value("Example University Press")
        page.locator("#id_title").fill("Peer support on the wing")
        page.get_by_role("button", name="Save", exact=True).click()
        page.get_by_role("link", name="Peer support on the wing").first.click()
        expect(page.locator("[data-source=title]")).to_contain_text("Yours, in place of what Crossref had")
        expect(page.locator("[data-source=publisher]")).to_have_text(re.compile(r"Crossref, \d+ \w+ \d{4}"))
        assert editor.complaints == []
