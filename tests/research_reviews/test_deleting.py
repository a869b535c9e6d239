"""Deleting what others stand on is refused with a reason; deleting the rest leaves no hole."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction

from research_reviews.models import Finding, ReviewPage, Study, TopicPage
from tests.factories import ReviewPageFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_at_once")]


@pytest.fixture
def owner(client: Client) -> Client:
    client.force_login(UserFactory(superuser=True))
    return client


def test_a_topic_with_reviews_cannot_be_deleted(owner: Client) -> None:
    topic = ReviewPageFactory().topic
    address = reverse("wagtailadmin_pages:delete", args=[topic.pk])
    assert owner.get(address).status_code == 200
    answer = owner.post(address, follow=True)
    assert answer.status_code == 200
    assert TopicPage.objects.filter(pk=topic.pk).exists()
    assert "still the topic of 1 review" in answer.content.decode()


def test_topics_with_reviews_cannot_be_deleted_in_bulk(owner: Client) -> None:
    topic = ReviewPageFactory().topic
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    answer = owner.post(f"{address}?next=/admin/&id={topic.pk}", follow=True)
    assert answer.status_code == 200
    assert TopicPage.objects.filter(pk=topic.pk).exists()


def test_the_list_of_topics_cannot_be_deleted_above_a_topic_with_reviews(owner: Client) -> None:
    topic = ReviewPageFactory().topic
    answer = owner.post(reverse("wagtailadmin_pages:delete", args=[topic.get_parent().pk]), follow=True)
    assert answer.status_code == 200
    assert TopicPage.objects.filter(pk=topic.pk).exists()


def test_a_study_that_is_reviewed_cannot_be_deleted(owner: Client) -> None:
    review = ReviewPageFactory()
    study = review.review_studies.get().study
    url_name = Study.snippet_viewset.get_url_name("delete")
    answer = owner.post(reverse(url_name, args=[study.pk]), follow=True)
    assert answer.status_code in (200, 403)
    assert Study.objects.filter(pk=study.pk).exists()


def test_a_topic_without_reviews_can_be_deleted(owner: Client) -> None:
    review = ReviewPageFactory()
    topic = review.topic
    ReviewPage.objects.get(pk=review.pk).delete()
    owner.post(reverse("wagtailadmin_pages:delete", args=[topic.pk]))
    assert not TopicPage.objects.filter(pk=topic.pk).exists()


def test_everything_can_go_together(owner: Client) -> None:
    review = ReviewPageFactory()
    home = review.get_parent().get_parent()
    home.delete()
    assert not ReviewPage.objects.exists()
    assert not TopicPage.objects.exists()


def test_a_private_review_can_be_deleted_and_leaves_nothing(owner: Client) -> None:
    review = ReviewPageFactory()
    PageViewRestriction.objects.create(page=review, restriction_type=PageViewRestriction.LOGIN)
    owner.post(reverse("wagtailadmin_pages:delete", args=[review.pk]))
    assert not ReviewPage.objects.exists()
    assert not Finding.objects.exists()
    connection.check_constraints()
