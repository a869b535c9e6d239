"""What the command makes of a whole export, against the answers of the generator."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction, ReferenceIndex, Revision

from comments.models import Comment
from core.schedule import act_on_schedule, do_hourly_jobs, do_jobs_of_the_round
from home.models import HomePage, StandardPage
from research_reviews.models import Credit, EvidenceSource, Person, ReviewPage, Study, TopicPage
from subscriptions.models import Delivery, Mailing
from tests.wordpress_import.exports import generate, manifest
from tests.wordpress_import.writing.moves import bring, outcomes, review, rows
from wordpress_import.models import ImportedItem

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def whole(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Bring 100 posts in, once for all tests that only look. Returns the report and the generator's answers."""
    export = generate(tmp_path_factory.mktemp("whole"), 100)
    with django_db_blocker.unblock(), transaction.atomic():
        yield bring(export), manifest(export)
        transaction.set_rollback(True)


def test_everything_becomes_what_the_generator_says(whole: tuple[dict[str, Any], dict[str, Any]]) -> None:
    told, answers = whole
    status = answers["post_status"]
    posts = answers["posts"] - status.get("trash", 0)
    assert outcomes(told, "post") == {"made": posts, "skipped": status.get("trash", 0)}
    assert ReviewPage.objects.count() == posts
    assert ReviewPage.objects.filter(live=True).count() == status["publish"] + status["private"]
    assert StandardPage.objects.filter(live=True).count() == 4
    assert sum(sum(numbers.values()) for numbers in told["counts"].values() if numbers) >= answers["items"]
    kinds = {entry["kind"]: 0 for entry in told["items"]}
    for entry in told["items"]:
        kinds[entry["kind"]] += 1
    assert {kind: number for kind, number in kinds.items() if kind in answers["types"]} == answers["types"]
    assert told["status"] == 0
    assert TopicPage.objects.count() == answers["categories"] - 1
    assert Person.objects.count() >= answers["authors"]


def test_no_link_to_another_post_is_taken_for_a_study(whole: tuple[dict[str, Any], dict[str, Any]]) -> None:
    assert not Study.objects.filter(url__contains="old.example.org").exists()


def test_the_tree_and_the_indexes_are_sound(whole: tuple[dict[str, Any], dict[str, Any]], capsys: Any) -> None:
    call_command("fixtree", interactive=False)
    assert "No problems found" in capsys.readouterr().out
    for page in ReviewPage.objects.select_related("latest_revision"):
        assert page.latest_revision.as_object().title == page.title
        assert page.live_revision_id == (page.latest_revision_id if page.live else None)
    listed = ReviewPage.objects.listed()
    assert EvidenceSource.objects.count() == listed.count()
    assert {row.review_id for row in Credit.objects.all()} == set(listed.values_list("pk", flat=True))
    before = rows()["research_reviews_mapcell"]
    call_command("rebuild_evidence", verbosity=0)
    assert len(rows()["research_reviews_mapcell"]) == len(before)
    page = review(0)
    found = {(r.to_content_type_id, r.to_object_id) for r in ReferenceIndex.get_references_for_object(page)}
    ReferenceIndex.create_or_update_for_object(page)
    again = {(r.to_content_type_id, r.to_object_id) for r in ReferenceIndex.get_references_for_object(page)}
    assert found == again


def test_what_was_not_public_there_is_not_public_here(whole: tuple[dict[str, Any], dict[str, Any]]) -> None:
    client = Client()
    listing = "".join(client.get(f"/reviews/?page={number}").content.decode() for number in range(1, 10))
    feed = client.get("/reviews/feed/").content.decode() + client.get("/sitemap-pages-1.xml").content.decode()
    listed = set(ReviewPage.objects.listed().values_list("pk", flat=True))
    for number, kind in ((3, "draft"), (13, "pending"), (23, "private"), (43, "password"), (83, "future")):
        page = review(number)
        assert page.pk not in listed, kind
        assert page.title not in listing + feed, kind
        answer = client.get(page.url)
        assert page.standfirst == "" or page.standfirst not in answer.content.decode(), kind
        assert not Credit.objects.filter(review=page).exists(), kind
    assert PageViewRestriction.objects.get(page=review(43)).password == "s3cret-43"
    assert PageViewRestriction.objects.get(page=review(23)).restriction_type == PageViewRestriction.LOGIN
    assert not Redirect.objects.filter(redirect_page__in=[review(3), review(23), review(83)]).exists()


def test_a_scheduled_review_goes_live_at_its_time_and_nobody_gets_a_mail(
    whole: tuple[dict[str, Any], dict[str, Any]], tasks_at_once: None
) -> None:
    page = review(83)
    assert not page.live
    assert page.go_live_at == datetime(2031, 5, 4, 18, 30, tzinfo=UTC)
    assert Revision.objects.get(pk=page.latest_revision_id).approved_go_live_at == page.go_live_at
    with time_machine.travel(datetime(2031, 5, 5, tzinfo=UTC)):
        act_on_schedule()
        do_jobs_of_the_round()
        do_hourly_jobs()
        page.refresh_from_db()
        assert page.live
        assert ReviewPage.objects.listed().filter(pk=page.pk).exists()
    assert Mailing.objects.get(page=page).status == Mailing.Status.SKIPPED
    assert not Delivery.objects.exists()
    assert mail.outbox == []


def test_dates_are_those_of_the_post(whole: tuple[dict[str, Any], dict[str, Any]]) -> None:
    for key, example in whole[1]["examples"].items():
        page = ReviewPage.objects.get(pk=ImportedItem.objects.get(kind="post", key=key).object_id)
        if example["status"] == "publish":
            assert page.first_published_at == datetime.fromisoformat(example["gmt"])
    assert review(3).published_on is None


def test_old_addresses_lead_in_one_hop(whole: tuple[dict[str, Any], dict[str, Any]]) -> None:
    client = Client()
    page = review(5)
    old = Redirect.objects.filter(redirect_page=page, old_path__startswith="/20").order_by("pk")[0].old_path
    for address in (old, f"{old}/", "/?p=1010", f"{old}/?utm_source=x", f"{old}/amp/"):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"]) == (301, page.url), address
    answer = client.get("/?page_id=12")
    assert answer.status_code == 301
    for address, target in (
        ("/feed/", "/reviews/feed/"),
        ("/feed/atom/", "/reviews/feed/atom/"),
        ("/category/evidence-reviews/health/", "/topics/health/"),
        ("/category/evidence-reviews/health/primary-care/feed/", "/topics/primary-care/feed/"),
        ("/?cat=2", "/topics/health/"),
        (f"{old}/feed/", f"{page.url}responses/feed/"),
    ):
        answer = client.get(address)
        assert (answer.status_code, answer.get("Location")) == (301, target), address
        assert client.get(target).status_code == 200, target


def test_links_between_posts_lead_to_reviews(whole: tuple[dict[str, Any], dict[str, Any]]) -> None:
    body = json.dumps([list(page.body.raw_data) for page in ReviewPage.objects.all()])
    assert body.count('linktype=\\"page\\"') >= 75
    left = [url for url in whole[0]["links_to_nothing"] if "old.example.org" in url]
    assert body.count('href=\\"https://old.example.org/20') <= 2 * len(left)


def test_responses_keep_threads_dates_and_decisions(whole: tuple[dict[str, Any], dict[str, Any]]) -> None:
    told, answers = whole
    page = review(42)
    thread = list(Comment.objects.filter(page=page).order_by("pk"))
    assert len(thread) == 12
    assert [comment.parent_id for comment in thread[1:]] == [comment.pk for comment in thread[:-1]]
    assert [comment.depth for comment in thread] == [0, 1, 2] + [3] * 9
    assert outcomes(told, "pingback").get("skipped", 0) == answers["comments"]["types"]["pingback"]
    for comment in Comment.objects.all():
        assert "<" not in comment.text.replace("5 < 6", "")
        assert not comment.parent or comment.place.startswith(comment.parent.place[:30])
    assert not Comment.objects.waiting().filter(moderators_told_at=None).exists()
    do_jobs_of_the_round()
    assert mail.outbox == []
    client = Client()
    assert client.get(page.url).status_code == 200


def test_sticky_posts_stand_on_the_home_page(whole: tuple[dict[str, Any], dict[str, Any]]) -> None:
    home = HomePage.objects.get()
    assert home.body.raw_data[0]["type"] == "featured_reviews"
    assert home.body.raw_data[0]["value"]["pages"][0]["value"] == review(10).pk
    assert review(10).title in Client().get("/").content.decode()
