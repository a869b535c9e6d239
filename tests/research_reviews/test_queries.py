"""What reader's pages ask of the database: little, and no more when there is more."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction, Site

from images.models import CustomImage
from research_reviews.models import Person, ReviewPage, TopicPage
from site_settings.models import BrandSettings, NavigationSettings, PrivacySettings
from tests.factories import (
    AudienceFactory,
    DocumentFactory,
    ImageFactory,
    PersonFactory,
    ReviewPageFactory,
    SponsorFactory,
    SponsorshipFactory,
    StandardPageFactory,
    StudyFactory,
    TopicPageFactory,
    conclusion,
    findings,
    home_page,
    issue,
    prose,
    quote,
    recommendation,
    recommendations,
    review_index,
    section,
    stream,
    topic_index,
)
from tests.factories.blocks import RawBlock, block, credit
from tests.factories.privacy import ServiceFactory

pytestmark = pytest.mark.django_db

REVIEW_QUERIES = 20
LIST_QUERIES = 25


@pytest.fixture(autouse=True)
def site_with_everything() -> None:
    """All that an owner can set, a sponsor, menu and footer that lead to pages, and a private part of the site."""
    site = Site.objects.get()
    about, private = StandardPageFactory(title="About us"), StandardPageFactory(title="For members")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    pictures = {name: picture() for name in BrandSettings.picture_kinds}
    BrandSettings.objects.create(site=site, accent_colour="#1d70b8", **pictures)
    PrivacySettings.objects.create(site=site, policy_page=about.page_ptr)
    ServiceFactory(name="Statistics", script_url="https://count.example/count.js")
    SponsorshipFactory(sponsor=SponsorFactory(logo=picture()))
    link = {"page": about.pk, "url": "", "label": ""}
    menu = [block("item", {**link, "children": [link]}, f"item {number}") for number in range(3)]
    column = block("column", {"heading": "More", "links": [link]})
    NavigationSettings.objects.create(site=site, main_menu=stream(*menu), footer_columns=stream(column))


def test_a_review_asks_no_more_when_it_holds_more() -> None:
    small, large = rich_review(1), rich_review(3)
    assert queries(large) == queries(small)
    assert queries(large) <= REVIEW_QUERIES


def test_a_review_asks_no_more_when_there_are_more_reviews() -> None:
    review = rich_review(1)
    assert review.topic
    before = queries(review)
    more_reviews(15, review.topic, Person.objects.earliest("pk"))
    assert queries(review) == before


def test_lists_ask_no_more_when_there_are_more_reviews() -> None:
    topic, person = TopicPageFactory(image=picture()), PersonFactory(photo=picture(), with_handles=True)
    lists = {
        "index": review_index().url,
        "filtered index": f"{review_index().url}?topic={topic.slug}&year=2025&study_type=qualitative",
        "topic": topic.url,
        "topics": topic_index().url,
        "person": reverse("research_reviews:person", args=[person.slug]),
        "home": home_page().url,
    }
    more_reviews(3, topic, person)
    few = {place: queries(url) for place, url in lists.items()}
    more_reviews(15, topic, person)
    for _number in range(4):
        TopicPageFactory(image=picture())
    assert {place: queries(url) for place, url in lists.items()} == few
    assert max(few.values()) <= LIST_QUERIES, few


def test_a_home_page_of_many_blocks_stays_within_its_budget() -> None:
    topic, person = TopicPageFactory(), PersonFactory()
    more_reviews(12, topic, person)
    home, reviews = home_page(), list(ReviewPage.objects.all())

    def blocks(times: int) -> Iterator[RawBlock]:
        for number in range(times):
            chosen = [{"type": "item", "id": f"{review.pk}", "value": review.pk} for review in reviews[: number + 2]]
            yield block("latest_reviews", {"heading": "Latest", "number": 3 + number}, f"latest {number}")
            yield block("featured_reviews", {"heading": "Featured", "pages": chosen}, f"featured {number}")
            yield block("topics", {"heading": "Topics"}, f"topics {number}")
            yield figure(number)
            yield section(f"Section {number}", link_to(topic))

    counts = []
    for times in (1, 3):
        home.body = stream(*blocks(times))
        home.save_revision().publish()
        counts.append(queries(home))
    assert counts[0] == counts[1]
    assert counts[1] <= LIST_QUERIES


def test_a_plain_page_asks_no_more_when_it_holds_more() -> None:
    counts = []
    for size in (1, 4):
        parts = [part for number in range(size) for part in (figure(number), section("More", link_to(home_page())))]
        counts.append(queries(StandardPageFactory(body=stream(*parts))))
    assert counts[0] == counts[1]
    assert counts[1] <= LIST_QUERIES


def queries(page: Page | str) -> int:
    """How many queries an anonymous read takes, when the process is warm and the page not cached."""
    url = page if isinstance(page, str) else page.url
    assert Client().get(url).status_code == 200
    with CaptureQueriesContext(connection) as context:
        Client().get(url)
    return len(context)


def link_to(page: Page) -> str:
    """Rich text with a link to the page."""
    return f'See <a linktype="page" id="{page.pk}">there</a>.'


def picture() -> CustomImage:
    """An image so small that its renditions take no time."""
    return ImageFactory(file__width=40, file__height=24)


def figure(number: int) -> RawBlock:
    """An image of its own, with a link in its caption."""
    chosen = {"image": picture().pk, "alt_text": "A chart", "decorative": False}
    return block("image", {"image": chosen, "caption": f"<p>{link_to(home_page())}</p>"}, f"figure {number}")


def rich_review(size: int) -> ReviewPage:
    """A review with so many of everything: people, studies, issues with quotes and images, audiences, links."""
    people = [PersonFactory(with_handles=True, photo=picture()) for _number in range(size)]
    topics = [TopicPageFactory() for _number in range(size)]
    audiences = [AudienceFactory() for _number in range(size)]
    body = [conclusion()]
    for number, (person, topic) in enumerate(zip(people, topics, strict=True)):
        issues = [
            issue(
                f"Issue {number}.{inner}",
                prose(link_to(topic)),
                quote(f"Words {number}.{inner}", person=person),
                figure(number * 10 + inner),
            )
            for inner in range(size)
        ]
        body += [
            section(f"Section {number}", link_to(topic)),
            findings(*issues, introduction=f"<p>{link_to(topic)}</p>", name=f"findings {number}"),
            quote(f"Words {number}", person=person),
            recommendations(recommendation(link_to(topic), *audiences, name=f"r {number}"), name=f"rs {number}"),
            figure(1000 + number),
            block("evidence_strength", {"scheme": "grade", "value": "High", "rationale": "", "person": person.pk}),
            block("author_response", {"person": person.pk, "body": f"<p>{link_to(topic)}</p>"}),
            block("embed", {"url": f"https://youtu.be/invented-{number:02}", "title": f"Film {number}", "summary": ""}),
            block("download", {"document": DocumentFactory().pk, "title": ""}),
        ]
    return ReviewPageFactory(
        body=stream(*body),
        credits=stream(*(credit(person) for person in people)),
        studies=[
            StudyFactory(authors=people, funders=[f"Fund {number}" for number in range(size)])
            for _number in range(size)
        ],
        header_image=picture(),
        topic=topics[0],
        other_topics=topics[1:],
    )


def more_reviews(number: int, topic: TopicPage, person: Person) -> None:
    """Reviews of the topic that credit the person, with pictures of their own."""
    for _number in range(number):
        ReviewPageFactory(
            topic=topic, credits=stream(credit(person), credit(PersonFactory())), published_on="2025-05-05"
        )
