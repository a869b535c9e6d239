"""The site's own address comes from BASE_URL, so that nobody has to type it a second time."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.test import override_settings
from wagtail.models import Site

from tests.factories import ReviewPageFactory
from tests.reading import find, read

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("base_url", "root"),
    [
        ("https://reviews.example", "https://reviews.example"),
        ("http://127.0.0.1:8123", "http://127.0.0.1:8123"),
    ],
)
def test_links_that_leave_the_site_name_its_address(base_url: str, root: str) -> None:
    review = ReviewPageFactory()
    with override_settings(BASE_URL=base_url):
        call_command("migrate", verbosity=0)
    address = find(read(review.url), "link[rel=canonical]")["href"]
    assert address == f"{root}{review.url}"


def test_without_a_base_url_the_site_keeps_what_its_owner_gave_it() -> None:
    Site.objects.update(hostname="kept.example", port=8080)
    call_command("migrate", verbosity=0)
    assert Site.objects.get().root_url == "http://kept.example:8080"
