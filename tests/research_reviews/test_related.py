"""What readers of a review are led to: found when it is published, never what they may not see."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from research_reviews import related
from research_reviews.models import Audience, RelatedReview, ReviewPage, TopicPage
from tests.factories import AudienceFactory, PersonFactory, ReviewPageFactory, StudyFactory, TopicPageFactory
from tests.factories.blocks import block, credit, findings, issue, recommendation, recommendations, stream
from tests.reading import every, links, read

pytestmark = pytest.mark.django_db

Commit = Callable[..., AbstractContextManager[Any]]


@pytest.fixture
def committed(tasks_at_once: None, django_capture_on_commit_callbacks: Commit) -> Commit:
    """What is changed in this context is committed at its end, and the worker does at once what was left to it."""
    return partial(django_capture_on_commit_callbacks, execute=True)


def review(title: str, audience: Audience | None = None, **fields: Any) -> ReviewPage:
    """Publish a review that has nothing in common with any other but what the fields say."""
    own = {
        "slug": f"review-{ReviewPage.objects.count()}",
        "standfirst": f"{title}.",
        "key_messages": stream(block("message", f"{title}."), block("message", f"{title}!")),
        "body": stream(
            findings(issue(title)), recommendations(recommendation("Do it.", audience or AudienceFactory()))
        ),
        "header_image": None,
        "published_on": datetime.date(2026, 1, 1),
    }
    page: ReviewPage = ReviewPageFactory(title=title, **{**own, **fields})
    return page


def led_to(page: Page) -> list[str]:
    """Return the titles that a reader of the review is led to."""
    return every(read(page.url).main, ".related li a")


def test_reviews_of_the_same_study_come_before_those_of_the_same_topic_and_audience() -> None:
    study, topic, audience = StudyFactory(), TopicPageFactory(), AudienceFactory()
    review("Audience", audience=audience)
    review("Topic", topic=topic)
    review("Study", studies=[study])
    review("Nothing")
    page = review("The review", studies=[study], topic=topic, audience=audience)
    assert led_to(page) == ["Study", "Topic", "Audience"]


def test_who_is_interviewed_relates_more_than_who_reviews() -> None:
    interviewee, reviewer = PersonFactory(), PersonFactory()
    topic = TopicPageFactory()
    credited = stream(credit(interviewee, "interviewee"), credit(reviewer, "review_author"))
    review("Sleep", topic=topic, credits=stream(credit(reviewer, "review_author")))
    review("Food", topic=topic, credits=stream(credit(interviewee, "interviewee")))
    assert led_to(review("Prison", topic=topic, credits=credited)) == [
        "Food",
        "Sleep",
    ]


def test_the_same_reviewer_alone_relates_nothing() -> None:
    written = stream(credit(PersonFactory(), "review_author"))
    review("Sleep", credits=written)
    page = review("Prison", credits=written)
    assert read(page.url).select(".related") == []


def test_another_topic_that_is_shared_relates_as_well() -> None:
    first, other = TopicPageFactory(), TopicPageFactory()
    review("Also about it", other_topics=[first])
    review("First about the other", topic=other)
    assert set(led_to(review("The review", topic=first, other_topics=[other]))) == {
        "Also about it",
        "First about the other",
    }


def test_words_in_common_decide_within_a_topic() -> None:
    topic = TopicPageFactory()
    for title in ("Food on the wing", "Prisoners write letters home", "Sport in the yard", "Heat in the cells"):
        review(title, topic=topic, standfirst=f"{title}.")
    assert led_to(review("A prisoner’s letter", topic=topic, standfirst="Who writes home?"))[0] == (
        "Prisoners write letters home"
    )


def test_equals_come_the_newest_first_whenever_it_is_asked() -> None:
    topic, audience = TopicPageFactory(), AudienceFactory()
    for day in (3, 1, 4, 2, 4):
        review(f"Day {day}", audience, topic=topic, published_on=datetime.date(2026, 1, day))
    page = review("Day", audience, topic=topic)
    newest = list(ReviewPage.objects.filter(topic=topic).exclude(pk=page.pk).newest_first())
    assert led_to(page) == [other.title for other in newest[:3]] == ["Day 4", "Day 4", "Day 3"]
    assert not related.refresh(page.pk)


def test_nobody_is_led_to_what_they_may_not_see() -> None:
    topic = TopicPageFactory()
    private, expired = review("Private", topic=topic), review("Expired", topic=topic)
    review("Draft", topic=topic, published=False)
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    ReviewPage.objects.filter(pk=expired.pk).update(expire_at=timezone.now() - datetime.timedelta(minutes=1))
    assert led_to(review("The review", topic=topic)) == []


def test_what_is_taken_down_makes_room_for_the_next_at_once() -> None:
    topic = TopicPageFactory()
    others = [review(f"Number {number}", topic=topic) for number in range(5)]
    page = review("The review", topic=topic)
    assert led_to(page) == ["Number 4", "Number 3", "Number 2"]
    others[3].unpublish()
    assert led_to(page) == ["Number 4", "Number 2", "Number 1"]
    PageViewRestriction.objects.create(page=others[4], restriction_type=PageViewRestriction.LOGIN)
    assert led_to(page) == ["Number 2", "Number 1", "Number 0"]
    others[2].delete()
    assert led_to(page) == ["Number 1", "Number 0"]


def test_an_older_review_leads_to_a_newer_one_when_the_worker_has_looked(
    committed: Commit,
) -> None:
    topic = TopicPageFactory()
    older = review("The older", topic=topic)
    with committed():
        newer = review("The newer", topic=topic)
        assert led_to(older) == []
        assert led_to(newer) == ["The older"]
    assert led_to(older) == ["The newer"]


def test_a_review_that_moves_to_another_topic_is_no_longer_led_to(committed: Commit) -> None:
    page, moving = (review(title, topic=TopicPageFactory()) for title in ("The review", "The moving one"))
    for topic, titles in ((page.topic, ["The moving one"]), (TopicPageFactory(), [])):
        with committed():
            moving.topic = topic
            moving.save_revision().publish()
        assert led_to(page) == titles


def test_places_are_filled_again_when_many_have_gone(committed: Commit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(related, "KEPT", 2)
    topic = TopicPageFactory()
    others = [review(f"Number {number:02}", topic=topic) for number in range(related.KEPT + 2)]
    page = review("The review", topic=topic)
    with committed():
        for gone in others[2:]:
            gone.delete() if gone.pk % 2 else gone.unpublish()
    assert led_to(page) == ["Number 01", "Number 00"]


@pytest.mark.parametrize("what", ["person", "audience", "topic"])
def test_what_was_shared_relates_no_more_when_it_is_deleted(what: str, committed: Commit) -> None:
    person, audience, topic = PersonFactory(), AudienceFactory(), TopicPageFactory()
    credited = stream(credit(person, "interviewee"))
    fields: dict[str, dict[str, Any]] = {
        "person": {"credits": credited},
        "audience": {"audience": audience},
        "topic": {"other_topics": [topic]},
    }
    pages = [review(title, **fields[what]) for title in ("Sleep", "Prison")]
    assert led_to(pages[1]) == ["Sleep"]
    shared: dict[str, Any] = {"person": person, "audience": audience, "topic": topic}
    with committed():
        shared[what].delete()
    assert led_to(pages[1]) == []


def test_a_copy_shown_at_another_address_is_never_led_to() -> None:
    topic = TopicPageFactory()
    page = review("The review", topic=topic)
    alias = page.create_alias(update_slug="also-here")
    page.save_revision().publish()
    assert led_to(page) == []
    assert led_to(alias) == []


def test_what_is_only_scheduled_leads_nowhere_yet() -> None:
    topic = TopicPageFactory()
    review("There already", topic=topic)
    page = review("To come", topic=topic, published=False)
    page.go_live_at = timezone.now() + datetime.timedelta(days=1)
    page.save_revision().publish()
    assert not RelatedReview.objects.filter(review=page).exists()


def test_titles_are_shown_as_they_are_written() -> None:
    topic = TopicPageFactory()
    title = "<script>alert(1)</script> & “quotes” \u202e שלום e\u0301"
    other = review(title, topic=topic)
    page = read(review("The review", topic=topic).url)
    assert links(page.select_one(".related")) == {title: other.url}


def test_a_review_leads_on_with_one_query_however_many_are_related() -> None:
    topic = TopicPageFactory()
    pages = [review(f"Number {number}", topic=topic) for number in range(6)]
    for number, page in ((0, pages[0]), (3, pages[5])):
        with CaptureQueriesContext(connection) as context:
            assert len(related.related_reviews(page)) == number
        # The other asks which parts of the site are private: within a reader's request, that is known.
        assert len(context) == 2


def test_finding_asks_no_more_when_there_are_more_reviews() -> None:
    topic, study, audience, people = TopicPageFactory(), StudyFactory(), AudienceFactory(), PersonFactory()
    same: dict[str, Any] = {"topic": topic, "studies": [study], "audience": audience, "credits": stream(credit(people))}
    counts = []
    for number in (2, 8):
        for _number in range(number):
            page = review("Another", **same)
        with CaptureQueriesContext(connection) as context:
            related.found_for(page, 3)
        counts.append(len(context))
    assert counts[0] == counts[1] <= 22


def test_only_so_many_of_a_kind_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(related, "MOST_OF_A_TOPIC", 2)
    monkeypatch.setattr(related, "MOST_OF_A_KIND", 2)
    topic = TopicPageFactory()
    for day in (1, 2, 3):
        review(f"Day {day}", topic=topic, published_on=datetime.date(2026, 2, day))
    assert set(led_to(review("The review", topic=topic))) == {"Day 3", "Day 2"}


def test_cached_pages_no_longer_lead_to_what_has_been_taken_down(
    settings: Any, django_capture_on_commit_callbacks: Commit
) -> None:
    settings.PAGE_CACHE = True
    topic: TopicPage = TopicPageFactory()
    other, page = review("The other", topic=topic), review("The review", topic=topic)
    assert led_to(page) == led_to(page) == ["The other"]
    with django_capture_on_commit_callbacks(execute=True):
        other.unpublish()
    assert led_to(page) == []
    assert Client().get(other.url).status_code == 404
