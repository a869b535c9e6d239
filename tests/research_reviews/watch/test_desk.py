"""The editors' task: which studies have notices, which reviews they concern, and who has dealt with them."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.editor_checks import run_checks
from core.roles import EDITOR, SITE_OWNER
from research_reviews.models import Study, StudyNotice
from tests.factories import ReviewPageFactory, StudyFactory, UserFactory
from tests.reading import words

pytestmark = pytest.mark.django_db

REPORT = "/admin/reports/study-notices/"


@pytest.fixture
def editor(client: Client) -> Client:
    """A client that an editor has signed in with."""
    client.force_login(UserFactory(role=EDITOR, first_name="Edda", last_name="Redactor"))
    return client


def notice(kind: str = "retraction", status: str = "retracted", **study: Any) -> StudyNotice:
    """Write down a notice as the watch does."""
    about = StudyFactory(retraction_status=status, retraction_source="https://doi.org/10.5555/n", **study)
    made: StudyNotice = about.notices.create(kind=kind, doi="10.5555/n", date="2024-05-03", source="publisher")
    return made


def shown(client: Client, address: str = REPORT) -> str:
    """Return what an editor reads at the address."""
    response = client.get(address)
    assert response.status_code == 200
    return words(BeautifulSoup(response.content, "html.parser").find("main"))


def test_the_report_names_study_notice_reviews_and_state(editor: Client) -> None:
    found = notice(title="Chairs by the window", doi="10.5555/chairs")
    review = ReviewPageFactory(title="A chair matters", studies=[found.study])
    page = shown(editor)
    for said in ("Chairs by the window", "10.5555/chairs", "Retraction", "3 May 2024", "A chair matters"):
        assert said in page
    assert "Mark as dealt with" in page
    assert "0 of 1 studies with a DOI have been checked" not in page
    html = editor.get(REPORT).content.decode()
    assert reverse("wagtailadmin_pages:edit", args=[review.pk]) in html
    assert "https://doi.org/10.5555/n" in html


def test_a_notice_is_dealt_with_by_somebody_and_that_can_be_undone(editor: Client) -> None:
    found = notice()
    response = editor.post(reverse("study_notices:done", args=[found.pk]), {"next": f"{REPORT}?state=open"})
    assert response["Location"] == f"{REPORT}?state=open"
    found.refresh_from_db()
    assert not found.is_open
    assert found.dealt_with_by is not None
    assert found.dealt_with_by.get_full_name() == "Edda Redactor"
    assert "Edda Redactor" in shown(editor, f"{REPORT}?state=done")
    assert found.study.title not in shown(editor, f"{REPORT}?state=open").replace("marked as dealt with", "")

    editor.post(reverse("study_notices:again", args=[found.pk]))
    found.refresh_from_db()
    assert found.is_open
    assert found.dealt_with_by is None


def test_who_dealt_with_it_first_stays_named(editor: Client) -> None:
    found = notice()
    editor.post(reverse("study_notices:done", args=[found.pk]))
    other = Client()
    other.force_login(UserFactory(role=EDITOR, first_name="Second"))
    other.post(reverse("study_notices:done", args=[found.pk]))
    found.refresh_from_db()
    assert found.dealt_with_by is not None
    assert found.dealt_with_by.first_name == "Edda"


def test_it_leads_nowhere_but_here_and_only_a_button_changes_anything(editor: Client) -> None:
    found = notice()
    done = reverse("study_notices:done", args=[found.pk])
    assert editor.get(done).status_code == 405
    assert editor.post(done, {"next": "https://elsewhere.test/"})["Location"] == REPORT
    assert editor.post(reverse("study_notices:done", args=[found.pk + 1])).status_code == 404


def test_nobody_without_the_permission_sees_or_does_anything() -> None:
    found, client = notice(), Client()
    assert client.get(REPORT).status_code == 302
    client.force_login(UserFactory(role=None, is_staff=True))
    assert client.get(REPORT).status_code in (302, 403)
    client.post(reverse("study_notices:done", args=[found.pk]))
    found.refresh_from_db()
    assert found.is_open


def test_the_first_page_of_the_admin_says_what_waits(editor: Client) -> None:
    quiet = shown(editor, "/admin/")
    assert "notice about a reviewed study" not in quiet
    notice(title="Nobody reviews it")
    assert "notice about a reviewed study" not in shown(editor, "/admin/")
    found = notice(title="Chairs by the window")
    ReviewPageFactory(title="A chair matters", studies=[found.study])
    page = shown(editor, "/admin/")
    assert "1 notice about a reviewed study" in page
    assert "Chairs by the window" in page
    assert "A chair matters" in page
    assert "Studies with notices (1)" in editor.get("/admin/").content.decode()
    editor.post(reverse("study_notices:done", args=[found.pk]))
    assert "notice about a reviewed study" not in shown(editor, "/admin/").replace("marked as dealt with", "")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_report_can_be_taken_away_as_a_file(kind: str, editor: Client) -> None:
    found = notice(title="Chairs by the window")
    ReviewPageFactory(title="A chair matters", studies=[found.study])
    response: Any = editor.get(f"{REPORT}?export={kind}")
    content = b"".join(response.streaming_content) if response.streaming else response.content
    assert response.status_code == 200
    if kind == "csv":
        assert "Chairs by the window" in content.decode()
        assert "A chair matters" in content.decode()


def test_the_report_asks_as_little_for_many_notices_as_for_one(editor: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            shown(editor)
        return len(asked)

    ReviewPageFactory(studies=[notice().study])
    queries()
    few = queries()
    for _number in range(4):
        ReviewPageFactory(studies=[notice().study])
    assert queries() == few


def test_the_editor_of_a_review_is_reminded_until_somebody_has_looked() -> None:
    found = notice("correction", "corrected", title="Chairs by the window")
    review = ReviewPageFactory(studies=[found.study])
    reminder = "The study “Chairs by the window” has been corrected."
    assert any(reminder in str(check.message) for check in run_checks(review))
    StudyNotice.objects.update(dealt_with_at="2026-01-01T00:00:00Z")
    assert not any(reminder in str(check.message) for check in run_checks(type(review).objects.get(pk=review.pk)))


def test_the_owner_chooses_whether_and_how_often(client: Client) -> None:
    client.force_login(UserFactory(role=SITE_OWNER))
    address = reverse("wagtailsettings:edit", args=["research_reviews", "studywatchsettings"])
    page = client.get(address, follow=True)
    assert "check studies for retractions" in page.content.decode().lower()
    assert Study.objects.count() == 0
