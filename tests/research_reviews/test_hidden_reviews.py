"""Reviews that the public may not see: not at their address, and not in any list."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site

from research_reviews.models import Person, ReviewPage, TopicPage
from site_settings.models import NavigationSettings
from tests.factories import PersonFactory, ReviewPageFactory, TopicPageFactory, block_id, home_page, section, stream

pytestmark = pytest.mark.django_db

TITLE = "A title that nobody may read"


def draft(review: ReviewPage) -> None:
    """Take the review back before it was ever seen."""
    review.unpublish()


def private(restriction_type: str) -> Callable[[ReviewPage], None]:
    """Return what puts the review behind a login or a password."""

    def restrict(review: ReviewPage) -> None:
        PageViewRestriction.objects.create(page=review, restriction_type=restriction_type, password="open sesame")

    return restrict


def expired(review: ReviewPage) -> None:
    """Let the review's time pass; the worker has not come by yet."""
    ReviewPage.objects.filter(pk=review.pk).update(expire_at=timezone.now() - timedelta(seconds=1))


def scheduled(review: ReviewPage) -> None:
    """Take the review back and have it published tomorrow."""
    review.unpublish()
    review.refresh_from_db()
    review.go_live_at = timezone.now() + timedelta(days=1)
    review.save_revision(approved_go_live_at=review.go_live_at)


def below_a_private_page(review: ReviewPage) -> None:
    """Put the whole list of reviews behind a login."""
    PageViewRestriction.objects.create(page=review.get_parent(), restriction_type=PageViewRestriction.LOGIN)


HIDDEN = {
    "unpublished": draft,
    "behind a login": private(PageViewRestriction.LOGIN),
    "behind a password": private(PageViewRestriction.PASSWORD),
    "expired": expired,
    "scheduled": scheduled,
    "below a private page": below_a_private_page,
}


@pytest.fixture
def review() -> ReviewPage:
    """A review that the home page features, a menu leads to and another review links to."""
    topic = TopicPageFactory(title="Prison")
    review = ReviewPageFactory(title=TITLE, topic=topic, reviewer=PersonFactory(name="Ada Example"))
    chosen = {"type": "item", "id": block_id("chosen"), "value": review.pk}
    blocks = [
        {"type": "latest_reviews", "id": block_id("latest"), "value": {"heading": "Latest", "number": 6}},
        {"type": "featured_reviews", "id": block_id("featured"), "value": {"heading": "Chosen", "pages": [chosen]}},
    ]
    home = home_page()
    home.body = json.dumps(blocks)
    home.save_revision().publish()
    link = {"page": review.pk, "url": "", "label": "", "children": []}
    menu = [{"type": "item", "id": block_id("menu"), "value": link}]
    NavigationSettings.objects.create(site=Site.objects.get(), main_menu=json.dumps(menu))
    text = f'See <a linktype="page" id="{review.pk}">another review</a>.'
    ReviewPageFactory(title="Other", topic=topic, body=stream(section("Background", text)))
    return review


def places() -> list[str]:
    """Return every address that lists reviews or leads to them."""
    people = [person.get_absolute_url() for person in Person.objects.filter(name="Ada Example")]
    topics = [topic.url for topic in TopicPage.objects.all()]
    others = [other.url for other in ReviewPage.objects.exclude(title=TITLE)]
    return ["/", "/reviews/", "/reviews/?topic=prison", "/topics/", *topics, *people, *others]


def mentions(client: Client, review: ReviewPage) -> dict[str, bool]:
    """Return for each place whether it says that the review exists: by its title or by its address."""
    pages = {place: client.get(place).content.decode() for place in places()}
    return {place: TITLE in page or f"/reviews/{review.slug}/" in page for place, page in pages.items()}


def test_a_published_review_is_in_every_list(client: Client, review: ReviewPage) -> None:
    assert all(mentions(client, review).values())


@pytest.mark.parametrize("hide", HIDDEN.values(), ids=HIDDEN)
def test_a_hidden_review_is_in_no_list_block_menu_or_link(
    client: Client, review: ReviewPage, hide: Callable[[ReviewPage], None]
) -> None:
    hide(review)

    assert not any(mentions(client, review).values())


@pytest.mark.parametrize("kind", ["unpublished", "expired", "scheduled"])
def test_a_review_that_is_not_live_is_not_found(client: Client, review: ReviewPage, kind: str) -> None:
    HIDDEN[kind](review)

    response = client.get(f"/reviews/{review.slug}/")

    assert response.status_code == 404
    assert TITLE not in response.content.decode()


@pytest.mark.parametrize("kind", ["behind a login", "below a private page"])
def test_a_private_review_asks_for_a_login(client: Client, review: ReviewPage, kind: str) -> None:
    HIDDEN[kind](review)

    response = client.get(f"/reviews/{review.slug}/")

    assert response.status_code == 302
    assert "/login/" in response["Location"]


def test_a_review_behind_a_password_asks_for_it_and_opens_with_it(client: Client, review: ReviewPage) -> None:
    HIDDEN["behind a password"](review)
    address = f"/reviews/{review.slug}/"

    asked = client.get(address)

    assert asked.status_code == 200
    assert 'type="password"' in asked.content.decode()
    assert TITLE not in asked.content.decode()
    restriction = PageViewRestriction.objects.get()
    form = f"/_util/authenticate_with_password/{restriction.pk}/{review.pk}/"
    wrong = client.post(form, {"password": "guess", "return_url": address})
    assert TITLE not in wrong.content.decode()
    opened = client.post(form, {"password": "open sesame", "return_url": address}, follow=True)
    assert TITLE in opened.content.decode()


def test_the_password_form_sends_nobody_to_another_site(client: Client, review: ReviewPage) -> None:
    HIDDEN["behind a password"](review)
    form = f"/_util/authenticate_with_password/{PageViewRestriction.objects.get().pk}/{review.pk}/"

    response = client.post(form, {"password": "open sesame", "return_url": "https://hostile.example/"})

    assert "hostile.example" not in response["Location"]
