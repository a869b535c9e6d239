"""Asking Crossref about many DOIs: politely, and whatever it answers."""

from __future__ import annotations

import json
import time
from email.utils import formatdate
from functools import partial

import pytest
from django.conf import LazySettings
from werkzeug import Request, Response

from research_reviews.lookups import client
from research_reviews.watch.asking import AT_ONCE, Asker, Failure, Finding, GaveUp
from research_reviews.watch.kinds import NoticeKind
from research_reviews.watch.pace import Pace
from research_reviews.watch.updates import Update
from tests.research_reviews.watch.conftest import Clock
from tests.research_reviews.watch.crossref import Crossref, entry, once, too_many


def findings(asker: Asker, *dois: str) -> dict[str, tuple[Update, ...]]:
    """Return what is found of the DOIs. Each is answered once."""
    answers = list(asker.ask(dois))
    assert [answer.doi for answer in answers if isinstance(answer, Failure)] == []
    assert sorted(answer.doi for answer in answers) == sorted(dois)
    return {answer.doi: answer.updates for answer in answers if isinstance(answer, Finding)}


def test_many_are_asked_about_at_once_and_by_name(crossref: Crossref, asker: Asker, settings: LazySettings) -> None:
    settings.CONTACT_ADDRESS = "keeper@reviews.test"
    dois = [f"10.5555/study.{number}" for number in range(2 * AT_ONCE)]
    for doi in dois:
        crossref.add(doi.upper())
    crossref.add("10.5555/Study.3", entry("10.5555/notice.3", "retraction", 2024, 5, 3, source="retraction-watch"))
    crossref.add_notice("10.5555/Notice.7", entry("10.5555/STUDY.7", "corrigendum", 2023, 2))

    found = findings(asker, *dois)

    assert {doi: updates for doi, updates in found.items() if updates} == {
        "10.5555/study.3": (Update(NoticeKind.RETRACTION, "10.5555/notice.3", "2024-05-03", "retraction-watch"),),
        "10.5555/study.7": (Update(NoticeKind.CORRECTION, "10.5555/notice.7", "2023-02"),),
    }
    assert len(crossref.asked) == 4
    assert {request.args["mailto"] for request in crossref.asked} == {"keeper@reviews.test"}
    assert all("mailto:keeper@reviews.test" in request.headers["User-Agent"] for request in crossref.asked)


def test_what_is_not_registered_there_is_asked_for_by_itself_and_then_unknown(crossref: Crossref, asker: Asker) -> None:
    crossref.add("10.5555/known")
    answers = {answer.doi: answer for answer in asker.ask(["10.5555/known", "10.5555/datacite.1"])}
    assert answers["10.5555/datacite.1"] == Finding("10.5555/datacite.1", False)
    assert answers["10.5555/known"] == Finding("10.5555/known", True)
    assert crossref.paths[-1] == "/works/10.5555/datacite.1"


def test_another_name_of_a_work_leads_to_its_notices(crossref: Crossref, asker: Asker) -> None:
    crossref.add("10.5555/own")
    crossref.works["10.5555/alias"] = crossref.works["10.5555/own"]
    crossref.add_notice("10.5555/n", entry("10.5555/own", "retraction", 2024))
    assert findings(asker, "10.5555/alias")["10.5555/alias"][0].doi == "10.5555/n"


def test_a_doi_that_no_filter_can_name_is_asked_for_by_itself(crossref: Crossref, asker: Asker) -> None:
    odd = "10.5555/(sici)1097-0258(19980815/30)17:15/16<1661::aid-sim968>3.0.co;2-2"
    comma = "10.5555/one,two"
    crossref.add(odd, entry("10.5555/n1", "retraction", 2020))
    crossref.add(comma, entry("10.5555/n2", "erratum", 2021))
    crossref.add("10.5555/plain")
    crossref.add("10.5555/plain.2")
    found = findings(asker, odd, comma, "10.5555/plain", "10.5555/plain.2")
    assert {doi: [update.doi for update in updates] for doi, updates in found.items()} == {
        odd: ["10.5555/n1"],
        comma: ["10.5555/n2"],
        "10.5555/plain": [],
        "10.5555/plain.2": [],
    }
    assert not any("one,two" in path and "?" in path for path in crossref.paths)


def test_the_pace_is_the_one_that_the_headers_allow(crossref: Crossref, asker: Asker, clock: Clock) -> None:
    crossref.headers |= {"X-Rate-Limit-Limit": "5", "X-Rate-Limit-Interval": "10s"}
    list(asker.ask(["10.5555/a,1", "10.5555/a,2", "10.5555/a,3"]))
    assert clock.naps == pytest.approx([2.0, 2.0])


@pytest.mark.parametrize("limit", ["", "0", "-3", "many", "9" * 30])
@pytest.mark.parametrize("interval", ["", "soon", "1 fortnight"])
def test_headers_that_say_nothing_change_nothing(limit: str, interval: str, clock: Clock) -> None:
    pace = Pace(clock.sleep, clock.read)
    pace.learn({"x-rate-limit-limit": limit, "x-rate-limit-interval": interval})
    pace.learn({"x-rate-limit-limit": "5"})
    assert pace.spacing == Pace().spacing


def test_429_in_html_is_waited_out_for_as_long_as_it_says(crossref: Crossref, asker: Asker, clock: Clock) -> None:
    crossref.add("10.5555/a", entry("10.5555/n", "retraction", 2024))
    crossref.troubles.append(once(too_many("7")))
    assert findings(asker, "10.5555/a")["10.5555/a"]
    assert 7 <= max(clock.naps) <= 8
    assert asker.waited == max(clock.naps)


def test_retry_after_can_be_a_date(crossref: Crossref, asker: Asker, clock: Clock) -> None:
    crossref.add("10.5555/a")
    crossref.troubles.append(once(too_many(formatdate(time.time() + 90, usegmt=True))))
    findings(asker, "10.5555/a")
    assert 85 <= max(clock.naps) <= 95


def test_a_wait_longer_than_our_patience_ends_it_at_once(crossref: Crossref, asker: Asker, clock: Clock) -> None:
    crossref.troubles.append(lambda request: too_many("3600"))
    with pytest.raises(GaveUp, match="left alone") as raised:
        list(asker.ask(["10.5555/a", "10.5555/b"]))
    assert raised.value.retry_after == 3600
    assert len(crossref.asked) == 1
    assert sum(clock.naps) < 5


def test_one_who_does_not_stop_refusing_is_left_alone(crossref: Crossref, asker: Asker) -> None:
    crossref.troubles.append(lambda request: too_many())
    with pytest.raises(GaveUp):
        list(asker.ask(["10.5555/a", "10.5555/b"]))
    assert len(crossref.asked) == asker.attempts


def test_trouble_of_its_own_is_tried_again_ever_later(crossref: Crossref, asker: Asker, clock: Clock) -> None:
    crossref.add("10.5555/a", entry("10.5555/n", "retraction", 2024))
    crossref.troubles.append(once(*(Response("<h1>Bad gateway</h1>", 502) for _number in range(3))))
    assert findings(asker, "10.5555/a")["10.5555/a"]
    waits = [nap for nap in clock.naps if nap > asker.pace.spacing]
    assert 0.5 <= waits[0] <= 1
    assert 1 <= waits[1] <= 2
    assert 2 <= waits[2] <= 4


def test_an_answer_that_nobody_can_read_is_tried_again(crossref: Crossref, asker: Asker) -> None:
    crossref.add("10.5555/a")
    crossref.troubles.append(once(Response("<html>Sign in to the wifi</html>", 200), Response("{", 200)))
    assert findings(asker, "10.5555/a") == {"10.5555/a": ()}


def test_a_server_that_is_away_is_given_up(asker: Asker, settings: LazySettings) -> None:
    settings.CROSSREF_URL = "http://127.0.0.1:9/"
    with pytest.raises(GaveUp):
        list(asker.ask([f"10.5555/{number}" for number in range(40)]))
    assert asker.waited <= asker.patience


def test_who_is_forbidden_does_not_ask_again(crossref: Crossref, asker: Asker) -> None:
    crossref.troubles.append(lambda request: Response("Forbidden", 403))
    with pytest.raises(GaveUp):
        list(asker.ask(["10.5555/a", "10.5555/b"]))
    assert len(crossref.asked) == 1


def test_a_server_without_lists_of_works_is_not_taken_for_one_without_notices(crossref: Crossref, asker: Asker) -> None:
    crossref.add("10.5555/a", entry("10.5555/n", "retraction", 2024))
    crossref.troubles.append(lambda request: Response("nothing here", 404) if request.path == "/works" else None)
    answers = list(asker.ask(["10.5555/a"]))
    assert isinstance(answers[0], Failure)


def test_one_that_always_fails_does_not_keep_the_others_waiting(crossref: Crossref, asker: Asker) -> None:
    dois = [f"10.5555/{number}" for number in range(AT_ONCE)]
    for doi in dois:
        crossref.add(doi)
    bad = "10.5555/7"
    crossref.troubles.append(lambda request: Response("oops", 500) if bad in named(request) else None)
    answers = list(asker.ask(dois))
    assert [answer.doi for answer in answers if isinstance(answer, Failure)] == [bad]
    assert sum(isinstance(answer, Finding) for answer in answers) == AT_ONCE - 1


def named(request: Request) -> list[str]:
    """Return the DOIs that a request names."""
    return [request.path.removeprefix("/works/"), *request.args.get("filter", "").replace(":", ",").split(",")]


def test_a_list_that_is_too_long_is_asked_for_in_halves(crossref: Crossref, asker: Asker) -> None:
    dois = [f"10.5555/long.{number}" for number in range(4)]
    for doi in dois:
        crossref.add(doi, **{"update-to": [entry("10.5555/elsewhere", label="x" * 700_000)]})
    assert findings(asker, *dois) == dict.fromkeys(dois, ())
    lists = [path.count("long") for path in crossref.paths if "?doi" in path]
    assert lists == [4, 2, 2]


def test_a_crossref_that_cannot_choose_fields_is_asked_for_all(crossref: Crossref, asker: Asker) -> None:
    refusal = {"status": "failed", "message": [{"message": "Select updated-by specified but there is no such select"}]}
    crossref.troubles.append(lambda request: Response(json.dumps(refusal), 400) if request.args.get("select") else None)
    crossref.add("10.5555/a", entry("10.5555/n", "retraction", 2024))
    crossref.add("10.5555/b")
    assert findings(asker, "10.5555/a", "10.5555/b")["10.5555/a"]


def test_what_is_no_doi_to_crossref_is_not_known_there(crossref: Crossref, asker: Asker) -> None:
    crossref.troubles.append(lambda request: Response("bad", 400) if "/10.5555/a,b" in request.path else None)
    assert list(asker.ask(["10.5555/a,b"])) == [Finding("10.5555/a,b", False)]


def test_a_slow_server_is_not_waited_for_longer_than_a_question_may_take(
    crossref: Crossref, asker: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "fetch", partial(client.fetch, timeout=0.3))
    crossref.add("10.5555/a")
    slow = once(Response("{}"))

    def trouble(request: Request) -> Response | None:
        response = slow(request)
        if response:
            time.sleep(1)
        return response

    crossref.troubles.append(trouble)
    began = time.monotonic()
    assert findings(asker, "10.5555/a") == {"10.5555/a": ()}
    assert time.monotonic() - began < 3
