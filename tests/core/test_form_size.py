"""A form that holds more than the site takes at once is answered in a sentence, whoever sends it."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.research_reviews.desk import signed_in

pytestmark = pytest.mark.django_db

TOO_MUCH = "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)


def test_an_editor_reads_that_nothing_was_saved_and_how_to_get_the_words_back() -> None:
    response = signed_in().post(reverse("review_from_document"), {"text": TOO_MUCH})

    assert response.status_code == 413
    html = response.content.decode()
    assert "more than 10.0\xa0MB of text" in html
    assert "Go back" in html


def test_a_reader_is_told_so_long_before() -> None:
    response = Client().post("/subscribe/", {"email": "x" * 3_000_000})

    assert response.status_code == 413
    assert "more than 2.5\xa0MB of text" in response.content.decode()


def test_a_form_of_the_admin_without_its_token_is_still_refused() -> None:
    client = signed_in()
    client.handler.enforce_csrf_checks = True

    assert client.post(reverse("review_from_document"), {"text": "words"}).status_code == 403
