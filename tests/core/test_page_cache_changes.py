"""After any change to a page the next reader sees it, and a draft changes nothing."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from core.page_cache import generation, register_moment
from tests.core.conftest import Committed, Reads
from tests.factories import (
    AudienceFactory,
    PersonFactory,
    ReviewPageFactory,
    StandardPageFactory,
    TopicPageFactory,
    home_page,
    review_index,
    stream,
)
from tests.factories.blocks import credit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("page_cache")]


def test_a_published_review_is_in_the_lists_at_once(reads: Reads, committed: Committed) -> None:
    person = PersonFactory()
    addresses = (review_index().url, reverse("research_reviews:person", args=[person.slug]))
    topic = TopicPageFactory()
    for url in (*addresses, topic.url):
        assert "A new review" not in reads(url)
    with committed():
        ReviewPageFactory(title="A new review", topic=topic, credits=stream(credit(person)))
    for url in (*addresses, topic.url):
        assert "A new review" in reads(url)


def test_an_edit_shows_when_it_is_published_and_not_before(reads: Reads, committed: Committed) -> None:
    page = StandardPageFactory()
    before = reads(page.url)
    page.title = "Renamed"
    with committed():
        page.save_revision()
    assert reads(page.url) == before
    with committed():
        page.get_latest_revision().publish()
    assert "Renamed" in reads(page.url)


def test_saving_drafts_moves_nothing(editor: Client, committed: Committed) -> None:
    review, person, audience = ReviewPageFactory(), PersonFactory(), AudienceFactory()
    token = generation()
    with committed():
        review.title = "Draft"
        review.save_revision()
        draft = ReviewPageFactory(published=False, topic=review.topic, studies=[], reviewer=person, audience=audience)
        draft.other_topics = [review.topic]
        draft.save()
        editor.post(reverse("wagtailadmin_pages:lock", args=[review.pk]))
    assert generation() == token


def test_autosaving_in_the_page_editor_moves_nothing(editor: Client, committed: Committed) -> None:
    page = StandardPageFactory(title="About us")
    token = generation()
    form = {"title": "About everybody", "slug": page.slug, "introduction": "", "body-count": "0"}
    comments = {f"comments-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    with committed():
        response = editor.post(
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
            {**form, **comments},
            headers={"Accept": "application/json"},
        )
    assert response.status_code in (200, 302)
    page.refresh_from_db()
    assert page.draft_title == "About everybody"
    assert generation() == token


def test_an_unpublished_page_is_gone_at_once(reads: Reads, committed: Committed, editor: Client) -> None:
    page = ReviewPageFactory(title="Withdrawn")
    assert "Withdrawn" in reads(page.url)
    assert "Withdrawn" in reads(review_index().url)
    with committed():
        editor.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    assert reads(page.url) == "404"
    assert "Withdrawn" not in reads(review_index().url)


def test_a_page_taken_down_without_its_action_is_gone_as_well(reads: Reads, committed: Committed) -> None:
    page = StandardPageFactory(title="Withdrawn")
    assert "Withdrawn" in reads(page.url)
    page.live = False
    with committed():
        page.save()
    assert reads(page.url) == "404"


def test_a_deleted_page_is_gone_at_once(reads: Reads, committed: Committed, editor: Client) -> None:
    page = ReviewPageFactory(title="Deleted")
    assert "Deleted" in reads(page.url)
    assert "Deleted" in reads(review_index().url)
    with committed():
        editor.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert reads(page.url) == "404"
    assert "Deleted" not in reads(review_index().url)


def test_a_moved_page_leaves_its_old_address(reads: Reads, committed: Committed, editor: Client) -> None:
    above, page = StandardPageFactory(title="Above"), StandardPageFactory(title="Moving")
    old_url = page.url
    assert "Moving" in reads(old_url)
    with committed():
        editor.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, above.pk]))
    assert "Moving" not in reads(old_url)
    assert "Moving" in reads(Page.objects.get(pk=page.pk).url)


def test_a_changed_slug_changes_the_address_and_the_links(reads: Reads, committed: Committed) -> None:
    page = ReviewPageFactory(title="Readdressed", slug="old-address")
    assert 'href="/reviews/old-address/"' in reads(review_index().url)
    page.slug = "new-address"
    with committed():
        page.save_revision().publish()
    assert 'href="/reviews/new-address/"' in reads(review_index().url)
    assert "Readdressed" in reads("/reviews/new-address/")
    assert "Readdressed" not in reads("/reviews/old-address/")


def test_a_scheduled_review_appears_when_the_worker_publishes_it(reads: Reads, committed: Committed) -> None:
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    page = ReviewPageFactory(title="Embargoed", go_live_at=tomorrow)
    assert reads("/reviews/embargoed/") == "404"
    assert "Embargoed" not in reads(review_index().url)
    with time_machine.travel(tomorrow + datetime.timedelta(minutes=1)), committed():
        call_command("publish_scheduled")
    assert "Embargoed" in reads(page.url)
    assert "Embargoed" in reads(review_index().url)


def test_a_page_past_its_expiry_is_gone_although_no_worker_runs(reads: Reads, committed: Committed) -> None:
    soon = timezone.now() + datetime.timedelta(hours=1)
    with committed():
        page = ReviewPageFactory(title="Short-lived", expire_at=soon)
    assert "Short-lived" in reads(page.url)
    assert "Short-lived" in reads(review_index().url)
    with time_machine.travel(soon + datetime.timedelta(seconds=1)):
        assert reads(page.url) == "404"
        assert "Short-lived" not in reads(review_index().url)


def test_the_next_expiry_is_found_in_an_index_however_many_pages_there_are() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off" if connection.vendor == "postgresql" else "SELECT 1")
    expiring = Page.objects.filter(live=True, expire_at__gt=timezone.now()).order_by("expire_at")
    assert "page_expiry" in expiring.explain()


def test_a_registered_moment_ends_what_was_cached(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.page_cache._moments", [])
    midnight = timezone.now() + datetime.timedelta(minutes=10)
    register_moment(lambda now: midnight if midnight > now else None)
    token = generation()
    with time_machine.travel(midnight - datetime.timedelta(seconds=1)):
        assert generation() == token
    with time_machine.travel(midnight + datetime.timedelta(seconds=1)):
        assert generation() != token


@pytest.mark.parametrize("private", ["page", "ancestor"])
def test_what_becomes_private_is_hidden_at_once_and_back_when_public(
    reads: Reads, committed: Committed, private: str
) -> None:
    page = ReviewPageFactory(title="Confidential")
    assert "Confidential" in reads(page.url)
    assert "Confidential" in reads(home_page().url)
    with committed():
        restriction = PageViewRestriction.objects.create(
            page=page if private == "page" else review_index(), restriction_type="login"
        )
    assert "Confidential" not in reads(page.url)
    assert "Confidential" not in reads(home_page().url)
    with committed():
        restriction.delete()
    assert "Confidential" in reads(page.url)
    assert "Confidential" in reads(home_page().url)
