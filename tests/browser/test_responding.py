"""A reader's whole way: respond, be read, be answered, subscribe, get the mail, and leave by one click."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.arrangement import MODERATOR_NAME
from tests.browser.demo_site import served, working
from tests.browser.editor import Editor
from tests.browser.inbox import Inbox, link_in, plain
from tests.browser.readers import Reader

REVIEW = "/reviews/unpaid-carers-and-respite/"
READER, OTHER = "ada.reader@example.org", "bo.other@example.org"
SAID, ANSWERED = "The respite came, but never at night.", "Ours came at night, for a month."

pytestmark = pytest.mark.browser


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    """The mail server of the test."""
    server = Inbox()
    server.start()
    yield server
    server.stop()


def test_a_reader_responds_is_answered_subscribes_and_leaves_by_one_click(
    browser: Browser, own_folder: Path, inbox: Inbox
) -> None:
    with (
        served(own_folder, EMAIL_URL=inbox.url) as address,
        Reader(browser, address, java_script_enabled=False) as reader,
        Editor(browser, address) as moderator,
    ):
        variables = {"EMAIL_URL": inbox.url, "BASE_URL": address}
        moderator.sign_in(MODERATOR_NAME)

        respond(reader.open(REVIEW), "Ada Reader", READER, SAID)
        wait_unseen(browser, address, reader.page)
        decide(moderator, "Ada Reader", "Approve")
        assert SAID in reader.open(REVIEW).locator(".responses").inner_text()
        answer(reader, "Ada Reader")
        decide(moderator, "Bo Other", "Approve")
        be_read_in_order(reader.open(REVIEW))

        subscribe(reader)
        with working(own_folder, **variables):
            confirmation = inbox.wait_for(READER, "confirm")
        confirm(reader, link_in(confirmation, "/confirm/"))
        send(moderator)
        with working(own_folder, **variables):
            mail = inbox.wait_for(READER, "carers")
        assert REVIEW in plain(mail)
        assert SAID not in plain(mail)

        link = urlsplit(re.findall(r"<(http[^>]+)>", str(mail["List-Unsubscribe"]))[0])
        leave_by_one_click(f"{address}{link.path}", str(mail["List-Unsubscribe-Post"]))
        page = reader.open(urlsplit(link_in(mail, "/unsubscribe/")).path)
        expect(page.get_by_role("heading", level=1)).to_have_text("You are unsubscribed")
        assert len(inbox.to(READER, "carers")) == 1
        assert moderator.complaints == []
    assert reader.complaints == []


def respond(page: Page, name: str, email: str, text: str) -> None:
    """Fill in the form and send it."""
    form = page.locator(".response-form")
    form.get_by_label("E-mail, will not be published").fill(email)
    form.get_by_label("Response").fill(text)
    form.get_by_label("Name").fill(name)
    form.get_by_role("button", name="Send").click()
    expect(page.get_by_role("status")).to_contain_text("when a moderator has approved it")


def wait_unseen(browser: Browser, address: str, page: Page) -> None:
    """See what waits through the link in the notice, and that nobody else sees it."""
    page.get_by_role("link", name="See your response").click()
    expect(page.get_by_text(SAID)).to_be_visible()
    with Reader(browser, address) as somebody:
        assert SAID not in somebody.open(REVIEW).content()


def decide(moderator: Editor, name: str, decision: str) -> None:
    """Decide about a response in the queue."""
    page = moderator.open("/admin/responses/")
    item = page.locator(".moderation__item", has_text=name)
    item.get_by_role("button", name=decision).click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    expect(page.locator(".moderation__item", has_text=name)).to_have_count(0)


def answer(reader: Reader, name: str) -> None:
    """Answer a response from the page of its own."""
    reader.page.get_by_role("link", name=f"Reply to {name}").click()
    expect(reader.page.get_by_text(SAID)).to_be_visible()
    respond(reader.page, "Bo Other", OTHER, ANSWERED)


def be_read_in_order(page: Page) -> None:
    """See the answer right below what it answers, indented."""
    first, second = (page.locator(".response", has_text=text) for text in (SAID, ANSWERED))
    assert first.locator("xpath=following-sibling::li[1]").inner_text() == second.inner_text()
    indents = [part.evaluate("(element) => element.getBoundingClientRect().left") for part in (first, second)]
    assert indents[0] < indents[1]


def subscribe(reader: Reader) -> None:
    """Subscribe by the form that every page has."""
    form = reader.open("/about/").locator(".subscribe form")
    form.get_by_label("E-mail").fill(READER)
    form.get_by_role("button", name="Subscribe").click()
    expect(reader.page.get_by_role("heading", level=1)).to_have_text("Look into your inbox")


def confirm(reader: Reader, address: str) -> None:
    """Open the link, which changes nothing by itself, and press its button."""
    page = reader.open(urlsplit(address).path)
    expect(page.get_by_role("heading", level=1)).to_have_text("Please confirm")
    page.get_by_role("button", name="Confirm my subscription").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your subscription")


def send(moderator: Editor) -> None:
    """Send the review's mail from its editor, although it is an old one."""
    moderator.open("/admin/reviews/")
    moderator.page.get_by_role("link", name="carers", exact=False).first.click()
    moderator.tab("Readers")
    moderator.page.once("dialog", lambda dialog: dialog.accept())
    moderator.page.get_by_role("button", name="Send it now").click()
    expect(moderator.page.locator("[data-status]")).not_to_be_empty()


def leave_by_one_click(address: str, body: str) -> None:
    """Do what a mail program does for its reader (RFC 8058): no page, no cookie, no origin."""
    request = Request(address, data=body.encode(), method="POST")
    request.add_header("Content-Type", "application/x-www-form-urlencoded")
    with urlopen(request, timeout=10) as response:
        assert response.status == 200
