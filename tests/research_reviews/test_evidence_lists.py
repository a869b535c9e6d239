"""Findings, recommendations and quotes of all reviews: what is listed, in which order, and how it is narrowed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from itertools import product
from typing import Any
from unicodedata import normalize
from urllib.parse import quote_plus

import pytest
import time_machine
from django.conf import LazySettings
from django.http import QueryDict
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.models import PageViewRestriction

from research_reviews.evidence_filters import EvidenceFilters
from research_reviews.evidence_kinds import RECOMMENDATIONS
from research_reviews.evidence_lists import EvidenceList
from research_reviews.models import Audience, ReviewPage, Study, TopicPage
from tests.factories import (
    AudienceFactory,
    PersonFactory,
    ReviewPageFactory,
    StudyFactory,
    TopicPageFactory,
    block_id,
    findings,
    issue,
    prose,
    quote,
    recommendation,
    recommendations,
    stream,
)
from tests.reading import every, find, links, read, words
from tests.research_reviews.evidence_arrangement import (
    Hide,
    asking,
    asking_often,
    let_expire,
    make_all_private,
    make_private,
    review,
    shown_count,
    table,
    texts,
    topic,
    two_of_everything,
    unpublish,
)

pytestmark = pytest.mark.django_db
STRANGE_VALUES = (
    *("nothing", "🦊", "-1", "0", "10000", "9" * 150, "²", "٢٠٢٥"),
    *("any", "'\"<", "\r\n", "x" * 9000, "a\0b"),
)
LISTS = ("/findings/", "/recommendations/", "/quotes/")


@pytest.fixture
def few_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of five items, so that few reviews fill several."""
    monkeypatch.setattr("research_reviews.evidence_views.ITEMS_A_PAGE", 5)


@pytest.mark.parametrize("address", LISTS)
def test_a_site_without_reviews_says_so_and_is_not_indexed(address: str) -> None:
    page = read(address)
    assert "yet" in words(find(page, ".empty"))
    assert find(page, "meta[name=robots]")["content"] == "noindex"
    assert page.select_one("link[rel=canonical]") is None


def test_a_recommendation_is_shown_with_all_that_it_comes_from() -> None:
    made = review(
        "Waiting",
        topic=TopicPageFactory(title="Prison"),
        published_on=date(2025, 6, 1),
        studies=[StudyFactory(title="A study of chairs", publication_year=2024)],
    )
    page = read("/recommendations/")
    item = page.select(".cards > li")[0]
    anchor = f"recommendation-{block_id('recommendation-train')}"
    assert words(item) == (
        "Train before the first shift. Made by: The study’s authors For: Prison staff"
        " Waiting 1 June 2025 Prison Study: A study of chairs (2024) Cite this"
    )
    assert links(item) == {
        "Prison staff": "/audiences/prison-staff/",
        "Waiting": f"{made.url}#{anchor}",
        "Prison": "/topics/prison/",
        "Cite this": f"{made.url}cite/{anchor}/",
    }
    assert shown_count("/recommendations/") == "2 recommendations"


def test_a_permalink_in_a_list_leads_to_a_place_that_the_review_has() -> None:
    review("Waiting")
    for address in LISTS:
        place = links(find(read(address), ".cards > li"))["Waiting"]
        path, _hash, anchor = place.partition("#")
        assert read(path).find(id=anchor) is not None


def test_a_finding_is_shown_by_its_line_in_the_list_with_its_text() -> None:
    review("Waiting")
    assert texts("/findings/") == [
        "Inconsistent training",
        "Training ran from two hours to three days.",
        "No quiet room",
    ]


def test_a_quote_is_shown_with_who_speaks_and_where_it_stands() -> None:
    ada = PersonFactory(name="Ada Example")
    review("Waiting", body=stream(quote("Wait.", person=ada), quote("Go.", source="A poster", page="")))
    captions = every(read("/quotes/"), "figcaption")
    assert captions == ["Ada Example The study, main findings p. 14", "Participant 7 A poster"]
    assert links(read("/quotes/"))["Ada Example"] == ada.get_absolute_url()


def test_a_renamed_person_is_quoted_by_the_new_name_at_once() -> None:
    ada = PersonFactory(name="Ada Example")
    review("Waiting", body=stream(quote("Wait.", person=ada)))
    ada.name = "Ada Renamed"
    ada.save()
    assert "Ada Renamed" in words(read("/quotes/").select_one("figcaption"))
    assert table("/quotes/export.csv")[0]["attribution"] == "Ada Renamed"


def test_the_newest_review_comes_first_and_its_items_in_its_own_order() -> None:
    for year in (2023, 2025, 2024):
        entries = [recommendation(f"{year}, {place}.") for place in ("first", "second")]
        review(str(year), body=stream(recommendations(*entries)), published_on=date(year, 1, 1))
    assert texts("/recommendations/") == [
        f"{year}, {place}." for year in (2025, 2024, 2023) for place in ("first", "second")
    ]


def test_recommendations_are_narrowed_by_what_the_address_says() -> None:
    two_of_everything()
    for query, expected in {
        "topic=prison": ["Train."],
        "topic=prison-in-passing": ["Pay."],
        "year=2025": ["Pay."],
        "study_type=trial": ["Train."],
        "audience=commissioners": ["Pay."],
        "made_by=study_authors": ["Train."],
        "topic=care&year=2025&study_type=survey&audience=commissioners&made_by=reviewer": ["Pay."],
        "audience=commissioners&made_by=study_authors": [],
        "topic=prison&year=2025": [],
    }.items():
        page = read(f"/recommendations/?{query}")
        assert texts(f"/recommendations/?{query}") == expected, query
        assert words(find(page, "[role=status]")).startswith(f"{len(expected)} recommendation")
        for name, value in (pair.split("=") for pair in query.split("&")):
            assert find(page, f"select[name={name}] option[selected]")["value"] == value
        assert links(page)["Clear filters"] == "/recommendations/"


def test_a_review_to_several_audiences_lists_only_what_asks_the_chosen_one() -> None:
    staff, payers = AudienceFactory(name="Prison staff"), AudienceFactory(name="Commissioners")
    entries = [recommendation("Train.", staff), recommendation("Pay.", payers), recommendation("Both.", staff, payers)]
    review("Waiting", body=stream(recommendations(*entries)))
    assert texts("/recommendations/?audience=prison-staff") == ["Train.", "Both."]
    assert shown_count("/recommendations/?audience=commissioners") == "2 recommendations Clear filters"


@pytest.mark.parametrize("address", ["/findings/", "/quotes/"])
def test_findings_and_quotes_are_narrowed_by_the_audience_of_their_review(address: str) -> None:
    said = [findings(issue("Found", prose())), quote("Said.")]
    for name in ("Prison staff", "Commissioners"):
        asked = recommendations(recommendation("Do.", AudienceFactory(name=name)))
        review(name, body=stream(*said, asked))
    page = read(f"{address}?audience=prison-staff")
    assert len(page.select(".cards > li")) == 1
    assert "Prison staff" in links(find(page, ".cards > li"))


def test_quotes_are_narrowed_by_who_speaks() -> None:
    named = quote("Named.", person=PersonFactory())
    review("Waiting", body=stream(named, quote("Described."), quote("Written.", who="")))
    found = {voice: texts(f"/quotes/?made_by={voice}") for voice in ("named", "described", "document", "reviewer")}
    assert found == {"named": ["Named."], "described": ["Described."], "document": ["Written."], "reviewer": []}


def test_who_made_it_is_not_asked_of_findings() -> None:
    review("Waiting")
    page = read("/findings/?made_by=reviewer")
    assert page.select_one("select[name=made_by]") is None
    assert len(page.select(".cards > li")) == 2


def test_an_unknown_value_finds_nothing_and_breaks_nothing() -> None:
    review("Waiting")
    names = ("topic", "year", "study_type", "audience", "made_by")
    for name, value in product(names, STRANGE_VALUES):
        filters = EvidenceFilters.of_list(RECOMMENDATIONS, QueryDict(f"{name}={quote_plus(value)}"))
        assert EvidenceList(RECOMMENDATIONS, filters).count() == 0, (name, value)
    for value in STRANGE_VALUES:
        query = "&".join(f"{name}={quote_plus(value)}" for name in (*names, "by"))
        for address in ("/recommendations/", "/quotes/feed/", "/evidence-map/"):
            assert Client().get(f"{address}?{query}").status_code == 200, (address, value)
    assert Client().get("/recommendations/?topic=%ED%A0%80&year=%FF").status_code == 200


def test_a_filter_of_which_nothing_is_left_is_none() -> None:
    review("Waiting")
    assert len(texts("/recommendations/?topic=%00&year=")) == 2


def test_a_page_that_the_list_does_not_have_is_not_found(few_a_page: None) -> None:
    asking_often(6)
    assert len(texts("/recommendations/?page=2")) == 1
    for number in ("0", "-1", "3", "9" * 20, "x", "1.5", "%00", "last"):
        read(f"/recommendations/?page={number}", status=404)


def test_a_long_list_has_pages_that_begin_and_end_within_reviews(few_a_page: None) -> None:
    for year in (2021, 2022, 2023):
        asking_often(4, published_on=date(year, 1, 1))
    pages = [texts(f"/recommendations/?page={number}") for number in (1, 2, 3)]
    assert [text for page in pages for text in page] == ["Do 1.", "Do 2.", "Do 3.", "Do 4."] * 3
    assert [len(page) for page in pages] == [5, 5, 2]
    page = read("/recommendations/?page=2&year=")
    assert find(page, "link[rel=next]")["href"] == "?year=&page=3"
    assert every(page, ".pagination") == ["Newer Page 2 of 3 Older"]


def test_reviews_of_one_day_keep_their_order_from_page_to_page(few_a_page: None) -> None:
    for number in range(4):
        entries = [recommendation(f"{number}, {place}.") for place in (1, 2, 3)]
        review(f"Review {number}", body=stream(recommendations(*entries)), published_on=date(2025, 1, 1))
    seen = [text for number in (1, 2, 3) for text in texts(f"/recommendations/?page={number}")]
    assert seen == [f"{number}, {place}." for number in (3, 2, 1, 0) for place in (1, 2, 3)]


def test_pages_of_any_size_put_together_are_the_whole_list(monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = (5, 1, 1, 8, 2)
    for year, number in enumerate(numbers, start=2019):
        asking_often(number, published_on=date(year, 1, 1))
    everything = [f"Do {place}." for number in reversed(numbers) for place in range(1, number + 1)]
    for size, near in product((1, 3, 4, 7, 50), (0, 5, 500)):
        monkeypatch.setattr("research_reviews.evidence_views.ITEMS_A_PAGE", size)
        monkeypatch.setattr("research_reviews.evidence_lists.NEAR", near)
        addresses = [f"/recommendations/?page={page + 1}" for page in range(-(-len(everything) // size))]
        assert [text for address in addresses for text in texts(address)] == everything, (size, near)


def test_an_address_says_what_it_shows_in_title_and_canonical_link() -> None:
    two_of_everything()
    page = read("/recommendations/?audience=&made_by=reviewer&topic=care&page=1&nonsense=1")
    assert words(page.title).startswith("Recommendations: Care, The reviewer – ")
    canonical = find(page, "link[rel=canonical]")["href"]
    assert canonical == "http://localhost/recommendations/?topic=care&made_by=reviewer"


def test_copied_blocks_with_the_same_id_are_listed_once() -> None:
    twin = recommendation("Do.", name="twin")
    review("Waiting", body=stream(recommendations(twin, name="a"), recommendations(twin, name="b")))
    assert texts("/recommendations/") == ["Do."]
    assert shown_count("/recommendations/") == "1 recommendation"


def test_words_in_any_script_and_markup_are_shown_as_they_are() -> None:
    strange = "הקשיבו <script>alert(1)</script> & e\u0301 🦊 ﷽"
    asking("עברית", strange.replace("<", "&lt;").replace("&", "&amp;", 0), "אנשים", topic=topic("כלא"))
    Audience.objects.get(name="אנשים").full_clean()
    page = read("/recommendations/?audience=אנשים&topic=כלא")
    assert normalize("NFC", strange) in normalize("NFC", words(find(page, ".cards .prose")))
    assert page.select_one(".cards script") is None


def test_a_very_long_text_is_cut_in_the_list() -> None:
    asking("Long", "word" * 5_000, "Prison staff")
    assert len(texts("/recommendations/")[0]) <= 400
    assert len(table("/recommendations/export.csv")[0]["text"]) == 20_000


@pytest.mark.parametrize("hide", [unpublish, make_private, make_all_private, let_expire])
def test_what_readers_may_no_longer_see_is_gone_at_once(hide: Hide) -> None:
    hidden = asking("Hidden", "Hide.", "Prison staff", topic=topic("Prison"))
    if hide is not make_all_private:
        asking("Shown", "Show.", "Prison staff", topic=topic("Care"))
    expected = [] if hide is make_all_private else ["Show."]
    later = hide(hidden)
    with later if isinstance(later, time_machine.travel) else nullcontext():
        for address in ("/recommendations/", "/recommendations/?audience=prison-staff", "/audiences/prison-staff/"):
            assert texts(address) == expected
        assert shown_count("/recommendations/").startswith(f"{len(expected)} ")
        assert "Hide." not in Client().get("/recommendations/feed/").content.decode()
        assert [row["text"] for row in table("/recommendations/export.csv")] == expected
        map_page = words(read("/evidence-map/").select_one(".map"))
        assert ("1" in map_page) is bool(expected)


def test_a_hidden_topic_hides_its_reviews_from_no_list_but_is_no_filter() -> None:
    prison = topic("Prison")
    asking("Waiting", "Train.", "Prison staff", topic=prison)
    PageViewRestriction.objects.create(page=prison, restriction_type=PageViewRestriction.LOGIN)
    page = read("/recommendations/")
    assert "Prison" not in every(page, ".cards a")
    assert table("/recommendations/export.csv")[0]["topics"] == ""
    assert texts("/recommendations/?topic=prison") == []


def test_a_renamed_topic_and_audience_are_found_by_their_new_names() -> None:
    prison = topic("Prison")
    asking("Waiting", "Train.", "Prison staff", topic=prison)
    prison.title, prison.slug = "Jails", "jails"
    prison.save_revision().publish()
    audience = Audience.objects.get()
    audience.name, audience.slug = "Officers", "officers"
    audience.save()
    assert texts("/recommendations/?topic=jails&audience=officers") == ["Train."]
    assert texts("/recommendations/?topic=prison") == texts("/recommendations/?audience=prison-staff") == []
    assert links(find(read("/recommendations/"), ".cards"))["Officers"] == "/audiences/officers/"


def test_a_review_that_gets_another_date_topic_or_study_moves_in_the_lists() -> None:
    made = asking("Waiting", "Train.", published_on=date(2020, 1, 1), topic=topic("Prison"))
    asking("Other", "Pay.", published_on=date(2021, 1, 1))
    made.published_on, made.topic = date(2022, 1, 1), TopicPage.objects.get(pk=topic("Care").pk)
    made.save_revision().publish()
    assert texts("/recommendations/") == ["Train.", "Pay."]
    assert texts("/recommendations/?topic=care&year=2022") == ["Train."]
    assert texts("/recommendations/?topic=prison") == texts("/recommendations/?year=2020") == []


def test_a_study_of_another_kind_reaches_the_lists_without_a_new_publication() -> None:
    study = StudyFactory(study_type="trial")
    asking("Waiting", "Train.", studies=[study, StudyFactory(study_type="survey")])
    study.study_type = Study.StudyType.COHORT
    study.save()
    found = {name: texts(f"/recommendations/?study_type={name}") for name in ("trial", "cohort", "survey")}
    assert found == {"trial": [], "cohort": ["Train."], "survey": ["Train."]}


def test_only_reading_is_answered() -> None:
    review("Waiting")
    for address in (*LISTS, "/audiences/prison-staff/", "/evidence-map/", "/quotes/feed/", "/quotes/export.json"):
        assert Client().head(address).status_code == 200
        for method in ("post", "put", "delete", "patch"):
            assert getattr(Client(), method)(address).status_code == 405


def test_a_list_and_its_filters_come_from_the_page_cache_until_a_change(
    settings: LazySettings,
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[Any]],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    settings.PAGE_CACHE = True
    address, client = "/recommendations/?audience=prison-staff&made_by=study_authors", Client()
    with django_capture_on_commit_callbacks(execute=True):
        asking("Waiting", "Train.", "Prison staff")
    assert b"Train." in client.get(address).content
    with django_assert_num_queries(0):
        client.get(address)
    with django_capture_on_commit_callbacks(execute=True):
        ReviewPage.objects.get().unpublish()
    assert b"Train." not in client.get(address).content


def test_pages_are_the_same_for_everybody_and_set_no_cookie() -> None:
    ReviewPageFactory(header_image=None)
    for address in (*LISTS, "/audiences/prison-staff/", "/evidence-map/", "/quotes/feed/", "/quotes/export.csv"):
        response = Client().get(address)
        assert not response.cookies
        assert "cookie" not in response.get("Vary", "").lower()
