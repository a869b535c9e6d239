"""How readers are helped to share: plain links to the places that the owner chose."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from wagtail.models import Site
from wagtail.test.utils.form_data import nested_form_data, streamfield

from site_settings.models import SharingSettings
from site_settings.networks import EMAIL, NETWORKS
from tests.factories import ReviewPageFactory
from tests.reading import every, find, links, read
from tests.site_settings.owner import address, owner, save, says

pytestmark = pytest.mark.django_db

HOSTILE = [
    "Plain",
    "Crime & punishment: what’s #1? 50 % + more",
    "“Quoted” 'single' <b>bold</b> \"double\"",
    "Two\nlines\r\nand a\ttab",
    "مراجعة \u202e שלום",
    "e\u0301 日本語 🙂",
    "/?a=b&c=d#e",
]


def form(*networks: str, **fields: Any) -> dict[str, Any]:
    """Return the form of the setting as an owner sends it."""
    chosen = streamfield([("network", network) for network in networks])
    data: dict[str, Any] = nested_form_data({"is_offered": "on", "networks": chosen, **fields})
    return {name: value for name, value in data.items() if value is not None}


def ways(review: Any) -> list[str]:
    """Return what a reader of the review is offered, in order."""
    return every(read(review.url).main, ".share a")


def test_a_site_whose_owner_chose_nothing_offers_mail_bluesky_and_linkedin() -> None:
    review = ReviewPageFactory(header_image=None, title="Someone awake")
    page = read(review.url)
    assert links(find(page, ".share")) == {
        "E-mail": f"mailto:?subject=Someone%20awake&body={quoted(review)}",
        "Bluesky": f"https://bsky.app/intent/compose?text=Someone%20awake%20{quoted(review)}",
        "LinkedIn": f"https://www.linkedin.com/sharing/share-offsite/?url={quoted(review)}",
    }
    # In the same window: there is none that the network could look back into.
    assert not page.select(".share a[target]")


def quoted(review: Any) -> str:
    """Return the review's address as part of another."""
    full: str = review.full_url
    return full.replace(":", "%3A").replace("/", "%2F")


def test_an_owner_chooses_networks_and_their_order() -> None:
    review = ReviewPageFactory(header_image=None)
    save(SharingSettings, form("reddit", "mastodon", "x"))
    assert ways(review) == ["E-mail", "Reddit", "Mastodon", "X"]


def test_an_owner_may_offer_mail_alone_or_nothing() -> None:
    review = ReviewPageFactory(header_image=None)
    save(SharingSettings, form())
    assert ways(review) == ["E-mail"]
    save(SharingSettings, form("x", is_offered=None))
    page = read(review.url)
    assert page.select(".share, [data-copy], [data-share], script[src*='share']") == []


def test_a_network_is_chosen_once() -> None:
    response = save(SharingSettings, form("x", "reddit", "x"))
    assert says(response, "This network is in the list already.")
    assert not SharingSettings.objects.exists()


def test_an_unknown_network_is_refused_and_one_that_is_known_no_longer_left_out() -> None:
    save(SharingSettings, form("friendfeed"))
    assert not SharingSettings.objects.exists()
    review = ReviewPageFactory(header_image=None)
    networks = [("network", "friendfeed"), ("network", "x")]
    SharingSettings.objects.create(site=Site.objects.get(), networks=networks)
    assert ways(review) == ["E-mail", "X"]


def test_an_owner_sees_the_choice_on_a_review_before_it_is_saved() -> None:
    review, client = ReviewPageFactory(header_image=None), owner()
    url = address(SharingSettings, "preview_on_edit")
    assert client.post(url, form("telegram")).json() == {"is_valid": True, "is_available": True}
    preview = read(f"{url}?mode=research_reviews.reviewpage&in_preview_panel=true", client)
    assert every(preview.main, ".share a") == ["E-mail", "Telegram"]
    assert ways(review) == ["E-mail", "Bluesky", "LinkedIn"]


@pytest.mark.parametrize("slug", NETWORKS)
@pytest.mark.parametrize("title", HOSTILE)
def test_every_network_gets_the_address_and_the_title_as_they_are(slug: str, title: str) -> None:
    url = "https://reviews.example/reviews/caf%C3%A9/#finding-1?a=b&c=d"
    parts = urlsplit(NETWORKS[slug].address(url, title))
    assert parts.scheme == "https"
    # Mastodon's tool reads what stands behind the #.
    fields = parse_qs(parts.query or parts.fragment, strict_parsing=True)
    said = " ".join(value for values in fields.values() for value in values)
    assert url in said
    line = " ".join(title.split())
    assert said in {url, f"{line} {url}", f"{url} {line}"}


@pytest.mark.parametrize("title", HOSTILE)
def test_a_mail_has_the_title_as_its_subject_and_no_line_can_slip_in(title: str) -> None:
    mail = urlsplit(EMAIL.address("https://reviews.example/1/?a=b&c", title))
    assert mail.path == ""
    assert "+" not in mail.query
    assert parse_qs(mail.query, strict_parsing=True) == {
        "subject": [" ".join(title.split())],
        "body": ["https://reviews.example/1/?a=b&c"],
    }


@pytest.mark.parametrize("title", HOSTILE)
def test_the_buttons_carry_address_and_title_and_wait_for_the_script(title: str) -> None:
    review = ReviewPageFactory(header_image=None, title=title, slug="hostile")
    page = read(review.url)
    copy, share = find(page, "button[data-copy]"), find(page, "button[data-share]")
    assert copy.has_attr("hidden")
    assert share.has_attr("hidden")
    assert copy["data-copy"] == share["data-share"] == review.full_url
    assert share["data-title"] == review.title


def test_a_title_with_half_a_character_is_shared_without_it() -> None:
    assert EMAIL.address("https://reviews.example/", "half \ud83d") == (
        "mailto:?subject=half%20%3F&body=https%3A%2F%2Freviews.example%2F"
    )


def test_what_has_an_address_and_a_title_can_be_shared() -> None:
    request = RequestFactory().get("/", SERVER_NAME="localhost")
    parts = {"address": "https://reviews.example/reviews/1/#quote-2", "title": "“Somebody listened.”"}
    html = render_to_string("components/share.html", parts, request)
    assert "body=https%3A%2F%2Freviews.example%2Freviews%2F1%2F%23quote-2" in html
    assert "subject=%E2%80%9CSomebody%20listened.%E2%80%9D" in html
