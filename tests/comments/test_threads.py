"""What readers see of responses below a review."""

from __future__ import annotations

import re
from datetime import timedelta
from xml.etree import ElementTree

import feedparser
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from comments.models import Comment
from research_reviews.models import ReviewPage
from tests.comments.conftest import SetRules
from tests.factories import ReviewPageFactory
from tests.factories.comments import CommentFactory
from tests.reading import every, find, links, read, words

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def review() -> ReviewPage:
    made: ReviewPage = ReviewPageFactory()
    return made


def count_queries(url: str) -> int:
    """How many queries an uncached read takes in a warm process."""
    Client().get(url)
    with CaptureQueriesContext(connection) as queries:
        assert Client().get(url).status_code == 200
    return len(queries)


def feed_of(review: ReviewPage) -> list[tuple[str, str]]:
    """Return the address and the text of each entry of the review's feed."""
    # It is our own, and it is to be well formed.
    feed = ElementTree.fromstring(Client().get(f"{review.url}responses/feed/atom/").content)  # noqa: S314
    return [
        (entry.findtext(f"{ATOM}id", ""), entry.findtext(f"{ATOM}content", "")) for entry in feed.iter(f"{ATOM}entry")
    ]


def test_the_heading_invites_or_counts(review: ReviewPage) -> None:
    headings = []
    for _number in range(3):
        headings.append(words(find(read(review.url), "#responses")))
        CommentFactory(page=review)
    assert headings == ["Be the first to respond", "One response", "2 responses"]


def test_a_response_shows_its_author_and_never_the_address(review: ReviewPage) -> None:
    comment = CommentFactory(page=review, name="Ada", email="ada@example.org", website="https://ada.example/")
    page = read(review.url)
    link = find(page, ".response b a")
    assert (link["href"], link["rel"]) == ("https://ada.example/", ["ugc", "nofollow"])
    assert f"/responses/{comment.pk}/" in links(find(page, ".response")).values()
    assert "ada@example.org" not in str(page)


@pytest.mark.parametrize("status", ["waiting", "spam", "removed"])
def test_nobody_sees_what_is_not_approved(review: ReviewPage, status: str) -> None:
    comment = CommentFactory(page=review, status=status)
    assert comment.text not in read(review.url).get_text()
    assert not feed_of(review)
    for address in (f"/responses/{comment.pk}/", f"/responses/{comment.pk}/reply/"):
        assert Client().get(address).status_code == 404


def test_threads_stand_in_order_and_are_indented_at_most_three_times(review: ReviewPage) -> None:
    first, second = CommentFactory(page=review, name="A"), CommentFactory(page=review, name="B")
    deep = first
    for name in "abcde":
        deep = CommentFactory(parent=deep, name=name)
    CommentFactory(parent=second, name="C")
    shown = [(words(find(item, "b")), item["class"][1]) for item in read(review.url).select(".response")]
    indents = ["in-0", "in-1", "in-2", "in-3", "in-3", "in-3", "in-0", "in-1"]
    assert shown == list(zip([*"AabcdeBC"], indents, strict=True))


def test_an_answer_names_the_response_that_does_not_stand_right_above_it(review: ReviewPage) -> None:
    first = CommentFactory(page=review, name="Ada")
    CommentFactory(parent=first, name="Bo")
    CommentFactory(parent=first, name="Cy")
    page = read(review.url)
    assert [note for note in every(page, ".response-to") if note.startswith("In")] == ["In reply to Ada"]
    assert every(page, ".visually-hidden") == ["In reply to Ada"]
    assert find(page, ".response-to a[href^='#']")["href"] == f"#response-{first.pk}"


def test_answers_stay_when_what_they_answer_goes(review: ReviewPage) -> None:
    removed, deleted = CommentFactory(page=review), CommentFactory(page=review)
    answers = [CommentFactory(parent=removed), CommentFactory(parent=deleted)]
    Comment.objects.filter(pk=removed.pk).update(status=Comment.Status.REMOVED)
    deleted.delete()
    page = read(review.url)
    assert [item["id"] for item in page.select(".response")] == [f"response-{answer.pk}" for answer in answers]
    assert words(page).count("In reply to a response that is no longer here") == 2


def test_marks_say_who_of_the_team_wrote(review: ReviewPage) -> None:
    for standing in ("", "author", "researcher", "editor"):
        CommentFactory(page=review, standing=standing)
    assert every(read(review.url), ".response .kicker") == ["author of the review", "author of the study", "editor"]


def test_hostile_text_is_text(review: ReviewPage) -> None:
    CommentFactory(
        page=review,
        name="<script>alert(1)</script>",
        website='https://a.example/"onmouseover="alert(1)',
        text="<img src=x onerror=alert(1)>\n\njavascript:alert(1)\n[url=https://b.example]b[/url] \u202eevil\x08",
    )
    page = read(review.url)
    section = find(page, ".responses")
    assert not section.select("script, img")
    assert not [name for tag in section.find_all(True) for name in tag.attrs if name.startswith("on")]
    assert not [href for href in links(section).values() if href.startswith("javascript")]
    assert not re.search("[\u202e\x00\x08]", section.get_text())
    assert feed_of(review)


def test_text_becomes_paragraphs_and_links(review: ReviewPage) -> None:
    text = (
        "First.\r\nStill first.\r\n \r\n\r\nSee (https://a.example/b_(c)?d=1&e=2), or www.b.example. http://[ is none."
    )
    CommentFactory(page=review, text=text)
    response = find(read(review.url), ".response")
    assert every(response, "p:not([class])") == [
        "First. Still first.",
        "See ( https://a.example/b_(c)?d=1&e=2 ), or www.b.example . http://[ is none.".replace(" .", "."),
    ]
    ours = response.select('p:not([class]) a[rel="ugc nofollow"]')
    assert [link["href"] for link in ours] == ["https://a.example/b_(c)?d=1&e=2", "https://www.b.example"]


def test_twenty_stand_on_a_page_and_a_permalink_finds_each(review: ReviewPage) -> None:
    comments = [CommentFactory(page=review) for _number in range(41)]
    assert len(read(review.url).select(".response")) == 20
    second = read(f"{review.url}?responses=2")
    assert words(find(second, "#responses")) == "41 responses"
    assert links(find(second, ".pagination")) == {
        "Earlier responses": f"{review.url}#responses",
        "Later responses": f"{review.url}?responses=3#responses",
    }
    for comment, page in ((comments[0], ""), (comments[20], "?responses=2"), (comments[40], "?responses=3")):
        answer = Client().get(f"/responses/{comment.pk}/")
        assert (answer.status_code, answer["Location"]) == (302, f"{review.url}{page}#response-{comment.pk}")


def test_an_answer_on_another_page_than_its_parent_links_to_it(review: ReviewPage) -> None:
    first = CommentFactory(page=review, name="Ada")
    for _number in range(20):
        CommentFactory(parent=first)
    page = read(f"{review.url}?responses=2")
    assert links(find(page, ".response-to")) == {"Ada": f"/responses/{first.pk}/"}


@pytest.mark.parametrize("number", ["0", "2", "-1", "x", "", "01", "²", "9" * 30])
def test_there_is_no_page_but_those_that_there_are(review: ReviewPage, number: str) -> None:
    CommentFactory(page=review)
    assert Client().get(review.url, {"responses": number}).status_code == 404


def test_ten_thousand_responses_take_no_more_queries_than_one(review: ReviewPage) -> None:
    first = CommentFactory(page=review)
    few = count_queries(review.url)
    rows = (
        Comment(page=review, name="Ada", text="Words.", status="approved", place=f"{first.pk + number:010}")
        for number in range(1, 10_000)
    )
    Comment.objects.bulk_create(rows, batch_size=1000)
    assert words(find(read(review.url), "#responses")) == "10000 responses"
    assert count_queries(review.url) == few
    assert count_queries(f"{review.url}?responses=500") == few


def test_a_closed_review_keeps_its_responses_and_takes_no_more(review: ReviewPage, rules: SetRules) -> None:
    comment = CommentFactory(page=review)
    rules(open_days=30)
    shown = []
    for age in (30, 31):
        ReviewPage.objects.filter(pk=review.pk).update(published_on=timezone.localdate() - timedelta(days=age))
        shown.append(bool(read(review.url).select(".response-form")))
        assert comment.text in read(review.url).get_text()
    assert shown == [True, False]
    assert not read(review.url).select(f'a[href="/responses/{comment.pk}/reply/"]')
    assert "This review takes no more responses" in read(f"/responses/{comment.pk}/reply/").get_text()


@pytest.mark.parametrize("closing", ["site", "page"])
def test_the_site_or_a_review_can_be_closed(review: ReviewPage, rules: SetRules, closing: str) -> None:
    rules(are_open=closing != "site")
    ReviewPage.objects.filter(pk=review.pk).update(responses_open=closing != "page")
    page = read(review.url)
    assert not page.select(".responses, .response-form")


@pytest.mark.parametrize("fate", ["unpublished", "private", "expired", "deleted"])
def test_responses_to_a_review_that_is_not_public_are_nowhere(review: ReviewPage, fate: str) -> None:
    comment, url = CommentFactory(page=review), review.url
    match fate:
        case "unpublished":
            review.unpublish()
        case "private":
            PageViewRestriction.objects.create(page=review, restriction_type="login")
        case "expired":
            ReviewPage.objects.filter(pk=review.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
        case "deleted":
            review.delete()
    for address in (f"/responses/{comment.pk}/", f"/responses/{comment.pk}/reply/", f"{url}responses/feed/"):
        assert Client().get(address).status_code == 404, address


def test_the_feed_holds_the_newest_first(review: ReviewPage) -> None:
    old, new = CommentFactory(page=review, text="Old"), CommentFactory(page=review, text="New & <b>", name="Ada")
    assert feed_of(review) == [
        (f"http://localhost/responses/{new.pk}/", "<p>New &amp; &lt;b&gt;</p>"),
        (f"http://localhost/responses/{old.pk}/", "<p>Old</p>"),
    ]
    titles = {link["title"]: link["href"] for link in read(review.url).select('link[type="application/rss+xml"]')}
    assert titles["Responses"] == f"{review.url}responses/feed/"


@pytest.mark.parametrize(("suffix", "kind"), [("", "rss+xml"), ("atom/", "atom+xml"), ("json/", "feed+json")])
def test_every_format_of_the_feed_names_who_responded(review: ReviewPage, suffix: str, kind: str) -> None:
    comment = CommentFactory(
        page=review, text="Seen it \U0001f4a1", name="\u05e2\u05d3\u05d4", website="https://ada.example/"
    )
    Comment.objects.filter(pk=comment.pk).update(text="Seen \x0bit \U0001f4a1")
    response = Client().get(f"{review.url}responses/feed/{suffix}")
    assert response["Content-Type"] == f"application/{kind}; charset=utf-8"
    if kind == "feed+json":
        (item,) = response.json()["items"]
        assert item["authors"] == [{"name": "\u05e2\u05d3\u05d4", "url": "https://ada.example/"}]
        assert item["content_html"] == "<p>Seen it \U0001f4a1</p>"
    else:
        feed = feedparser.parse(response.content)
        assert not feed.bozo
        assert [(entry.author, entry.content[0].value) for entry in feed.entries] == [
            ("\u05e2\u05d3\u05d4", "<p>Seen it \U0001f4a1</p>")
        ]


def test_only_a_review_has_a_feed_of_responses(review: ReviewPage) -> None:
    for path in ("/reviews/", "/nowhere/", "/"):
        assert Client().get(f"{path}responses/feed/").status_code == 404
    assert Client().post(f"{review.url}responses/feed/").status_code == 405
