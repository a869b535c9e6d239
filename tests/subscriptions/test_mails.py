"""What a review's mail and the digest say, and what they must not do."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from research_reviews.models import ReviewPage
from site_settings.models import BrandSettings
from subscriptions import contents, reviews_in_mails
from subscriptions.models import Mailing, SubscriptionSettings
from subscriptions.reviews_in_mails import MailedReview
from tests.factories import ImageFactory, PersonFactory, ReviewPageFactory, TopicPageFactory, blocks, home_page
from tests.factories.sponsors import SponsorFactory, SponsorshipFactory
from tests.factories.subscriptions import DeliveryFactory, SubscriberFactory
from tests.reading import words

pytestmark = pytest.mark.django_db

HOSTILE = '</mj-text><script>alert(1)</script> {{ x }} & "it\'s" 🗝'


def mail_of(page: ReviewPage, **subscriber: Any) -> tuple[Any, BeautifulSoup]:
    """Return the mail that a subscriber gets of a review, and its HTML part parsed."""
    mailing = Mailing.objects.filter(page=page).first() or Mailing.objects.create(
        kind=Mailing.Kind.REVIEW, page=page, title=page.title
    )
    delivery = DeliveryFactory(mailing=mailing, subscriber=SubscriberFactory(**subscriber))
    message = contents.render(mailing).message(delivery)
    return message, BeautifulSoup(str(message.alternatives[0][0]), "html.parser")


def digest(*topics: int, period_days: int = 7) -> contents.Content:
    """Return the digest of what went out in the period."""
    now = timezone.now()
    Mailing.objects.update(started_at=now)
    mailing = Mailing.objects.create(
        kind=Mailing.Kind.DIGEST,
        title="New reviews this week",
        since=now - timedelta(days=period_days),
        until=now + timedelta(hours=1),
    )
    return contents.render(mailing, frozenset(topics) if topics else None)


def test_both_parts_of_a_reviews_mail_say_the_same() -> None:
    page = ReviewPageFactory(title="Someone awake", topic=TopicPageFactory(title="Prison"))
    sponsor = SponsorFactory(name="Invented Trust", website="https://trust.example/about")
    SponsorshipFactory(topic=page.topic, sponsor=sponsor)
    message, html = mail_of(page)
    for text in (message.body, words(html.body)):
        for said in (
            "Prison",
            "Someone awake",
            "A study of people who wait.",
            "Training differs from place to place.",
            page.reviewers[0].name,
            "Sponsored",
            "Prison posts are sponsored by Invented Trust",
            "Unsubscribe",
        ):
            assert said in text
    assert message.subject == "Someone awake"


def test_links_lead_straight_to_where_they_say() -> None:
    page = ReviewPageFactory()
    SponsorshipFactory(sponsor=SponsorFactory(website="https://trust.example/about"))
    message, html = mail_of(page)
    links = {str(link["href"]) for link in html.select("a")}
    assert page.full_url in links
    assert "https://trust.example/about" in links
    assert ".invalid/" not in message.body + str(html)
    assert "/subscribe/unsubscribe/" in message.body
    assert "/subscribe/preferences/" in message.body
    assert all(link in message.body or "/people/" in link for link in links)


def test_the_only_pictures_are_our_own_and_have_words() -> None:
    image = ImageFactory(description="A teal wall")
    _message, html = mail_of(ReviewPageFactory(header_image=image))
    [picture] = html.select("img")
    assert str(picture["src"]).startswith("http://localhost/media/")
    assert str(picture["src"]).endswith(".jpg")
    assert picture["alt"] == "A teal wall"


def test_a_review_without_a_picture_or_with_a_lost_one_has_a_mail() -> None:
    assert not mail_of(ReviewPageFactory(header_image=None))[1].select("img")
    lost = ImageFactory()
    page = ReviewPageFactory(header_image=lost)
    lost.renditions.all().delete()
    lost.file.storage.delete(lost.file.name)
    assert not mail_of(page)[1].select("img")


def test_hostile_words_stay_words_everywhere() -> None:
    site = home_page().get_site()
    BrandSettings.objects.create(site=site, site_name=HOSTILE)
    SubscriptionSettings.objects.create(site=site, review_text=HOSTILE, sender_name='Ada", <evil@example.com>')
    page = ReviewPageFactory(
        title=HOSTILE,
        slug="hostile",
        standfirst=HOSTILE,
        topic=TopicPageFactory(title=HOSTILE, slug="hostile"),
        reviewer=PersonFactory(name=HOSTILE),
        header_image=ImageFactory(description=HOSTILE, credit=HOSTILE),
        key_messages=blocks.stream(blocks.block("message", HOSTILE), blocks.block("message", HOSTILE)),
    )
    message, html = mail_of(page)
    assert not html.select("script")
    assert words(html.h1) == HOSTILE
    assert HOSTILE in message.body
    assert message.message()["From"].count("@") - message.message()["From"].count("evil@example.com") == 1
    assert html.select_one("img")["alt"] == HOSTILE  # type: ignore[index]


def test_the_mail_stays_what_it_was_when_the_review_is_edited_meanwhile() -> None:
    page = ReviewPageFactory(title="As it was")
    first, _html = mail_of(page)
    contents._kept.clear()
    ReviewPage.objects.filter(pk=page.pk).update(title="As it is now")
    second, html = mail_of(page)
    assert first.subject == second.subject == "As it was"
    assert words(html.h1) == "As it was"


def test_each_subscriber_gets_their_own_links() -> None:
    page = ReviewPageFactory()
    one, other = mail_of(page)[0], mail_of(page)[0]
    assert one.body != other.body
    assert one.to != other.to


def test_a_mail_with_everything_long_is_not_cut_off_by_mail_programs() -> None:
    people = [PersonFactory(name=f"{'Long name ' * 11}{number}") for number in range(60)]
    page = ReviewPageFactory(
        title="w" * 200,
        slug="long",
        standfirst="é" * 400,
        credits=blocks.stream(*(blocks.credit(person, "review_author", "d" * 120) for person in people)),
        key_messages=blocks.stream(*(blocks.block("message", "m" * 300) for _number in range(5))),
    )
    message, html = mail_of(page)
    assert len(message.alternatives[0][0].encode()) < 100_000
    assert "and 20 more" in words(html.body)
    assert "and 20 more" in message.body


def test_a_digest_has_what_is_new_in_the_chosen_topics() -> None:
    prison, autism = TopicPageFactory(title="Prison"), TopicPageFactory(title="Autism")
    ReviewPageFactory(title="About prison", topic=prison)
    ReviewPageFactory(title="About autism", topic=autism)
    ReviewPageFactory(title="About both", topic=autism, other_topics=[prison])
    content = digest(prison.pk)
    for text in (content.text, words(BeautifulSoup(content.html, "html.parser").body)):
        assert "About prison" in text
        assert "About both" in text
        assert "About autism" not in text
    assert "About autism" in digest(period_days=8).text


def test_a_review_that_is_not_public_any_more_is_in_no_digest() -> None:
    page = ReviewPageFactory(title="Withdrawn")
    ReviewPageFactory(title="Still there")
    page.unpublish()
    content = digest()
    assert "Still there" in content.text
    assert "Withdrawn" not in content.text


def test_a_digest_of_many_reviews_names_some_and_says_how_many_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reviews_in_mails, "MOST_IN_A_DIGEST", 2)
    topic = TopicPageFactory(title="Prison")
    ReviewPageFactory.create_batch(5, topic=topic)
    content = digest()
    assert "3 more reviews on the site" in content.text
    assert "3 more reviews on the site" in content.html


def test_a_digest_of_as_many_long_reviews_as_it_may_have_is_not_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    review = MailedReview("t" * 255, f"https://reviews.example/{'s' * 200}/", "é" * 400, "Prison", byline="n" * 200)
    parts = {"reviews": [review] * reviews_in_mails.MOST_IN_A_DIGEST, "more": 1, "more_url": "/", "sponsors": []}
    monkeypatch.setattr(contents, "digest_parts", lambda _reviews: parts)
    assert len(digest().html.encode()) < 100_000
