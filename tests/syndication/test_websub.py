"""The owner's hub is told of feeds that have changed: by the worker, once a publication, and again where it failed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs

import pytest
import time_machine
from django.conf import LazySettings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_httpserver import HTTPServer
from wagtail.models import PageViewRestriction, Site
from werkzeug import Request, Response

from core.schedule import act_on_schedule
from research_reviews.models import ReviewPage
from syndication import websub
from syndication.models import SyndicationSettings
from tests.factories import PersonFactory, ReviewPageFactory, StudyFactory, TopicPageFactory
from tests.syndication.feeds import SUFFIXES, fetch, json_feed, parse

pytestmark = pytest.mark.django_db

Committed = Callable[[], AbstractContextManager[Any]]
ROOT = "http://localhost"


@pytest.fixture
def hub(settings: LazySettings, httpserver: HTTPServer) -> Iterator[HTTPServer]:
    """A hub that takes what it is told, and a queue for the worker."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    httpserver.expect_request("/hub", method="POST").respond_with_data(status=204)
    SyndicationSettings.objects.create(site=Site.objects.get(), websub_hub=httpserver.url_for("/hub"))
    yield httpserver
    httpserver.check_assertions()


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[Any]]) -> Committed:
    return lambda: django_capture_on_commit_callbacks(execute=True)


def work() -> None:
    """Do what waits in the queue and is due, as the worker would; that one closes the connection that tests share."""
    while row := DBTaskResult.objects.ready().first():
        row.delete()
        row.task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])


def told(hub: HTTPServer) -> list[str]:
    """Return the feeds that the hub was told of, in order, and forget them."""
    said = [parse_qs(request.get_data(as_text=True)) for request, _response in hub.log]
    assert all(form["hub.mode"] == ["publish"] for form in said)
    hub.clear_log()
    return [form["hub.url"][0] for form in said]


def test_a_hub_is_told_of_every_feed_that_a_new_review_stands_in(hub: HTTPServer, committed: Committed) -> None:
    ada, bob = PersonFactory(), PersonFactory()
    prison, sleep = TopicPageFactory(), TopicPageFactory()
    with committed():
        ReviewPageFactory(
            reviewer=ada, studies=[StudyFactory(authors=[bob])], credits="[]", topic=prison, other_topics=[sleep]
        )
    assert told(hub) == []
    work()
    feeds = told(hub)
    pages = ["/reviews/", prison.url, sleep.url, bob.get_absolute_url()]
    assert feeds == [f"{ROOT}{page}feed/{suffix}" for page in pages for suffix in SUFFIXES.values()]
    for address in feeds:
        assert fetch(address.removeprefix(ROOT)).status_code == 200


def test_those_who_are_credited_have_feeds_too(hub: HTTPServer, committed: Committed) -> None:
    ada = PersonFactory()
    with committed():
        ReviewPageFactory(reviewer=ada)
    work()
    assert f"{ROOT}{ada.get_absolute_url()}feed/" in told(hub)


def test_a_change_is_told_of_again(hub: HTTPServer, committed: Committed) -> None:
    review = ReviewPageFactory()
    with committed():
        review.save_revision().publish()
    work()
    assert f"{ROOT}/reviews/feed/" in told(hub)


def test_a_scheduled_review_is_told_of_when_it_goes_live_and_only_once(hub: HTTPServer, committed: Committed) -> None:
    with committed():
        review = ReviewPageFactory(published=False)
        review.go_live_at = timezone.now() + timedelta(hours=1)
        review.save_revision().publish()
    work()
    assert told(hub) == []
    with time_machine.travel(timezone.now() + timedelta(hours=2)), committed():
        act_on_schedule()
    assert ReviewPage.objects.listed().filter(pk=review.pk).exists()
    work()
    assert told(hub).count(f"{ROOT}/reviews/feed/") == 1


@pytest.mark.parametrize("state", ["draft", "private", "no hub"])
def test_nobody_is_told_of_what_nobody_may_see(hub: HTTPServer, committed: Committed, state: str) -> None:
    review = ReviewPageFactory()
    if state == "private":
        PageViewRestriction.objects.create(page=review, restriction_type="login")
    if state == "no hub":
        SyndicationSettings.objects.update(websub_hub="")
    with committed():
        revision = review.save_revision()
        if state != "draft":
            revision.publish()
    work()
    assert told(hub) == []


def test_a_hub_that_fails_is_told_again_later_and_only_of_what_it_did_not_take(
    hub: HTTPServer, committed: Committed
) -> None:
    failing = f"{ROOT}/reviews/feed/atom/"

    def answer(request: Request) -> Response:
        return Response(status=503 if failing in request.form["hub.url"] else 202)

    hub.clear()
    hub.expect_request("/hub").respond_with_handler(answer)
    with committed():
        ReviewPageFactory()
    work()
    assert failing in told(hub)
    now = timezone.now()
    for wait in websub.WAITS:
        work()
        assert told(hub) == []
        now += wait + timedelta(seconds=1)
        with time_machine.travel(now):
            work()
        assert told(hub) == [failing]
    with time_machine.travel(now + timedelta(days=30)):
        work()
    assert told(hub) == []


def test_a_hub_that_is_away_is_asked_once_a_try_and_publishing_does_not_wait(
    hub: HTTPServer, committed: Committed
) -> None:
    SyndicationSettings.objects.update(websub_hub="http://127.0.0.1:9/")
    with committed():
        review = ReviewPageFactory()
    assert ReviewPage.objects.listed().filter(pk=review.pk).exists()
    work()
    again = DBTaskResult.objects.get(task_path=websub.tell_hub.module_path)
    assert again.args_kwargs["args"][1] == 1
    assert f"{ROOT}/reviews/feed/" in again.args_kwargs["args"][0]


def test_a_queue_that_takes_nothing_does_not_keep_a_review_from_being_published(
    hub: HTTPServer, committed: Committed, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Away:
        def enqueue(self, *_arguments: object) -> None:
            raise OSError("No queue")

    monkeypatch.setattr(websub, "tell_hub", Away())
    with committed():
        review = ReviewPageFactory()
    assert ReviewPage.objects.listed().filter(pk=review.pk).exists()


def test_what_a_hub_answers_is_neither_read_nor_followed(hub: HTTPServer, committed: Committed) -> None:
    hub.clear()
    hub.expect_request("/hub").respond_with_data(status=302, headers={"Location": "/elsewhere"})
    with committed():
        ReviewPageFactory()
    work()
    assert {request.path for request, _response in hub.log} == {"/hub"}
    assert DBTaskResult.objects.get(task_path=websub.tell_hub.module_path).run_after > timezone.now()


def test_feeds_announce_the_hub_and_their_own_address(hub: HTTPServer) -> None:
    ReviewPageFactory()
    address = hub.url_for("/hub")
    for kind, suffix in SUFFIXES.items():
        expected = f'<{address}>; rel="hub", <{ROOT}/reviews/feed/{suffix}>; rel="self"'
        assert fetch(kind=kind)["Link"] == expected
    for kind in ("rss", "atom"):
        assert ("hub", address) in [(link.rel, link.href) for link in parse(kind=kind).feed.links]
    assert json_feed()["hubs"] == [{"type": "WebSub", "url": address}]
    SyndicationSettings.objects.update(websub_hub="")
    assert "Link" not in fetch().headers
    assert "hubs" not in json_feed()
