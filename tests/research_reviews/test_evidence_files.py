"""Lists of evidence as feeds and as files, with the same filters."""

from __future__ import annotations

import json
from datetime import date

import feedparser
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from research_reviews.evidence_feed import ITEMS_IN_FEED
from research_reviews.evidence_lists import REVIEWS_A_BATCH
from research_reviews.evidence_records import FIELDS
from research_reviews.models import Audience, Recommendation, ReviewPage
from tests.factories import PersonFactory, StudyFactory, block_id, quote, stream
from tests.reading import find, links, read
from tests.research_reviews.evidence_arrangement import (
    asking,
    asking_often,
    review,
    table,
    topic,
    two_of_everything,
    whole,
)

pytestmark = pytest.mark.django_db

FORMATS = {"": "application/rss+xml", "atom/": "application/atom+xml"}


def fetched(address: str) -> feedparser.FeedParserDict:
    response = Client().get(address)
    assert response.status_code == 200
    parsed = feedparser.parse(response.content)
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_feed_holds_the_newest_items_with_permalinks_as_ids(suffix: str) -> None:
    made = review("Waiting", published_on=date(2025, 6, 1), topic=topic("Prison"))
    response = Client().get(f"/recommendations/feed/{suffix}")
    assert response["Content-Type"].startswith(FORMATS[suffix])
    feed = fetched(f"/recommendations/feed/{suffix}")
    first = feed.entries[0]
    assert first.link == first.id == f"http://localhost{made.url}#recommendation-{block_id('recommendation-train')}"
    assert first.title == "Train before the first shift."
    assert [tag.term for tag in first.tags] == ["Prison"]
    assert "Prison staff" in first.content[0].value
    assert feed.feed.link == "http://localhost/recommendations/"


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_feed_has_the_filters_of_its_list_and_says_so(suffix: str) -> None:
    two_of_everything()
    query = "?topic=care&made_by=reviewer"
    feed = fetched(f"/recommendations/feed/{suffix}{query}")
    assert [entry.title for entry in feed.entries] == ["Pay."]
    assert feed.feed.title.startswith("Recommendations: Care, The reviewer")
    selfs = [link.href for link in feed.feed.links if link.rel == "self"]
    assert selfs == [f"http://localhost/recommendations/feed/{suffix}{query}"]


def test_a_feed_ends_after_the_newest_and_an_empty_one_is_valid() -> None:
    assert fetched("/quotes/feed/").entries == fetched("/quotes/feed/atom/").entries == []
    asking_often(ITEMS_IN_FEED + 5)
    assert len(fetched("/recommendations/feed/").entries) == ITEMS_IN_FEED


def test_every_list_names_its_feeds_and_files_for_readers_and_for_programs() -> None:
    two_of_everything()
    page = read("/recommendations/?topic=care")
    alternates = [link["href"] for link in page.select("link[rel=alternate][title^='Recommendations: Care']")]
    assert alternates == ["/recommendations/feed/?topic=care", "/recommendations/feed/atom/?topic=care"]
    shown = links(page)
    assert [shown[name] for name in ("RSS", "Atom")] == alternates
    assert shown["CSV"] == "/recommendations/export.csv?topic=care"
    assert shown["JSON"] == "/recommendations/export.json?topic=care"
    assert find(page, "a[href$='export.csv?topic=care']")["rel"] == ["nofollow"]


def test_characters_that_xml_does_not_have_do_not_break_a_feed() -> None:
    made = asking("Bell", "Ring.", topic=topic("Prison"))
    Recommendation.objects.update(text="Ring \x07 the \ufffe bell & <go>.", attribution="A\x0bB")
    assert made.url
    for suffix in FORMATS:
        assert fetched(f"/recommendations/feed/{suffix}").entries[0].title == "Ring the bell & <go>."


def test_a_csv_file_has_every_field_and_opens_in_a_spreadsheet() -> None:
    made = review(
        "Waiting",
        published_on=date(2025, 6, 1),
        topic=topic("Prison"),
        other_topics=[topic("Care")],
        studies=[StudyFactory(title="Chairs", doi="10.5555/chairs"), StudyFactory(title="Doors", doi="", url="")],
    )
    response = Client().get("/recommendations/export.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="recommendations.csv"'
    assert response["X-Robots-Tag"] == "noindex"
    assert b"".join(response.streaming_content).startswith(b"\xef\xbb\xbfid,kind,")  # type: ignore[attr-defined]
    anchor = f"recommendation-{block_id('recommendation-train')}"
    row = table("/recommendations/export.csv")[0]
    assert list(row) == list(FIELDS)
    assert sorted(row.pop("topics").split("; ")) == ["Care", "Prison"]
    assert {name: value for name, value in row.items() if value} == {
        "id": anchor,
        "kind": "recommendation",
        "text": "Train before the first shift.",
        "made_by": "study_authors",
        "attribution": "The study’s authors",
        "audiences": "Prison staff",
        "address": f"http://localhost{made.url}#{anchor}",
        "cite_address": f"http://localhost{made.url}cite/{anchor}/",
        "review_title": "Waiting",
        "review_address": f"http://localhost{made.url}",
        "review_date": "2025-06-01",
        "studies": "Chairs; Doors",
        "study_types": "qualitative",
        "dois": "10.5555/chairs",
    }


def test_words_that_look_like_a_formula_stay_words_in_a_spreadsheet() -> None:
    made = asking("Sum", "Add.", "Prison staff", topic=topic("Prison"))
    for formula in ("=1+1", "+1", "-1", "@SUM(A1)", "\uff1d1+1"):
        ReviewPage.objects.filter(pk=made.pk).update(title=formula)
        Recommendation.objects.update(text=formula)
        Audience.objects.update(name=formula)
        row = table("/recommendations/export.csv")[0]
        assert row["text"] == row["review_title"] == row["audiences"] == f"'{formula}"
        assert whole("/recommendations/export.json")["items"][0]["text"] == formula


def test_lines_quotes_and_commas_survive_in_a_csv_file() -> None:
    review("Waiting", body=stream(quote('He said "no", then\nleft;\r\nthat, was all.')))
    assert table("/quotes/export.csv")[0]["text"].splitlines() == ['He said "no", then', "left;", "that, was all."]


def test_a_json_file_says_what_it_is_and_holds_lists_as_lists() -> None:
    review("Waiting", body=stream(quote("Wait.", person=PersonFactory(name="Ada Example"))), topic=topic("Prison"))
    held = whole("/quotes/export.json?made_by=named")
    assert (held["title"], held["count"], held["fields"]) == ("Quotes", 1, FIELDS)
    assert held["list"] == "http://testserver/quotes/?made_by=named"
    item = held["items"][0]
    assert list(item) == list(FIELDS)
    assert (item["attribution"], item["topics"], item["audiences"]) == ("Ada Example", ["Prison"], [])


def test_an_empty_list_is_a_file_without_items() -> None:
    for kind in ("findings", "recommendations", "quotes"):
        assert table(f"/{kind}/export.csv") == whole(f"/{kind}/export.json")["items"] == []


def test_files_have_the_filters_of_their_list() -> None:
    two_of_everything()
    for query, expected in (("topic=prison", ["Train."]), ("made_by=reviewer", ["Pay."]), ("topic=none", [])):
        assert [row["text"] for row in table(f"/recommendations/export.csv?{query}")] == expected
        assert [item["text"] for item in whole(f"/recommendations/export.json?{query}")["items"]] == expected


def test_a_file_holds_the_whole_list_in_its_order_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("research_reviews.evidence_lists.REVIEWS_A_BATCH", 2)
    for number in range(5):
        asking(f"Review {number}", f"Do {number}.", published_on=date(2025, 1, 1 + number // 2))
    expected = [f"Do {number}." for number in (4, 3, 2, 1, 0)]
    assert [row["text"] for row in table("/recommendations/export.csv")] == expected
    assert [item["text"] for item in whole("/recommendations/export.json")["items"]] == expected


def test_a_file_is_read_in_a_number_of_queries_that_grows_by_batches_alone() -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as context:
            table("/recommendations/export.csv")
        return len(context)

    asking("First", "Do.", "Prison staff")
    queries()
    few = queries()
    for number in range(4):
        asking(f"Review {number}", f"Do {number}.", f"Audience {number}", topic=topic(f"Topic {number}"))
    assert queries() == few
    assert REVIEWS_A_BATCH > 5


def test_asking_for_the_headers_of_a_file_reads_no_list(django_assert_max_num_queries: object) -> None:
    review("Waiting")
    with django_assert_max_num_queries(3):  # type: ignore[operator]
        response = Client().head("/recommendations/export.csv")
    assert (response.status_code, b"".join(response.streaming_content)) == (200, b"")  # type: ignore[attr-defined]


def test_a_json_feed_is_there_as_well() -> None:
    review("Waiting")
    held = json.loads(Client().get("/findings/feed/json/?year=").content)
    assert [item["title"] for item in held["items"]] == ["Inconsistent training", "No quiet room"]
