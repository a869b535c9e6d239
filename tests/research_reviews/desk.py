"""The desk as tests sit down at it: who is signed in, and the addresses of the editor."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from research_reviews.models import ReviewPage
from tests.factories import UserFactory, review_index


def signed_in(role: str | None = None) -> Client:
    """Return a client of a new user with the role; without one, of an administrator."""
    client = Client()
    client.force_login(UserFactory(role=role) if role else UserFactory(superuser=True))
    return client


def add_review(client: Client, data: dict[str, Any], action: str = "") -> Any:
    """Send the form of a new review: saved as a draft, or `action-publish`, `action-submit`."""
    address = reverse("wagtailadmin_pages:add", args=["research_reviews", "reviewpage", review_index().pk])
    return client.post(address, {**data, **({action: "1"} if action else {})})


def edit_page(client: Client, page: Page, data: dict[str, Any], action: str = "") -> Any:
    """Send the form of a page."""
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(address, {**data, **({action: "1"} if action else {})})


def the_review() -> ReviewPage:
    """Return the only review there is, as its latest draft."""
    draft: ReviewPage = ReviewPage.objects.get().get_latest_revision_as_object()
    return draft


def errors_of(response: Any) -> dict[str, list[str]]:
    """Return what the editor says at each field."""
    errors: dict[str, list[str]] = {}
    for field, error in response.context["form"].errors.as_data().items():
        blocks = getattr(error[0], "non_block_errors", None)
        errors[field] = [str(message) for message in (blocks or error[0].messages)]
    return errors
