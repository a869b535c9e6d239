"""Akismet, where the site's owner has a key: what it is told, what it decides, and that nobody waits for it."""

from __future__ import annotations

import threading
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.conf import LazySettings
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from comments.defence import akismet
from comments.models import Comment
from comments.moderation import decide
from research_reviews.models import ReviewPage
from tests.comments.conftest import Committed
from tests.factories import ReviewPageFactory, UserFactory
from tests.factories.comments import CommentFactory, respond

pytestmark = pytest.mark.django_db

Status = Comment.Status
CHECK = "/1.1/comment-check"


@pytest.fixture(autouse=True)
def key(settings: LazySettings, httpserver: HTTPServer) -> None:
    """A key, and a server that stands for Akismet's."""
    settings.AKISMET_KEY = "the-key"
    settings.AKISMET_URL = httpserver.url_for("/1.1/")


@pytest.fixture
def review() -> ReviewPage:
    """A review that takes responses."""
    made: ReviewPage = ReviewPageFactory()
    return made


def told(httpserver: HTTPServer) -> dict[str, str]:
    """Return what the server was told last."""
    request = httpserver.log[-1][0]
    return {name: values[0] for name, values in parse_qs(request.get_data(as_text=True)).items()}


def sent(review: ReviewPage, **fields: Any) -> Comment:
    """Respond, and return what was kept."""
    respond(review, **fields)
    return Comment.objects.get()


def test_what_it_takes_for_spam_is_in_the_spam_list(review: ReviewPage, httpserver: HTTPServer) -> None:
    httpserver.expect_request(CHECK, method="POST").respond_with_data("true")
    comment = sent(review, text="Übel & gemein", website="https://ada.example")

    assert (comment.status, comment.reasons) == (Status.SPAM, ["Akismet takes it for spam."])
    said = told(httpserver)
    assert (said["api_key"], said["user_ip"], said["comment_author"]) == ("the-key", "127.0.0.1", "Ada Reader")
    assert (said["comment_content"], said["comment_author_url"]) == ("Übel & gemein", "https://ada.example")
    assert said["permalink"].endswith(review.url)


def test_what_it_finds_fine_goes_the_usual_way(review: ReviewPage, httpserver: HTTPServer) -> None:
    httpserver.expect_request(CHECK).respond_with_data("false")
    comment = sent(review)

    assert (comment.status, comment.reasons) == (Status.WAITING, [])


@pytest.mark.parametrize(
    "answer",
    [
        Response("invalid"),
        Response("Busy", status=503),
        Response("", status=302, headers={"Location": "/elsewhere"}),
        Response("true " * 100_000),
        Response(b"\xff\xfe"),
    ],
)
def test_an_answer_without_sense_lets_the_response_wait(
    review: ReviewPage, httpserver: HTTPServer, answer: Response
) -> None:
    httpserver.expect_request(CHECK).respond_with_response(answer)
    comment = sent(review)

    assert (comment.status, comment.reasons) == (Status.WAITING, ["Akismet could not be asked."])


def test_nobody_waits_long_for_an_answer(
    review: ReviewPage, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_up = threading.Event()

    def never(request: Request) -> Response:
        given_up.wait(10)
        return Response("true")

    httpserver.expect_request(CHECK).respond_with_handler(never)
    monkeypatch.setattr(akismet, "SECONDS", 0.2)
    comment = sent(review)
    given_up.set()

    assert (comment.status, comment.reasons) == (Status.WAITING, ["Akismet could not be asked."])


def test_it_is_not_asked_of_what_is_spam_anyway(review: ReviewPage, httpserver: HTTPServer) -> None:
    assert sent(review, subject="filled in").status == Status.SPAM
    assert not httpserver.log


def test_without_a_key_nobody_is_told(review: ReviewPage, httpserver: HTTPServer, settings: LazySettings) -> None:
    settings.AKISMET_KEY = ""

    assert sent(review).status == Status.WAITING
    assert not httpserver.log


@pytest.mark.usefixtures("tasks_at_once")
@pytest.mark.parametrize(
    ("before", "after", "question"),
    [(Status.APPROVED, Status.SPAM, "submit-spam"), (Status.SPAM, Status.APPROVED, "submit-ham")],
)
def test_it_learns_from_what_moderators_decide(
    httpserver: HTTPServer, committed: Committed, before: str, after: str, question: str
) -> None:
    httpserver.expect_request(f"/1.1/{question}").respond_with_data("Thanks for making the web a better place.")
    comment = CommentFactory(status=before, sender="a" * 64)
    with committed():
        decide(comment, after, UserFactory())

    assert [request.path for request, _answer in httpserver.log] == [f"/1.1/{question}"]
    said = told(httpserver)
    assert said["comment_content"] == comment.text
    assert said["permalink"].endswith(comment.page.url)
    assert "user_ip" not in said
