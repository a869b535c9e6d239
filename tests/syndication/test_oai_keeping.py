"""What moves a record's datestamp, and what makes it a deleted one, for good."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from io import StringIO

import pytest
from django.apps import apps
from django.conf import LazySettings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from core.schedule import act_on_schedule, do_hourly_jobs
from research_reviews.models import Person, ReviewPage, StudyAuthor, TopicPage
from site_settings.models import BrandSettings
from syndication.models import OaiChange, OaiClock, OaiMembership, OaiRecord, SyndicationSettings
from tests.factories import PASSWORD, PersonFactory, ReviewPageFactory, StudyFactory, TopicPageFactory, UserFactory
from tests.factories.pages import review_index
from tests.syndication.harvesting import ask, deleted, dublin_core, errors, identifier, numbers, record, settled, whole

pytestmark = pytest.mark.django_db


@pytest.fixture
def review() -> ReviewPage:
    """A review whose record harvesters have seen."""
    found: ReviewPage = ReviewPageFactory()
    settled()
    return found


def stamp(review: ReviewPage) -> object:
    """The datestamp to the microsecond."""
    return OaiRecord.objects.get(pk=review.pk).datestamp


def moves(review: ReviewPage, change: Callable[[], object]) -> bool:
    """Whether a change gives the review's record a new datestamp."""
    before = stamp(review)
    change()
    settled()
    return stamp(review) != before


def is_deleted(review: ReviewPage) -> bool:
    """Whether harvesters are told that the review is deleted, by every way to ask."""
    settled()
    answers = [record(review), ask("ListRecords", metadataPrefix="csl"), ask("ListIdentifiers", metadataPrefix="csl")]
    said = {review.pk in deleted(answer) for answer in answers}
    assert len(said) == 1
    formats = errors(ask("ListMetadataFormats", identifier=identifier(review)))
    assert formats == (["noMetadataFormats"] if said == {True} else [])
    return said.pop()


def test_a_review_that_was_taken_down_stays_as_deleted_and_comes_back_when_it_is_published(review: ReviewPage) -> None:
    assert moves(review, review.unpublish)
    assert is_deleted(review)
    assert moves(review, lambda: ReviewPage.objects.get(pk=review.pk).save_revision().publish())
    assert not is_deleted(review)


def test_a_review_that_was_deleted_with_its_page_stays_as_deleted_in_its_sets(review: ReviewPage) -> None:
    kept = ReviewPage.objects.get(pk=review.pk)
    assert moves(kept, review.delete)
    assert is_deleted(kept)
    assert whole(set=f"topic-{kept.topic_id}") == [kept.pk]


def test_a_review_that_goes_with_everything_above_it_stays_as_deleted(review: ReviewPage) -> None:
    assert moves(review, lambda: Page.objects.get(pk=review_index().pk).delete())
    assert is_deleted(review)


@pytest.mark.parametrize("where", ["the review", "the page above it"])
def test_a_review_that_is_made_private_is_deleted_until_it_is_public_again(review: ReviewPage, where: str) -> None:
    page = review if where == "the review" else review_index()
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert is_deleted(review)
    assert moves(review, restriction.delete)
    assert not is_deleted(review)


def test_a_review_past_its_expiry_is_deleted_at_once_and_dated_when_it_is_taken_down(review: ReviewPage) -> None:
    ReviewPage.objects.update(expire_at=timezone.now() - timedelta(seconds=1))
    before = stamp(review)
    assert deleted(record(review)) == {review.pk}
    assert stamp(review) == before
    assert moves(review, act_on_schedule)
    assert is_deleted(review)


def test_a_review_that_never_was_public_has_no_record() -> None:
    draft = ReviewPageFactory(published=False)
    hidden = ReviewPageFactory(published=False)
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    hidden.save_revision().publish()
    later = ReviewPageFactory(published=False)
    later.go_live_at = timezone.now() + timedelta(days=1)
    later.save_revision().publish()
    settled()
    do_hourly_jobs()
    for page in (draft, hidden, later):
        assert errors(record(page)) == ["idDoesNotExist"]
        page.delete()
        settled()
        assert errors(record(page)) == ["idDoesNotExist"]


def test_what_a_record_says_moves_its_datestamp_whatever_it_was_changed_by(review: ReviewPage) -> None:
    study = review.review_studies.get().study
    author = study.study_authors.get()
    reviewer, site = review.reviewers[0], Site.objects.get()
    topic = TopicPage.objects.get(pk=review.topic_id)

    def change(thing: object, **values: object) -> Callable[[], object]:
        def save() -> None:
            for name, value in values.items():
                setattr(thing, name, value)
            thing.save()  # type: ignore[attr-defined]

        return save

    changes = {
        "title": change(ReviewPage.objects.get(pk=review.pk), title="Another"),
        "study": change(study, title="Another study"),
        "author": change(author.person, family_name="Married"),
        "more authors": lambda: StudyAuthor.objects.create(study=study, person=PersonFactory(), sort_order=9),
        "reviewer": change(reviewer, name="Dr Ada"),
        "topic": change(topic, title="Renamed"),
        "topic hidden": topic.unpublish,
        "site name": lambda: BrandSettings.objects.create(site=site, site_name="Other Reviews"),
        "licence": lambda: SyndicationSettings.objects.create(site=site, licence_url="https://licence.example/"),
        "address": change(site, hostname="reviews.example"),
        "other topics": lambda: add_topic(review),
        "address of the list": lambda: rename(review_index()),
    }
    still = [name for name, done in changes.items() if not moves(review, done)]
    assert still == []


def add_topic(review: ReviewPage) -> None:
    page = ReviewPage.objects.get(pk=review.pk)
    page.other_topics.add(TopicPageFactory())
    page.save()


def rename(page: Page) -> None:
    page.slug = "renamed"
    page.save_revision().publish()


def test_what_no_record_says_leaves_it_as_it_is(review: ReviewPage) -> None:
    person, study = review.reviewers[0], review.review_studies.get().study
    person.bio = "A few words."
    study.method = "Other methods"
    page = ReviewPage.objects.get(pk=review.pk)
    page.title = "A draft of another title"
    topic = TopicPage.objects.get(pk=review.topic_id)
    topic.title = "A draft of another topic"
    for change in (person.save, study.save, page.save_revision, topic.save_revision, PersonFactory, StudyFactory):
        assert not moves(review, change)
    assert not OaiChange.objects.exists()


def test_a_person_who_is_deleted_leaves_the_records_that_named_them() -> None:
    gone = PersonFactory(family_name="Gone")
    review = ReviewPageFactory(reviewer=gone, studies=[StudyFactory()])
    settled()
    assert dublin_core(record(review), "creator") == ["Gone, Ada"]
    assert moves(review, Person.objects.get(pk=gone.pk).delete)
    assert dublin_core(record(review), "creator") == []


def test_an_editors_click_is_settled_when_it_is_committed(
    review: ReviewPage, django_capture_on_commit_callbacks: Callable
) -> None:
    client = Client()
    client.login(username=UserFactory(is_superuser=True).username, password=PASSWORD)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/admin/pages/{review.pk}/unpublish/")
    assert not OaiChange.objects.exists()
    assert OaiRecord.objects.get(pk=review.pk).is_deleted


def test_what_was_changed_past_the_site_is_put_right_within_the_hour_or_by_a_command(review: ReviewPage) -> None:
    other = TopicPageFactory()
    unknown = ReviewPageFactory(topic=other)
    moved = ReviewPageFactory(topic=other)
    linked = ReviewPageFactory(topic=other)
    settled()
    for put_right in (do_hourly_jobs, rebuild):
        before = {page.pk: stamp(page) for page in (review, moved, linked)}
        ReviewPage.objects.filter(pk=review.pk).update(live=False)
        OaiRecord.objects.filter(pk=unknown.pk).delete()
        ReviewPage.objects.filter(pk=moved.pk).update(topic=review.topic_id)
        links = ReviewPage.other_topics.through.objects
        links.create(reviewpage_id=linked.pk, topicpage_id=review.topic_id)
        put_right()
        settled()
        assert deleted(record(review)) == {review.pk}
        assert numbers(record(unknown)) == [unknown.pk]
        assert set(whole(set=f"topic-{review.topic_id}")) == {review.pk, moved.pk, linked.pk}
        assert set(whole(set=f"topic-{other.pk}")) == {unknown.pk, linked.pk}
        assert all(stamp(page) != before[page.pk] for page in (review, moved, linked))
        # As it was, for the second way.
        links.filter(reviewpage_id=linked.pk).delete()
        ReviewPage.objects.filter(pk=moved.pk).update(topic=other)
        ReviewPage.objects.filter(pk=review.pk).update(live=True)
        rebuild()
        assert set(whole(set=f"topic-{other.pk}")) == {unknown.pk, linked.pk, moved.pk}
        assert deleted(record(review)) == set()


def rebuild(*options: str) -> str:
    said = StringIO()
    call_command("rebuild_oai", *options, stdout=said)
    return said.getvalue()


def test_the_command_changes_nothing_where_all_is_right_and_every_datestamp_when_it_is_told_to(
    review: ReviewPage,
) -> None:
    assert not moves(review, rebuild)
    assert moves(review, lambda: rebuild("--all"))
    assert "Done: 1 records, 0 of them deleted." in rebuild()


def test_a_site_that_has_reviews_already_begins_with_their_records(review: ReviewPage) -> None:
    other = TopicPageFactory()
    second = ReviewPageFactory(topic=review.topic, other_topics=[other])
    hidden, gone = ReviewPageFactory(topic=other), ReviewPageFactory(topic=other)
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    gone.unpublish()
    ReviewPageFactory(topic=other, published=False)
    for model in (OaiChange, OaiMembership, OaiRecord, OaiClock):
        model.objects.all().delete()
    migration = import_module("syndication.migrations.0004_first_records")
    migration.write_records(apps, None)
    assert whole() == [review.pk, second.pk]
    assert whole(set=f"topic-{other.pk}") == [second.pk]
    assert whole(set=f"topic-{review.topic_id}") == [review.pk, second.pk]
    later = ReviewPageFactory(topic=other)
    settled()
    assert whole()[-1] == later.pk


def test_a_namespace_that_is_set_keeps_identifiers_when_the_site_moves(
    review: ReviewPage, settings: LazySettings
) -> None:
    settings.OAI_NAMESPACE = "reviews.example"
    Site.objects.update(hostname="elsewhere.example")
    answer = ask("ListIdentifiers", metadataPrefix="oai_dc")
    assert f"oai:reviews.example:review-{review.pk}" in answer.xpath("string()")
