"""The retraction watch in the worker: on where somebody can be written to, and never in a hurry."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.utils import timezone
from werkzeug import Response

from core import schedule
from research_reviews.models import Study, StudyWatchSettings
from research_reviews.watch import steady
from tests.factories import StudyFactory
from tests.research_reviews.watch.crossref import Crossref, entry, too_many

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def worker(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that has just begun, on a server with a contact address."""
    settings.CONTACT_ADDRESS = "keeper@reviews.london"
    monkeypatch.setattr(steady, "_next_look", 0.0)
    cache.clear()


def checked() -> int:
    """How many studies have been checked."""
    return Study.objects.exclude(retraction_checked_at=None).count()


def test_it_checks_a_few_at_a_time_until_none_is_due(crossref: Crossref) -> None:
    for number in range(23):
        study = StudyFactory(doi=f"10.5555/{number}", authors=[], funders=[])
        crossref.add(study.doi, entry(f"{study.doi}.n", "retraction", 2024))
    assert steady.watch in schedule._steady
    assert steady.watch()
    assert checked() == 20
    assert steady.watch()
    assert Study.objects.filter(retraction_status="retracted").count() == 23
    assert not steady.watch()
    asked = len(crossref.asked)
    Study.objects.update(retraction_checked_at=None)
    assert not steady.watch()
    assert len(crossref.asked) == asked


@pytest.mark.parametrize(("days", "due"), [(1, True), (7, True), (30, False)])
def test_how_often_is_the_owners_choice(days: int, due: bool, crossref: Crossref) -> None:
    StudyWatchSettings.objects.create(interval_days=days)
    StudyFactory(doi="10.5555/a", retraction_checked_at=timezone.now() - timedelta(days=8))
    crossref.add("10.5555/a")
    assert steady.watch() is due


def test_it_can_be_switched_off(crossref: Crossref) -> None:
    StudyWatchSettings.objects.create(is_on=False)
    StudyFactory(doi="10.5555/a")
    assert not steady.watch()
    assert crossref.asked == []


@pytest.mark.parametrize(
    "address",
    ["", "nobody", "reviews@example.org", "a@mail.example.com", "x@localhost", "x@site.test", "Ada <a@b.example>"],
)
def test_it_rests_while_nobody_can_be_written_to(address: str, settings: LazySettings, crossref: Crossref) -> None:
    settings.CONTACT_ADDRESS = address
    StudyFactory(doi="10.5555/a")
    assert not steady.watch()
    assert crossref.asked == []


def test_it_pauses_when_crossref_wants_to_be_left_alone(crossref: Crossref, monkeypatch: pytest.MonkeyPatch) -> None:
    StudyFactory(doi="10.5555/a")
    crossref.add("10.5555/a")
    crossref.troubles.append(lambda request: too_many("7200"))
    assert steady.check_some() == 7200
    assert not steady.watch()
    assert len(crossref.asked) == 2
    assert not steady.watch()
    assert len(crossref.asked) == 2


def test_one_that_always_fails_does_not_stand_before_the_others(crossref: Crossref) -> None:
    StudyFactory(doi="10.5555/bad,1")
    crossref.troubles.append(lambda request: Response("oops", 500) if "bad" in request.path else None)
    assert steady.watch()
    StudyFactory(doi="10.5555/good")
    crossref.add("10.5555/good")
    assert steady.watch()
    assert checked() == 1
    assert sum("bad" in path for path in crossref.paths) == 1


def test_two_workers_do_not_ask_side_by_side(crossref: Crossref) -> None:
    StudyFactory(doi="10.5555/a")
    cache.add(steady.CLAIM, True)
    assert not steady.watch()
    assert crossref.asked == []
