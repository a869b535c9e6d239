"""What readers of a topic and of a review are told of the sponsor."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from research_reviews.models import ReviewPage
from sponsors.models import DailyCount
from tests.factories import (
    ImageFactory,
    ReviewPageFactory,
    SponsorFactory,
    SponsorshipFactory,
    StandardPageFactory,
    TopicPageFactory,
    review_index,
)
from tests.reading import find, read, words

pytestmark = pytest.mark.django_db


def line_of(page: BeautifulSoup) -> str:
    """Return the words of the sponsor line; empty where there is none."""
    return words(page.select_one(".sponsor")) if page.select_one(".sponsor") else ""


@pytest.mark.parametrize("place", ["topic", "review"])
def test_the_topics_sponsor_is_named_with_logo_tagline_and_link(place: str) -> None:
    topic = TopicPageFactory(title="Prison")
    sponsor = SponsorFactory(name="Candle & Co", tagline="Light to read by", logo=ImageFactory())
    sponsorship = SponsorshipFactory(topic=topic, sponsor=sponsor)
    page = topic if place == "topic" else ReviewPageFactory(topic=topic)

    line = find(read(page.url), ".sponsor")

    assert words(line).startswith("Sponsored Prison posts are sponsored by Candle & Co Light to read by trust.example")
    link = find(line, 'a[rel="sponsored noopener"]')
    assert link["href"] == f"{reverse('sponsors:visit', args=[sponsorship.pk])}?page={page.pk}"
    assert find(line, "img")["alt"] == ""
    assert find(line, f'a[href="{reverse("sponsors:ledger")}"]')


def test_a_screen_reader_hears_that_it_is_sponsored_before_it_hears_by_whom() -> None:
    topic = TopicPageFactory()
    SponsorshipFactory(topic=topic)

    line = find(read(topic.url), "aside.sponsor")

    assert words(find(line, f"#{line['aria-labelledby']}")) == "Sponsored"


def test_the_whole_sites_sponsor_shows_where_a_topic_has_none() -> None:
    sponsored, other = TopicPageFactory(title="Prison"), TopicPageFactory(title="Autism")
    SponsorshipFactory(topic=sponsored, sponsor=SponsorFactory(name="Topic Trust"))
    SponsorshipFactory(sponsor=SponsorFactory(name="Site Trust"))

    assert "Prison posts are sponsored by Topic Trust" in line_of(read(sponsored.url))
    assert "This site is sponsored by Site Trust" in line_of(read(other.url))
    assert "This site is sponsored by Site Trust" in line_of(read(ReviewPageFactory(topic=other).url))


def test_other_topics_of_a_review_do_not_bring_their_sponsors() -> None:
    first, second = TopicPageFactory(), TopicPageFactory()
    SponsorshipFactory(topic=second)

    assert line_of(read(ReviewPageFactory(topic=first, other_topics=[second]).url)) == ""


def test_only_topic_and_review_pages_name_a_sponsor() -> None:
    SponsorshipFactory()

    assert line_of(read(StandardPageFactory().url)) == ""


@pytest.mark.parametrize(("begins", "ends"), [(1, None), (-30, -1), (1, 30)])
def test_a_sponsorship_that_does_not_run_today_is_not_named(begins: int, ends: int | None) -> None:
    topic, today = TopicPageFactory(), timezone.localdate()
    SponsorshipFactory(
        topic=topic,
        starts_on=today + timedelta(days=begins),
        ends_on=today + timedelta(days=ends) if ends is not None else None,
    )

    assert line_of(read(topic.url)) == ""


def test_a_one_day_sponsorship_shows_on_its_day() -> None:
    topic, today = TopicPageFactory(), timezone.localdate()
    SponsorshipFactory(topic=topic, starts_on=today, ends_on=today)

    assert line_of(read(topic.url))


def test_hostile_names_are_only_words() -> None:
    topic = TopicPageFactory(title="{sponsor} <b>topic</b>")
    sponsor = SponsorFactory(name="<script>hostile()</script> {topic}", tagline='"><img src=x onerror=hostile()>')
    SponsorshipFactory(topic=topic, sponsor=sponsor)

    line = find(read(topic.url), ".sponsor")

    assert line.find(["script", "img", "b"]) is None
    assert "{sponsor} <b>topic</b> posts are sponsored by <script>hostile()</script> {topic}" in words(line)


def test_a_review_that_was_never_saved_is_previewed_with_its_sponsor_and_not_counted() -> None:
    topic = TopicPageFactory(title="Prison")
    SponsorshipFactory(topic=topic, sponsor=SponsorFactory(name="Candle Trust"))
    review = ReviewPage(title="New", slug="new", standfirst="New", topic=topic, interests="None")
    review.set_url_path(review_index())
    review.path, review.depth = f"{review_index().path}9999", review_index().depth + 1

    preview = review.make_preview_request()

    assert "Prison posts are sponsored by Candle Trust" in preview.render().content.decode()
    assert not DailyCount.objects.exists()
