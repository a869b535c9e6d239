"""Feeds of reviews: what stands in them, for whom, and in which order."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site

from images.models import CustomImage
from research_reviews.models import ReviewIndexPage, ReviewPage, TopicPage
from site_settings.models import BrandSettings
from syndication.feeds import channels
from syndication.models import SyndicationSettings
from tests.factories import (
    DocumentFactory,
    ImageFactory,
    PersonFactory,
    ReviewPageFactory,
    StandardPageFactory,
    StudyFactory,
    TopicPageFactory,
    blocks,
    home_page,
    review_index,
)
from tests.reading import find, read
from tests.syndication.feed_rules import CHECKS
from tests.syndication.feeds import EVERYTHING, SUFFIXES, TYPES, fetch, json_feed, parse

pytestmark = pytest.mark.django_db

ROOT = "http://localhost"
# A right-to-left title, an emoji, marks that combine, what XML gives a meaning, and a line break.
AWKWARD = 'עדה <b>&amp; "Ada"</b> 💡 e\u0301 p < 0.05\n…'


def titles(address: str = EVERYTHING) -> list[str]:
    return [entry.title for entry in parse(address).entries]


def settings(**values: str) -> None:
    SyndicationSettings.objects.update_or_create(site=Site.objects.get(), defaults=values)


@pytest.mark.parametrize("kind", SUFFIXES)
def test_every_format_has_its_type_and_breaks_no_rule(kind: str) -> None:
    settings(licence_url="https://creativecommons.org/licenses/by/4.0/", websub_hub="https://hub.example/")
    BrandSettings.objects.create(site=Site.objects.get(), logo=ImageFactory(file__width=300, file__height=60))
    review, topic = ReviewPageFactory(), TopicPageFactory()
    ReviewPageFactory(topic=topic, other_topics=[review.topic], header_image=None, responses_open=False)
    person = review.reviewers[0]
    for address in (EVERYTHING, f"{topic.url}feed/", f"{person.get_absolute_url()}feed/"):
        response = fetch(address, kind)
        assert response["Content-Type"] == TYPES[kind]
        assert CHECKS[kind](response.content, f"{ROOT}{address}{SUFFIXES[kind]}") == []


@pytest.mark.parametrize("kind", SUFFIXES)
def test_a_feed_without_reviews_breaks_no_rule(kind: str) -> None:
    review_index()
    topic, person = TopicPageFactory(introduction=""), PersonFactory()
    for address in (EVERYTHING, f"{topic.url}feed/", f"{person.get_absolute_url()}feed/"):
        assert CHECKS[kind](fetch(address, kind).content, f"{ROOT}{address}{SUFFIXES[kind]}") == []


@pytest.mark.parametrize("kind", SUFFIXES)
def test_whatever_a_title_holds_the_feed_can_be_read(kind: str) -> None:
    topic = TopicPageFactory(title=AWKWARD, slug="awkward")
    person = PersonFactory(name=AWKWARD)
    review = ReviewPageFactory(title="Title", topic=topic, reviewer=person, standfirst=AWKWARD)
    # No form takes them, but rows of elsewhere may hold them.
    ReviewPage.objects.filter(pk=review.pk).update(title=f"\x0b{AWKWARD}\ufffe\x1b\x7f")
    expected = " ".join(AWKWARD.split())
    if kind == "json":
        feed = json_feed(f"{topic.url}feed/")
        (item,) = feed["items"]
        read_back = (feed["title"], item["title"], item["authors"][0]["name"], item["tags"][0], item["summary"])
    else:
        parsed = parse(f"{topic.url}feed/", kind)
        (entry,) = parsed.entries
        summary = entry.summary
        if kind == "rss":
            # It takes the plain texts of RSS for markup, and cleans them.
            assert "0.05" in entry.title
            return
        read_back = (parsed.feed.title, entry.title, entry.authors[0].name, entry.tags[0].term, summary)
    assert read_back == (f"{expected} – Research Reviews", expected, expected, expected, expected)


def test_reviewers_are_authors_and_everybody_else_contributes() -> None:
    author, both = PersonFactory(name="Study Author"), PersonFactory(name="Who did both")
    reviewer = PersonFactory(name="Reviewer")
    study = StudyFactory(authors=[author, both])
    credits_ = blocks.stream(
        blocks.credit(reviewer, "review_author"),
        blocks.credit(both, "review_author"),
        blocks.credit(PersonFactory(name="Interviewee"), "interviewee"),
    )
    ReviewPageFactory(studies=[study], credits=credits_)
    (entry,) = parse().entries
    assert [(person.name, person.href) for person in entry.authors] == [
        ("Reviewer", f"{ROOT}{reviewer.get_absolute_url()}"),
        ("Who did both", f"{ROOT}{both.get_absolute_url()}"),
    ]
    assert [person.name for person in entry.contributors] == ["Interviewee", "Study Author"]
    (item,) = parse(kind="rss").entries
    assert [person.name for person in item.authors] == ["Reviewer", "Who did both"]
    assert [person["name"] for person in item.contributors] == ["Interviewee", "Study Author"]
    (json_item,) = json_feed()["items"]
    assert [person["name"] for person in json_item["authors"]] == ["Reviewer", "Who did both"]
    assert [person["name"] for person in json_item["_contributors"]["people"]] == ["Interviewee", "Study Author"]


def test_topics_are_categories_but_not_those_that_nobody_may_see() -> None:
    first, second = TopicPageFactory(title="Prison"), TopicPageFactory(title="Sleep")
    hidden = TopicPageFactory(title="Hidden")
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    ReviewPageFactory(topic=first, other_topics=[hidden, second])
    for kind in ("rss", "atom"):
        (entry,) = parse(kind=kind).entries
        assert [(tag.term, tag.scheme) for tag in entry.tags] == [
            ("Prison", f"{ROOT}{first.url}"),
            ("Sleep", f"{ROOT}{second.url}"),
        ]
    assert json_feed()["items"][0]["tags"] == ["Prison", "Sleep"]


def test_the_picture_comes_with_its_credit_and_licence() -> None:
    image = ImageFactory(licence=CustomImage.Licence.CC_BY, credit="Ines & Co")
    ReviewPageFactory(header_image=image)
    for kind in ("rss", "atom"):
        (entry,) = parse(kind=kind).entries
        (content,) = entry.media_content
        assert content["url"].startswith(f"{ROOT}/media/images/picture")
        assert (content["type"], content["medium"], content["width"]) == ("image/jpeg", "image", "640")
        assert entry.media_credit[0]["content"] == "Ines & Co"
        assert entry.media_license["href"] == "https://creativecommons.org/licenses/by/4.0/"
    (item,) = json_feed()["items"]
    assert item["image"] == content["url"]
    assert item["_image"]["credit"] == "Ines & Co"


def test_a_review_keeps_its_id_when_its_address_changes() -> None:
    review = ReviewPageFactory()
    before = {kind: parse(kind=kind).entries[0] for kind in ("rss", "atom")}
    review.slug = "quite-another"
    review.save_revision().publish()
    Site.objects.update(hostname="elsewhere.example")
    for kind, old in before.items():
        (new,) = parse(kind=kind).entries
        assert new.id == old.id == f"urn:uuid:{review.translation_key}"
        assert new.link == "http://elsewhere.example/reviews/quite-another/"
        assert new.link != old.link


def test_dates_are_those_that_readers_see_and_those_of_changes() -> None:
    review = ReviewPageFactory(published_on=date(2020, 2, 29))
    (entry,) = parse().entries
    assert (entry.published, entry.updated) == (
        "2020-02-29T00:00:00+00:00",
        review.last_published_at.isoformat(),
    )
    ReviewPage.objects.update(published_on=timezone.localdate(review.first_published_at))
    (entry,) = parse().entries
    assert entry.published == review.first_published_at.isoformat()


def test_a_feed_says_what_it_is_of_where_it_is_and_what_may_be_done_with_it() -> None:
    settings(licence_url="https://creativecommons.org/licenses/by/4.0/")
    topic = TopicPageFactory(title="Prison", introduction="What happens inside.")
    parsed = parse(f"{topic.url}feed/")
    assert (parsed.feed.title, parsed.feed.subtitle) == ("Prison – Research Reviews", "What happens inside.")
    assert parsed.feed.link == f"{ROOT}{topic.url}"
    assert parsed.feed.rights == "https://creativecommons.org/licenses/by/4.0/"
    rels = {link.rel: link.href for link in parsed.feed.links}
    assert rels["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert rels["self"] == f"{ROOT}{topic.url}feed/atom/"
    rss = parse(f"{topic.url}feed/", "rss").feed
    assert (rss.language, rss.rights) == ("en-gb", "https://creativecommons.org/licenses/by/4.0/")
    person = PersonFactory(name="Ada", bio="She waits.")
    assert parse(f"{person.get_absolute_url()}feed/").feed.title == "Ada – Research Reviews"
    assert parse().feed.title == "Research Reviews"


def test_without_a_licence_nothing_is_said_of_one() -> None:
    ReviewPageFactory()
    assert "rights" not in parse().feed
    assert "rights" not in parse(kind="rss").feed
    assert "_licence" not in json_feed()


def test_each_feed_holds_its_own_reviews_the_newest_first() -> None:
    prison, sleep = TopicPageFactory(), TopicPageFactory()
    ada = PersonFactory()
    old = ReviewPageFactory(title="Old", topic=prison, published_on=date(2020, 1, 1))
    ReviewPageFactory(title="New", topic=sleep, other_topics=[prison], reviewer=ada, published_on=date(2024, 1, 1))
    assert titles() == ["New", "Old"]
    assert titles(f"{prison.url}feed/") == ["New", "Old"]
    assert titles(f"{sleep.url}feed/") == ["New"]
    assert titles(f"{ada.get_absolute_url()}feed/") == ["New"]
    author = old.review_studies.get().study.study_authors.get().person
    assert titles(f"{author.get_absolute_url()}feed/") == ["Old"]


def test_what_is_not_listed_is_in_no_feed() -> None:
    topic, ada = TopicPageFactory(), PersonFactory()
    for number, state in enumerate(("draft", "private", "expired")):
        review = ReviewPageFactory(title=state, topic=topic, reviewer=ada, published=number > 0)
        if state == "private":
            PageViewRestriction.objects.create(page=review, restriction_type="login")
        if state == "expired":
            ReviewPage.objects.filter(pk=review.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
    for address in (EVERYTHING, f"{topic.url}feed/", f"{ada.get_absolute_url()}feed/"):
        for kind in SUFFIXES:
            response = fetch(address, kind)
            assert response.status_code == 200
            assert not any(state in response.content.decode() for state in (">draft<", ">private<", ">expired<"))
        assert titles(address) == []


def test_a_long_feed_has_pages_that_lead_to_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    assert channels.REVIEWS_A_PAGE == 25
    monkeypatch.setattr(channels, "REVIEWS_A_PAGE", 2)
    for _number in range(3):
        ReviewPageFactory(header_image=None)
    first, second = parse(), parse(f"{EVERYTHING}?page=2")
    assert [len(page.entries) for page in (first, second)] == [2, 1]
    assert first.feed.id == second.feed.id
    atom = f"{ROOT}{EVERYTHING}atom/"
    assert {link.rel: link.href for link in first.feed.links} == {
        "alternate": f"{ROOT}/reviews/",
        "self": atom,
        "first": atom,
        "last": f"{atom}?page=2",
        "next": f"{atom}?page=2",
    }
    assert {link.rel for link in second.feed.links} == {"alternate", "self", "first", "last", "previous"}
    assert json_feed()["next_url"] == f"{ROOT}{EVERYTHING}json/?page=2"
    assert "next_url" not in json_feed(f"{EVERYTHING}?page=2")
    for kind in SUFFIXES:
        address = f"{ROOT}{EVERYTHING}{SUFFIXES[kind]}?page=2"
        assert CHECKS[kind](fetch(f"{EVERYTHING}?page=2", kind).content, address) == []


@pytest.mark.parametrize("query", ["page=0", "page=3", "page=x", "page=-1", f"page={'9' * 5000}", "page=%00"])
def test_a_page_that_there_is_not_is_not_found(query: str) -> None:
    ReviewPageFactory()
    assert fetch(f"{EVERYTHING}?{query}").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/feed/",
        "/nowhere/feed/",
        "/topics/feed/",
        "/people/nobody/feed/",
        "/people/%00/feed/",
        "/people/a%ED%A0%80/feed/",
        "/plain/feed/",
        f"/{'a' * 10_000}/feed/",
    ],
)
def test_only_lists_topics_and_people_have_a_feed(path: str) -> None:
    StandardPageFactory(title="Plain")
    review = ReviewPageFactory()
    assert Client().get(path).status_code == 404
    assert Client().get(f"{review.url}feed/").status_code == 404


@pytest.mark.parametrize("kind", SUFFIXES)
def test_a_feed_answers_head_and_no_method_that_writes(kind: str) -> None:
    ReviewPageFactory()
    client = Client(enforce_csrf_checks=True)
    for address in (EVERYTHING, f"{PersonFactory().get_absolute_url()}feed/"):
        head = client.head(f"{address}{SUFFIXES[kind]}")
        assert (head.status_code, head.content) == (200, b"")
        for method in ("post", "put", "delete", "patch"):
            assert getattr(client, method)(f"{address}{SUFFIXES[kind]}").status_code == 405


def test_a_feed_hangs_on_the_address_of_its_page_whatever_that_is() -> None:
    index = review_index()
    index.slug = "évidence"
    index.save_revision().publish()
    topic, ada = TopicPageFactory(title="سجن", slug="سجن"), PersonFactory(slug="עדה")
    ReviewPageFactory(title="Found", topic=topic, reviewer=ada)
    address = ReviewIndexPage.objects.get().url
    for path in (f"{address}feed/", f"{topic.url}feed/", f"{ada.get_absolute_url()}feed/"):
        assert titles(path) == ["Found"]
        assert CHECKS["rss"](fetch(path).content, f"{ROOT}{path}") == []
    assert Client().get(EVERYTHING).status_code == 404


def count_queries(address: str) -> int:
    fetch(address)
    with CaptureQueriesContext(connection) as queries:
        assert fetch(address).status_code == 200
    return len(queries)


def test_the_number_of_queries_is_small_and_does_not_grow_with_the_reviews() -> None:
    topic, ada = TopicPageFactory(), PersonFactory()

    def write() -> None:
        document = DocumentFactory()
        link = f'<a linktype="document" id="{document.pk}">a paper</a> and <a linktype="page" id="{topic.pk}">more</a>'
        body = [
            blocks.block("download", {"document": document.pk, "title": ""}),
            blocks.section("Background", link),
            blocks.findings(blocks.issue("One", blocks.prose(link), blocks.quote(person=PersonFactory()))),
            blocks.block("image", {"image": {"image": ImageFactory().pk, "alt_text": "", "decorative": True}}),
        ]
        ReviewPageFactory(topic=topic, other_topics=[TopicPageFactory()], reviewer=ada, body=blocks.stream(*body))

    addresses = (EVERYTHING, f"{topic.url}feed/", f"{ada.get_absolute_url()}feed/")
    write()
    few = [count_queries(address) for address in addresses]
    for _number in range(4):
        write()
    assert [count_queries(address) for address in addresses] == few
    assert max(few) <= 25


def test_the_head_of_each_page_names_the_feeds_of_its_subject() -> None:
    review = ReviewPageFactory(topic=TopicPageFactory(title="Prison"))
    person = review.reviewers[0]
    for page, feed in (
        ("/", EVERYTHING),
        ("/reviews/", EVERYTHING),
        ("/topics/", EVERYTHING),
        (review.topic.url, f"{review.topic.url}feed/"),
        (person.get_absolute_url(), f"{person.get_absolute_url()}feed/"),
    ):
        named = [str(link["href"]) for link in read(page).select("link[rel=alternate][type]")]
        assert named[:3] == [f"{feed}{suffix}" for suffix in SUFFIXES.values()]
        assert all(Client().get(address).status_code == 200 for address in named)
    assert find(read(review.url), "link[rel=alternate][type='application/rss+xml']")["href"] == EVERYTHING


def test_readers_find_the_feed_below_the_list() -> None:
    review = ReviewPageFactory()
    person = review.reviewers[0]
    for page in ("/reviews/", review.topic.url, person.get_absolute_url()):
        assert find(read(page), f"main a[href='{page}feed/']").get_text() == "Feed (RSS)"


def test_a_site_without_a_list_of_reviews_names_no_feed() -> None:
    home_page()
    ReviewIndexPage.objects.all().delete()
    TopicPage.objects.all().delete()
    assert read("/").select("link[rel=alternate][type]") == []
