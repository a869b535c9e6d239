"""The list of reviews in the admin: what it shows, finds and costs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.roles import EDITOR
from research_reviews.models import ReviewPage, Study
from tests.factories import PersonFactory, ReviewPageFactory, StudyFactory, TopicPageFactory, UserFactory
from tests.factories.editor import draft_form
from tests.research_reviews.desk import add_review, edit_page, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_at_once")]

ADDRESS = "/admin/reviews/"


@pytest.fixture
def editor() -> Client:
    return signed_in(EDITOR)


def rows(client: Client, query: dict[str, Any] | None = None) -> list[list[str]]:
    """Return the text of each cell of each row."""
    response = client.get(ADDRESS, query or {})
    assert response.status_code == 200
    table = BeautifulSoup(response.content, "html.parser").select("table.listing tbody tr")
    return [[" ".join(cell.text.split()) for cell in row.select("td")] for row in table]


def found(client: Client, *pages: ReviewPage, **query: Any) -> bool:
    """Whether the query finds these reviews and no others."""
    shown = client.get(ADDRESS, query).context["object_list"]
    return {page.pk for page in shown} == {page.pk for page in pages}


def test_a_row_shows_topic_study_reviewer_date_and_state(editor: Client) -> None:
    ReviewPageFactory(
        title="Someone awake",
        topic=TopicPageFactory(title="Prison"),
        studies=[StudyFactory(title="Listeners"), StudyFactory(title="Peers")],
        reviewer=PersonFactory(name="Tamsin Invented"),
        published_on=date(2025, 10, 14),
    )
    row = rows(editor)[0]
    assert row[1].startswith("Someone awake")
    assert row[2:6] == ["Prison", "Listeners; Peers", "Tamsin Invented", "14 Oct 2025"]
    assert "live" in row[7].lower()


def test_a_draft_shows_its_reviewer_too(editor: Client) -> None:
    ReviewPageFactory(published=False, reviewer=PersonFactory(name="Tamsin Invented"))
    row = rows(editor)[0]
    assert row[4] == "Tamsin Invented"
    assert row[5] == ""
    assert "draft" in row[7].lower()


def test_a_draft_with_nothing_but_a_title_is_listed(editor: Client) -> None:
    add_review(editor, draft_form("Only a title"))
    assert rows(editor)[0][2:6] == ["", "", "", ""]


def test_reviews_are_found_by_topic(editor: Client) -> None:
    first, other, unrelated = TopicPageFactory(), TopicPageFactory(), TopicPageFactory()
    mine = ReviewPageFactory(topic=first)
    also = ReviewPageFactory(topic=unrelated, other_topics=[first])
    ReviewPageFactory(topic=other)
    assert found(editor, mine, also, topic=first.pk)


def test_reviews_are_found_by_the_type_of_their_study(editor: Client) -> None:
    trial = ReviewPageFactory(studies=[StudyFactory(study_type=Study.StudyType.TRIAL)])
    ReviewPageFactory()
    assert found(editor, trial, study_type="trial")


def test_reviews_are_found_by_state(editor: Client) -> None:
    live, changed = ReviewPageFactory(), ReviewPageFactory()
    edit_page(editor, changed, draft_form("Changed"))
    draft = ReviewPageFactory(published=False)
    scheduled = ReviewPageFactory(go_live_at=timezone.now() + timedelta(days=3))
    assert found(editor, live, changed, state="live")
    assert found(editor, changed, state="changed")
    assert found(editor, draft, state="draft")
    assert found(editor, scheduled, state="scheduled")


def test_reviews_are_found_by_reviewer_published_or_not(editor: Client) -> None:
    person = PersonFactory()
    live, draft = ReviewPageFactory(reviewer=person), ReviewPageFactory(published=False, reviewer=person)
    ReviewPageFactory(studies=[StudyFactory(authors=[person])])
    ReviewPageFactory(published=False)
    assert found(editor, live, draft, reviewer=person.pk)


def test_reviews_are_found_by_date_and_owner(editor: Client) -> None:
    owner = UserFactory()
    old, new = ReviewPageFactory(published_on=date(2024, 1, 1)), ReviewPageFactory(owner=owner)
    assert found(editor, old, published_on_to="2024-12-31")
    assert found(editor, new, owner=owner.pk)


def test_reviews_are_found_by_words_of_the_title(editor: Client) -> None:
    waiting = ReviewPageFactory(title="Someone awake at night")
    ReviewPageFactory(title="Nine weeks")
    assert found(editor, waiting, q="awake")


@pytest.mark.parametrize("query", [{"topic": "x"}, {"state": "nonsense"}, {"reviewer": "0"}, {"published_on_to": "x"}])
def test_a_filter_that_makes_no_sense_does_no_harm(editor: Client, query: dict[str, str]) -> None:
    ReviewPageFactory()
    assert editor.get(ADDRESS, query).status_code == 200


@pytest.mark.parametrize("ordering", ["title", "-topic__title", "published_on", "live", "nonsense"])
def test_the_list_can_be_put_in_order(editor: Client, ordering: str) -> None:
    ReviewPageFactory()
    assert editor.get(ADDRESS, {"ordering": ordering}).status_code == 200


def test_the_list_costs_the_same_however_long_it_is(editor: Client) -> None:
    ReviewPageFactory()
    rows(editor)
    with CaptureQueriesContext(
        connection,
    ) as short:
        rows(editor)
    for place in range(8):
        ReviewPageFactory(published=place % 2 == 0)
    with CaptureQueriesContext(connection) as long:
        assert len(rows(editor)) == 9
    assert len(long) <= len(short)
    # Two of them for the menu: who may make a review of a document, and how many notices of studies wait.
    assert len(long) <= 32


def test_the_list_is_exported_with_the_names_it_shows(editor: Client) -> None:
    ReviewPageFactory(title="Someone awake", reviewer=PersonFactory(name="Tamsin Invented"))
    response = editor.get(ADDRESS, {"export": "csv"})
    text = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    assert text.splitlines()[0] == "Title,Topic,Study,Reviewer,Date,State,Address"
    assert "Someone awake" in text
    assert "Tamsin Invented" in text


def test_a_new_review_begins_below_the_list_of_reviews(editor: Client) -> None:
    response = editor.get(f"{ADDRESS}choose_parent/")
    assert response.status_code == 302
    assert "/add/research_reviews/reviewpage/" in response["Location"]
