"""What readers are told of a study that its publisher has retracted, warned of or corrected."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from research_reviews.models import ReviewPage, StudyNotice
from subscriptions.reviews_in_mails import digest_parts, review_parts
from syndication.feeds import channels
from tests.factories import ReviewPageFactory, StudyFactory, TopicPageFactory
from tests.reading import every, find, read, words
from tests.syndication.feed_rules import CHECKS
from tests.syndication.feeds import EVERYTHING, SUFFIXES, fetch, json_feed, parse

pytestmark = pytest.mark.django_db


def reviewed(kind: str = "retraction", status: str = "retracted", **review: Any) -> tuple[ReviewPage, StudyNotice]:
    """Return a review of a study with a notice."""
    study = StudyFactory(
        title="Chairs by the window", retraction_status=status, retraction_source="https://doi.org/10.5555/n"
    )
    page = ReviewPageFactory(studies=[study], **review)
    return page, study.notices.create(kind=kind, doi="10.5555/n", date="2024-05-03", source="publisher")


@pytest.mark.parametrize(
    ("kind", "status", "said"),
    [
        ("retraction", "retracted", "This study has been retracted."),
        ("withdrawal", "retracted", "This study has been withdrawn."),
        ("removal", "retracted", "This study has been removed by its publisher."),
        ("partial_retraction", "partial", "Parts of this study have been retracted."),
        ("concern", "concern", "The publisher has expressed concern about this study."),
        ("correction", "corrected", "The publisher has corrected this study since it came out."),
        ("addendum", "corrected", "The publisher has added to this study since it came out."),
    ],
)
def test_a_banner_says_what_was_done_when_and_where_to_read_of_it(kind: str, status: str, said: str) -> None:
    review, _notice = reviewed(kind, status)
    page = read(review.url)
    banner = find(page, "aside.notice")
    assert said in words(banner)
    assert "Notice of 3 May 2024." in words(banner)
    assert "Chairs by the window" in words(banner)
    assert "doi.org/10.5555/n" in words(banner)
    assert find(page, "aside.notice time")["datetime"] == "2024-05-03"
    assert banner["aria-label"] == "Notice about the study"
    assert find(page, "aside.notice a")["href"] == "https://doi.org/10.5555/n"


def test_a_notice_costs_the_page_one_query_however_many_there_are() -> None:
    def queries(review: ReviewPage) -> int:
        Client().get(review.url)
        with CaptureQueriesContext(connection) as asked:
            assert Client().get(review.url).status_code == 200
        return len(asked)

    plain = ReviewPageFactory(studies=[StudyFactory()])
    review, _notice = reviewed()
    several = ReviewPageFactory(studies=[reviewed()[0].review_studies.get().study for _number in range(3)])
    assert queries(review) == queries(plain) + 1 == queries(several)


def test_lists_mark_a_review_of_a_retracted_study() -> None:
    reviewed(title="Of a retracted one")
    reviewed("correction", "corrected", title="Of a corrected one")
    cards = every(read("/reviews/"), ".card-meta")
    assert [card.startswith("Study retracted") for card in cards] == [False, True]


@pytest.mark.parametrize("address", ["/findings/", "/quotes/", "/recommendations/"])
def test_lists_of_evidence_mark_what_comes_from_a_retracted_study_and_ask_no_more_for_it(address: str) -> None:
    def sources() -> tuple[list[str], int]:
        Client().get(address)
        with CaptureQueriesContext(connection) as asked:
            page = read(address)
        return every(page, ".cards > li > .card-meta:last-child"), len(asked)

    ReviewPageFactory(studies=[StudyFactory(title="Chairs by the door")])
    plain, before = sources()
    reviewed(title="Of a retracted one")
    reviewed("correction", "corrected", title="Of a corrected one")
    shown, after = sources()
    assert all("Study: Chairs by the door" in source for source in plain)
    marked = [source for source in shown if "Study retracted: Chairs by the window" in source]
    assert marked == [source for source in shown if "Of a retracted one" in source] != []
    assert after == before


def test_mails_say_so() -> None:
    review, _notice = reviewed("withdrawal")
    assert review_parts(review)["review"].warning.startswith("This study has been withdrawn.")
    digest = digest_parts(ReviewPage.objects.listed())
    assert digest["reviews"][0].warning.startswith("This study has been retracted.")
    fine, _correction = reviewed("correction", "corrected")
    assert review_parts(fine)["review"].warning == ""


def test_whoever_cites_the_study_cites_it_as_retracted() -> None:
    review, _notice = reviewed()
    assert "RETRACTED: Chairs by the window" in words(find(read(f"{review.url}cite/"), "#study-1"))
    ris = Client().get(f"{review.url}cite/study-1.ris").content.decode()
    assert "TI  - RETRACTED: Chairs by the window" in ris


def titles(address: str = EVERYTHING) -> list[str]:
    """Return the titles of a feed's entries."""
    return [str(entry.title) for entry in parse(address).entries]


@pytest.mark.parametrize("kind", SUFFIXES)
def test_feeds_with_a_notice_break_no_rule(kind: str) -> None:
    topic = TopicPageFactory()
    review, _notice = reviewed(title='A chair & "more" at 100%s', topic=topic)
    reviewed("reinstatement", "none")
    person = review.reviewers[0]
    for address in (EVERYTHING, f"{topic.url}feed/", f"{person.get_absolute_url()}feed/"):
        content = fetch(address, kind).content
        assert b"Retracted: the study reviewed in" in content
        assert CHECKS[kind](content, f"http://localhost{address}{SUFFIXES[kind]}") == []


def test_who_has_read_the_review_hears_of_the_retraction_once() -> None:
    topic = TopicPageFactory()
    _review, notice = reviewed(title="A chair matters", topic=topic)
    first, second = json_feed()["items"]
    assert first["title"] == "Retracted: the study reviewed in “A chair matters”"
    assert "This study has been retracted." in first["content_html"]
    assert 'href="https://doi.org/10.5555/n"' in first["content_html"]
    assert first["url"] == second["url"]
    assert first["id"] != second["id"]
    assert first["date_published"] == notice.found_at.isoformat()
    # Found anew, as after a mistake of Crossref's, it is the same entry.
    study = notice.study
    notice.delete()
    study.notices.create(kind="retraction", doi="10.5555/n", source="retraction-watch")
    assert json_feed()["items"][0]["id"] == first["id"]
    assert titles(f"{topic.url}feed/") == [first["title"], "A chair matters"]


@pytest.mark.parametrize(
    ("kind", "beginning"),
    [
        ("withdrawal", "Withdrawn:"),
        ("removal", "Removed:"),
        ("partial_retraction", "Retracted in part:"),
        ("concern", "Expression of concern:"),
        ("reinstatement", "Reinstated:"),
        ("correction", ""),
        ("other", ""),
    ],
)
def test_what_is_serious_is_told(kind: str, beginning: str) -> None:
    reviewed(kind, "none", title="A chair matters")
    first = titles()[0]
    assert first.startswith(beginning or "A chair matters")


def test_a_notice_stands_between_reviews_by_its_date_and_on_no_later_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channels, "REVIEWS_A_PAGE", 2)
    today = timezone.localdate()
    for days in (1, 3, 5):
        ReviewPageFactory(title=f"{days} days ago", published_on=today - timedelta(days=days))
    reviewed(title="Long ago", published_on=today - timedelta(days=99))
    StudyNotice.objects.update(found_at=timezone.now() - timedelta(days=2))
    told = "Retracted: the study reviewed in “Long ago”"
    assert titles() == ["1 days ago", told, "3 days ago"]
    assert titles(f"{EVERYTHING}?page=2") == ["5 days ago", "Long ago"]
    StudyNotice.objects.update(found_at=timezone.now() - timedelta(days=4))
    assert told not in titles()


def test_that_a_study_was_retracted_before_it_was_reviewed_is_no_news() -> None:
    reviewed(title="Of a retracted one")
    StudyNotice.objects.update(found_at=timezone.now() - timedelta(days=2))
    assert titles() == ["Of a retracted one"]


def test_of_a_hidden_review_feeds_say_nothing() -> None:
    ReviewPageFactory(title="Seen")
    review, _notice = reviewed(title="Hidden")
    review.unpublish()
    assert titles() == ["Seen"]


def test_the_sitemap_says_when_a_notice_was_found() -> None:
    review, _notice = reviewed()
    StudyNotice.objects.update(found_at="2031-02-03T12:00:00Z")
    page = Client().get("/sitemap.xml").content.decode()
    start = page.index(review.url)
    assert "2031-02-03" in page[start : start + 200]
