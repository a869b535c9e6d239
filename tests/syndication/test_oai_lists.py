"""Lists in parts: nothing is lost or comes twice, whatever happens to reviews between one part and the next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import LazySettings
from django.utils import timezone

from research_reviews.models import ReviewPage
from syndication.oai import keeping
from tests.factories import ReviewPageFactory, TopicPageFactory
from tests.syndication.harvesting import (
    OAI,
    Tree,
    ask,
    datestamp,
    deleted,
    dublin_core,
    errors,
    numbers,
    parts,
    settled,
    text,
    token,
    whole,
)

pytestmark = pytest.mark.django_db
# Later than any datestamp that was given when the database was made.
NOON = datetime(2031, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _small_parts(settings: LazySettings) -> None:
    settings.OAI_PAGE_SIZE = 2


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that stands at noon until it is moved."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def reviews(number: int) -> list[ReviewPage]:
    """Reviews on one topic and of one study, in the order of their records."""
    first = ReviewPageFactory()
    study = first.review_studies.get().study
    more = [
        ReviewPageFactory(topic=first.topic, studies=[study], reviewer=first.reviewers[0], header_image=None)
        for _number in range(number - 1)
    ]
    settled()
    return [first, *more]


def pks(*found: ReviewPage) -> list[int]:
    return [review.pk for review in found]


def edit(review: ReviewPage, **values: object) -> None:
    """Publish a change, as an editor does."""
    review = ReviewPage.objects.get(pk=review.pk)
    for name, value in values.items():
        setattr(review, name, value)
    review.save_revision().publish()


def going_on(part: Tree, verb: str = "ListRecords") -> list[Tree]:
    """Read on from a part to the end of the list."""
    found = []
    while following := token(part):
        part = ask(verb, resumptionToken=following)
        found.append(part)
    return found


def test_every_part_says_where_it_stands_and_the_last_that_it_is_the_last() -> None:
    found = reviews(5)
    answers = parts()
    assert [numbers(answer) for answer in answers] == [pks(*found[:2]), pks(*found[2:4]), pks(found[4])]
    tokens = [answer.find(f".//{OAI}resumptionToken") for answer in answers]
    assert [one.get("cursor") for one in tokens] == ["0", "2", "4"]
    assert {one.get("completeListSize") for one in tokens} == {"5"}
    assert [bool(one.text) for one in tokens] == [True, True, False]
    # The arguments of the list are not those of the request.
    assert set(answers[1].find(f"{OAI}request").attrib) == {"verb", "resumptionToken"}


def test_a_list_of_one_part_has_no_token() -> None:
    reviews(2)
    assert token(ask("ListRecords", metadataPrefix="oai_dc")) is None


def test_a_token_can_be_used_again() -> None:
    reviews(3)
    following = token(ask("ListRecords", metadataPrefix="csl")) or ""
    first, second = (ask("ListRecords", resumptionToken=following) for _time in range(2))
    assert numbers(first) == numbers(second)


def test_what_is_taken_down_before_its_turn_comes_at_the_end_as_deleted() -> None:
    one, two, three, four, five = reviews(5)
    first = ask("ListRecords", metadataPrefix="oai_dc")
    three.unpublish()
    settled()
    rest = going_on(first)
    assert [pk for part in (first, *rest) for pk in numbers(part)] == pks(one, two, four, five, three)
    assert deleted(rest[-1]) == {three.pk}


def test_what_is_taken_down_while_nobody_has_dealt_with_it_is_deleted_at_once() -> None:
    found = reviews(3)
    first = ask("ListRecords", metadataPrefix="oai_dc")
    found[2].unpublish()
    (second,) = going_on(first)
    assert deleted(second) == {found[2].pk}


def test_what_is_published_or_changed_meanwhile_comes_at_the_end_with_its_latest_words() -> None:
    one, _two, three = reviews(3)
    first = ask("ListRecords", metadataPrefix="oai_dc")
    edit(one, title="As it is now")
    new = ReviewPageFactory(title="New", topic=one.topic)
    settled()
    rest = going_on(first)
    assert [pk for part in rest for pk in numbers(part)] == pks(three, one, new)
    assert [title for part in rest for title in dublin_core(part, "title")] == [three.title, "As it is now", "New"]


def test_what_is_gone_for_good_before_its_turn_is_reported() -> None:
    found = reviews(3)
    first = ask("ListRecords", metadataPrefix="oai_dc")
    pk = found[2].pk
    found[2].delete()
    settled()
    assert deleted(going_on(first)[-1]) == {pk}


def test_a_harvest_and_the_next_find_every_change_though_it_was_noted_long_before_it_was_dealt_with(
    clock: time_machine.Traveller,
) -> None:
    (review,) = reviews(1)
    clock.shift(60)
    edit(review, title="Changed at one minute past")
    clock.shift(60)
    # The answer shows the change, and yet says a moment from which the next one shows it again.
    answer = ask("ListRecords", metadataPrefix="oai_dc")
    assert text(answer, "responseDate") == "2031-03-01T12:01:00Z"
    clock.shift(60)
    settled()
    assert datestamp(review) == "2031-03-01T12:03:00Z"
    assert whole(from_=text(answer, "responseDate")) == [review.pk]


def test_datestamps_never_go_back_though_the_clock_does(clock: time_machine.Traveller) -> None:
    one, two = reviews(2)
    clock.move_to(NOON - timedelta(days=1))
    edit(one, title="Changed")
    settled()
    assert whole() == pks(two, one)
    assert datestamp(one) == datestamp(two) == "2031-03-01T12:00:00Z"


def test_what_changed_is_asked_for_by_day_and_by_second(clock: time_machine.Traveller) -> None:
    (one,) = reviews(1)
    clock.move_to(NOON + timedelta(hours=11, minutes=59, seconds=59, milliseconds=900))
    two = ReviewPageFactory(topic=one.topic)
    settled()
    clock.move_to(NOON + timedelta(days=1))
    three = ReviewPageFactory(topic=one.topic)
    settled()
    asked = {
        (): pks(one, two, three),
        ("2031-03-01", "2031-03-01"): pks(one, two),
        ("2031-03-02", ""): pks(three),
        ("", "2031-03-01"): pks(one, two),
        ("1999-01-01", "9999-12-31"): pks(one, two, three),
        ("2031-03-01T12:00:00Z", "2031-03-01T12:00:00Z"): pks(one),
        ("2031-03-01T12:00:01Z", "2031-03-01T23:59:58Z"): [],
        ("2031-03-01T23:59:59Z", "2031-03-01T23:59:59Z"): pks(two),
        ("2031-03-01T23:59:59Z", "9999-12-31T23:59:59Z"): pks(two, three),
    }
    for bounds, expected in asked.items():
        query = {name: value for name, value in zip(("from_", "until"), bounds, strict=False) if value}
        if expected:
            assert whole(**query) == expected, bounds
        else:
            assert errors(ask("ListIdentifiers", metadataPrefix="oai_dc", **query)) == ["noRecordsMatch"]


def test_a_list_that_ends_before_its_last_part_is_read_ends_with_what_was_last(clock: time_machine.Traveller) -> None:
    _one, two, three = reviews(3)
    first = ask("ListRecords", metadataPrefix="oai_dc", until="2031-03-01")
    clock.shift(timedelta(days=1))
    edit(three, title="Too late for this list")
    settled()
    (last,) = going_on(first)
    assert numbers(last) == pks(two)
    assert token(last) == ""


def test_a_list_of_which_nothing_is_left_says_so(clock: time_machine.Traveller) -> None:
    found = reviews(3)
    first = ask("ListRecords", metadataPrefix="oai_dc", until="2031-03-01")
    clock.shift(timedelta(days=1))
    for review in found:
        edit(review, title="Too late")
    settled()
    assert errors(ask("ListRecords", resumptionToken=token(first) or "")) == ["noRecordsMatch"]


def test_a_set_holds_the_reviews_of_its_topic_first_or_other_and_the_deleted_ones() -> None:
    one, two, three = reviews(3)
    other = TopicPageFactory(title="Other")
    edit(two, topic=other)
    edit(three, other_topics=[other])
    settled()
    assert whole(set=f"topic-{other.pk}") == pks(two, three)
    assert whole(set=f"topic-{one.topic_id}") == pks(one, three)
    three.unpublish()
    settled()
    (answer,) = parts(set=f"topic-{other.pk}")
    assert (numbers(answer), deleted(answer)) == (pks(two, three), {three.pk})


def test_who_follows_a_set_is_told_once_more_of_what_left_it_and_where_it_is_now(
    clock: time_machine.Traveller,
) -> None:
    one, two = reviews(2)
    left, other = f"topic-{one.topic_id}", TopicPageFactory()
    clock.shift(60)
    edit(one, topic=other)
    settled()
    assert whole(set=left) == pks(two)
    answer = ask("ListRecords", metadataPrefix="oai_dc", set=left, from_="2031-03-01T12:00:30Z")
    assert numbers(answer) == pks(one)
    assert deleted(answer) == set()
    assert text(answer, "setSpec") == f"topic-{other.pk}"


def test_many_changes_at_once_are_all_dealt_with_a_part_at_a_time(
    monkeypatch: pytest.MonkeyPatch, clock: time_machine.Traveller
) -> None:
    found = reviews(3)
    monkeypatch.setattr(keeping, "STEP", 2)
    clock.shift(60)
    person = found[0].reviewers[0]
    person.family_name = "Renamed"
    person.save()
    assert keeping.settle()
    # While some are waiting, answers say the moment of the change.
    clock.shift(60)
    assert text(ask("Identify"), "responseDate") == "2031-03-01T12:01:00Z"
    settled()
    assert {datestamp(review) for review in found} == {"2031-03-01T12:01:00Z", "2031-03-01T12:02:00Z"}
    assert text(ask("Identify"), "responseDate") == timezone.now().strftime("%Y-%m-%dT%H:%M:%SZ")
