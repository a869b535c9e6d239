"""Content of other sites, as readers meet it and as editors may give it."""

from __future__ import annotations

import json

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client

from core.embeds import EmbedBlock
from research_reviews.models import ReviewPage
from tests.factories import ReviewPageFactory

HOSTILE = [
    "javascript:hostile()",
    "JaVaScRiPt://example.org/%0ahostile()",
    "data:text/html,<script>hostile()</script>",
    "ftp://example.org/film",
    "//example.org/film",
    "https://",
    "https://[hostile",
    "<script>hostile()</script>",
]


# What begins with two slashes is completed in the editor; past it, it would be a link.
@pytest.mark.parametrize("address", [address for address in HOSTILE if not address.startswith("//")])
def test_an_editor_can_embed_only_an_address_of_the_web(address: str) -> None:
    block = EmbedBlock()
    value = block.value_from_datadict({"film-url": address, "film-title": "A film", "film-summary": ""}, {}, "film")

    with pytest.raises(ValidationError) as refusal:
        block.clean(value)

    assert set(refusal.value.block_errors) == {"url"}  # type: ignore[attr-defined]


@pytest.mark.parametrize("address", ["https://vimeo.com/123", "http://www.youtube.com/watch?v=1&t=2"])
def test_an_address_of_the_web_is_taken(address: str) -> None:
    block = EmbedBlock()
    value = block.to_python({"url": address, "title": "A film", "summary": ""})

    assert block.clean(value).link == address
    assert value.provider in ("Vimeo", "YouTube")


@pytest.mark.django_db
@pytest.mark.parametrize("address", HOSTILE)
def test_a_hostile_address_that_came_in_by_another_way_leads_nowhere(client: Client, address: str) -> None:
    review = ReviewPageFactory()
    value = {"url": address, "title": "A film", "summary": "About it"}
    raw = json.dumps([{"type": "embed", "id": "1", "value": value}])
    ReviewPage.objects.filter(pk=review.pk).update(body=raw)

    response = client.get(review.url)

    assert response.status_code == 200
    page = BeautifulSoup(response.content, "html.parser")
    link = page.find("a", string="A film")
    assert link is None or link["href"] == ""
    assert not page.find(["iframe", "embed", "object"])
    assert "hostile()" not in page.get_text()
