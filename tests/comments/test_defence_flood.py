"""A flood of responses: who is limited, who is asked for proof of work, and that readers notice nothing of it."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import altcha
import pytest
import time_machine
from bs4 import BeautifulSoup
from django.conf import LazySettings
from django.core.cache import caches
from django.db import connections
from django.test import Client

from comments.defence import attack, proof
from comments.models import Comment
from research_reviews.models import ReviewPage
from tests.factories import ReviewPageFactory
from tests.factories.comments import OWN_SITE, respond, response_form
from tests.reading import find, read, words

Status = Comment.Status


@pytest.fixture
def review(db: None) -> ReviewPage:
    """A review that takes responses."""
    made: ReviewPage = ReviewPageFactory()
    return made


@pytest.fixture(autouse=True)
def noon() -> Iterator[time_machine.Traveller]:
    """The middle of a span in which senders are limited."""
    with time_machine.travel("2026-11-24 12:05:00+00:00") as clock:
        yield clock


@pytest.fixture
def flood(review: ReviewPage) -> None:
    """More senders than people, each with one response."""
    for number in range(attack.MOST_RESPONSES):
        assert respond(review, sender(number), text=f"Flood {number}").status_code == 303


def sender(number: int) -> Client:
    """Return somebody with a network address of their own."""
    return Client(REMOTE_ADDR=f"198.51.100.{number}")


def reader() -> Client:
    """Return somebody who has sent nothing yet."""
    return Client(REMOTE_ADDR="203.0.113.77")


def asked(answer: Any) -> BeautifulSoup:
    """Return the page that asks for proof of work."""
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    page = BeautifulSoup(answer.content, "html.parser")
    find(page, "form.proof")
    return page


def fields_of(page: BeautifulSoup) -> dict[str, str]:
    """Return what the page's form sends, without a button."""
    fields = {str(field["name"]): str(field["value"]) for field in page.select("form.proof input")}
    return {**fields, "text": find(page, "form.proof textarea").get_text().removeprefix("\n")}


def solution(page: BeautifulSoup) -> str:
    """Do the calculation that the page asks for, as its script does."""
    asked_for = json.loads(str(find(page, "form.proof")["data-challenge"]))
    solved = altcha.solve_challenge(altcha.Challenge.from_dict(asked_for))
    assert solved is not None
    said = {"challenge": {name: asked_for[name] for name in ("parameters", "signature")}, "solution": solved.to_dict()}
    return base64.b64encode(json.dumps(said).encode()).decode()


def send(fields: dict[str, str], client: Client | None = None, **more: str) -> Any:
    """Send the page's form."""
    return (client or reader()).post("/responses/", {**fields, **more}, headers=OWN_SITE)


@pytest.mark.usefixtures("flood")
def test_a_flood_has_browsers_prove_their_work_with_all_that_was_written(review: ReviewPage) -> None:
    text = '\n\nFirst line.\n\n<script>"&'
    page = asked(respond(review, reader(), text=text, replies="on"))
    assert Comment.objects.count() == attack.MOST_RESPONSES
    fields = fields_of(page)
    assert fields["text"].strip() == text.strip()
    assert (fields["name"], fields["email"], fields["replies"]) == ("Ada Reader", "ada@example.org", "on")

    answer = send(fields, proof=solution(page))

    assert "response=waiting" in answer["Location"]
    comment = Comment.objects.latest("pk")
    assert (comment.status, comment.reasons, comment.text) == (Status.WAITING, [], text.strip())


@pytest.mark.usefixtures("flood")
def test_without_javascript_a_moderator_looks_first(review: ReviewPage) -> None:
    page = asked(respond(review, reader()))
    button = find(page, "form.proof button[name]")
    assert "hidden" in find(page, ".proof-work").attrs
    assert "it waits until a moderator has looked at it" in words(find(page, "form.proof"))

    send({**fields_of(page), str(button["name"]): str(button["value"])})

    comment = Comment.objects.latest("pk")
    assert comment.status == Status.WAITING
    assert "without the proof of work" in comment.reasons[0]


@pytest.mark.usefixtures("flood")
def test_a_proof_is_taken_once_and_only_in_time(review: ReviewPage, noon: time_machine.Traveller) -> None:
    page = asked(respond(review, reader()))
    solved, fields = solution(page), fields_of(page)
    assert send(fields, proof=solved).status_code == 303
    again = json.dumps(json.loads(base64.b64decode(solved)), indent=1)
    for used in (solved, base64.b64encode(again.encode()).decode()):
        asked(send(fields, text="Another", proof=used))

    late = solution(asked(respond(review, reader(), text="Late")))
    noon.shift(timedelta(seconds=proof.SECONDS + 1))
    caches["default"].set(attack.KEY, True, 60)
    asked(respond(review, reader(), text="Late", proof=late))


def encoded(data: Any) -> str:
    """Return what the page's script would make of the data."""
    return base64.b64encode(json.dumps(data).encode()).decode()


@pytest.mark.usefixtures("flood")
@pytest.mark.parametrize(
    "forged",
    [
        "é",
        "AAAA",
        "x" * 100_000,
        encoded(None),
        encoded([]),
        encoded({"challenge": "x", "solution": "x"}),
        encoded({"challenge": {"parameters": [], "signature": 1}, "solution": {"counter": 1, "derivedKey": 1}}),
        encoded({"challenge": {"parameters": {}}, "solution": {}}),
    ],
)
def test_a_forged_proof_is_asked_for_again(review: ReviewPage, forged: str) -> None:
    asked(respond(review, reader(), proof=forged))


@pytest.mark.usefixtures("flood")
@pytest.mark.parametrize(("name", "value"), [("cost", 1), ("keyPrefix", "00"), ("expiresAt", 4_000_000_000)])
def test_a_challenge_that_somebody_made_easier_is_refused(review: ReviewPage, name: str, value: Any) -> None:
    said = json.loads(base64.b64decode(solution(asked(respond(review, reader())))))
    said["challenge"]["parameters"][name] = value

    asked(respond(review, reader(), proof=encoded(said)))


@pytest.mark.usefixtures("flood")
def test_it_ends_by_itself_when_it_has_been_calm(review: ReviewPage, noon: time_machine.Traveller) -> None:
    asked(respond(review, reader()))
    noon.shift(timedelta(seconds=attack.SECONDS_OF_CALM - 30))
    asked(respond(review, reader()))
    noon.shift(timedelta(seconds=60))

    assert respond(review, reader()).status_code == 303


def test_one_sender_alone_is_limited_and_nobody_else_is_asked(review: ReviewPage) -> None:
    answers = [respond(review, sender(1), text=f"Text {number}") for number in range(2 * attack.MOST_RESPONSES)]

    assert [answer.status_code for answer in answers[:6]] == [303] * 5 + [429]
    assert {answer.status_code for answer in answers[5:]} == {429}
    assert respond(review, reader()).status_code == 303


def test_over_the_limit_a_sender_keeps_the_text_and_is_told_when_to_try_again(
    review: ReviewPage, noon: time_machine.Traveller
) -> None:
    for number in range(5):
        respond(review, reader(), text=f"Text {number}")
    answer = respond(review, reader(), text="My sixth thought.")
    said = answer.content.decode()

    assert answer.status_code == 429
    assert "My sixth thought." in said
    assert answer["Retry-After"] == "Tue, 24 Nov 2026 12:10:00 GMT"
    assert re.search(r"send this one again in [56]\sminutes\.", said)
    noon.shift(timedelta(minutes=6))
    assert respond(review, reader(), text="My sixth thought.").status_code == 303


def test_nobody_sends_more_than_thirty_a_day(review: ReviewPage, noon: time_machine.Traveller) -> None:
    noon.move_to("2026-11-24 08:05:00+00:00")
    for number in range(30):
        assert respond(review, reader(), text=f"Text {number}").status_code == 303
        noon.shift(timedelta(minutes=3))

    assert respond(review, reader(), text="Text 31").status_code == 429
    noon.move_to("2026-11-25 00:05:00+00:00")
    assert respond(review, reader(), text="Text 31").status_code == 303


@pytest.mark.parametrize("proxies", [0, 1, 2])
def test_a_forged_forwarding_header_does_not_escape_the_limit(
    review: ReviewPage, settings: LazySettings, proxies: int
) -> None:
    settings.PROXIES = proxies
    # What our own proxies add: the sender's true address, then those of the inner ones.
    added = ["203.0.113.5", "10.0.0.2"][:proxies]

    def sent(number: int) -> int:
        forwarded = ", ".join([f"192.0.2.{number}", *added])
        fields = response_form(review, text=f"Text {number}")
        answer = Client().post("/responses/", fields, headers={**OWN_SITE, "X-Forwarded-For": forwarded})
        return int(answer.status_code)

    assert [sent(number) for number in range(7)] == [303] * 5 + [429] * 2


def test_other_addresses_of_the_same_ipv6_network_do_not_escape_the_limit(review: ReviewPage) -> None:
    clients = [Client(REMOTE_ADDR=f"2001:db8:1:2::{number:x}") for number in range(6)]
    answers = [respond(review, client, text=f"Text {place}") for place, client in enumerate(clients)]

    assert [answer.status_code for answer in answers] == [303] * 5 + [429]
    assert respond(review, Client(REMOTE_ADDR="2001:db8:1:3::1"), text="A neighbour").status_code == 303


@pytest.mark.usefixtures("page_cache", "flood")
def test_readers_notice_nothing_of_a_flood(review: ReviewPage, django_assert_num_queries: Any) -> None:
    read(review.url)
    for number in range(30):
        asked(respond(review, sender(100 + number), text=f"More of it {number}"))

    with django_assert_num_queries(0):
        page = read(review.url)
    assert not page.select("form.proof")


@pytest.mark.django_db(transaction=True)
def test_the_same_response_sent_several_times_at_once_is_one() -> None:
    review: ReviewPage = ReviewPageFactory()
    fields = response_form(review)

    def sent(_time: int) -> str:
        try:
            return str(Client().post("/responses/", fields, headers=OWN_SITE)["Location"])
        finally:
            connections.close_all()

    with ThreadPoolExecutor(5) as senders:
        answers = list(senders.map(sent, range(5)))

    assert Comment.objects.count() == 1
    assert sum("response=waiting" in answer for answer in answers) == 1
    assert sum("response=duplicate" in answer for answer in answers) == 4
