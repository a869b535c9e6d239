"""The factories make what an editor would have made."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.models import Page, Site

from core.roles import EDITOR
from research_reviews.models import Credit, Finding, Quote, Recommendation, ReviewPage
from tests.factories import PASSWORD, ReviewPageFactory, StandardPageFactory, UserFactory, block_id, review_index

pytestmark = pytest.mark.django_db


def test_a_review_is_complete_and_its_evidence_is_written() -> None:
    review = ReviewPageFactory()
    review.full_clean()
    assert list(ReviewPage.objects.listed()) == [review]
    assert [finding.label for finding in Finding.objects.listed()] == ["Inconsistent training", "No quiet room"]
    assert Quote.objects.get(finding__heading="Training by chance").block_id == block_id("quote-night")
    assert Quote.objects.listed().count() == 2
    assert [str(audience) for audience in Recommendation.objects.all()[0].audiences.all()] == ["Prison staff"]
    assert [credit.contribution for credit in Credit.objects.all()] == ["review_author", "study_author"]


def test_a_review_is_served(client: Client) -> None:
    review = ReviewPageFactory(title="A chair by the window")
    response = client.get(review.url)
    assert response.status_code == 200
    assert "A chair by the window" in response.content.decode()


def test_an_unpublished_review_is_a_draft(client: Client) -> None:
    review = ReviewPageFactory(published=False)
    assert client.get(review.url).status_code == 404
    assert not Finding.objects.exists()


def test_many_reviews_of_the_same_authors_can_be_made() -> None:
    first, second = ReviewPageFactory.create_batch(2)
    assert first.slug != second.slug
    assert first.get_parent() == second.get_parent()


def test_the_pages_above_are_made_where_a_test_has_emptied_the_database() -> None:
    Site.objects.all().delete()
    Page.objects.all().delete()
    page = StandardPageFactory(title="About us")
    assert page.full_url == "http://localhost/about-us/"
    assert review_index().url == "/reviews/"


def test_a_user_has_a_role_and_a_password(client: Client) -> None:
    editor = UserFactory(role=EDITOR)
    assert client.login(username=editor.username, password=PASSWORD)
    assert editor.has_perm("wagtailadmin.access_admin")
