"""A sponsor that is too close to a study: readers are told, and editors warned."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.utils import timezone

from core.editor_checks import run_checks
from research_reviews.models import ReviewPage, Study, StudyFunder
from tests.factories import (
    PersonFactory,
    ReviewPageFactory,
    SponsorFactory,
    SponsorshipFactory,
    StudyFactory,
    TopicPageFactory,
)
from tests.reading import every, read

ROR, OTHER_ROR = "https://ror.org/05a28rw58", "https://ror.org/04wxnsj81"

pytestmark = pytest.mark.django_db


def review_of(study: Study, sponsor_name: str = "Candle Trust", **sponsor: Any) -> ReviewPage:
    """Return a review of the study in a topic with the sponsor."""
    topic = TopicPageFactory()
    made = SponsorFactory(name=sponsor_name, **sponsor)
    SponsorshipFactory(topic=topic, sponsor=made, editorial_control="They decided nothing.")
    review: ReviewPage = ReviewPageFactory(topic=topic, studies=[study])
    return review


def conflicts(page: BeautifulSoup) -> list[str]:
    """Return what the page says of conflicts."""
    return every(page, ".notice--conflict p:first-child")


def warnings(review: ReviewPage) -> list[str]:
    """Return what the editor is told of the sponsor."""
    return [str(check.message) for check in run_checks(review) if "sponsors this" in str(check.message)]


@pytest.mark.parametrize(
    ("sponsor", "funder"),
    [
        ("Candle Trust", "Candle Trust"),
        ("Candle Trust", "the CANDLE trust"),
        ("The Candle Trust Ltd", "Candle Trust"),
        ("Candle Trust", "Candle Trust, Limited"),
        ("Candle & Wick", "Candle and Wick"),
        ("Fundación Luz", "FUNDACION LUZ"),
        ("Zürich-Stiftung", "Zürich Stiftung GmbH"),
        ("灯火財団", "灯火財団"),
        ("Candle Trust", "Candle Trust (CT)"),
        ("Candle Trust (CT) Ltd", "Candle Trust"),
        ("St Mungo's", "St. Mungo’s"),
        ("???", "???"),
    ],
)
def test_a_study_paid_for_by_the_sponsor_is_told_to_readers_and_editors(sponsor: str, funder: str) -> None:
    study = StudyFactory(title="An invented study", funders=["Somebody else", funder])
    review = review_of(study, sponsor)

    sentence = f"{sponsor}, which sponsors this topic, helped to pay for the study."
    assert conflicts(read(review.url)) == [f"{sentence} They decided nothing."]
    assert every(read(review.url), ".notice--conflict .notice-study") == ["An invented study"]
    assert warnings(review) == [f"{sentence} Readers are told of it. Consider who should review it."]


@pytest.mark.parametrize(
    ("sponsor_name", "funder_name", "funder_ror", "is_conflict"),
    [
        ("Candle Trust", "The Trust of the Candle", ROR, True),
        ("Candle Trust", "Candle Trust", OTHER_ROR, False),
        ("Candle Trust", "Candle Trust", "", True),
        ("Candle Trust", "Lantern Trust", "", False),
    ],
)
def test_ror_ids_settle_it_where_both_have_one(
    sponsor_name: str, funder_name: str, funder_ror: str, is_conflict: bool
) -> None:
    study = StudyFactory(funders=[])
    StudyFunder.objects.create(study=study, name=funder_name, ror=funder_ror, sort_order=0)

    assert bool(conflicts(read(review_of(study, sponsor_name, ror=ROR).url))) is is_conflict


@pytest.mark.parametrize(
    "study",
    [
        {"publisher": "Candle Trust"},
        {"container": "the candle trust"},
        {"container": "Candle Trust Working Papers"},
        {"publisher": "University of Nowhere and Candle Trust"},
    ],
)
def test_a_study_that_the_sponsor_published_is_told(study: dict[str, str]) -> None:
    review = review_of(StudyFactory(funders=[], **study))

    assert "Candle Trust, which sponsors this topic, published the study." in conflicts(read(review.url))[0]


@pytest.mark.parametrize("is_organisation", [True, False])
def test_a_study_that_the_sponsor_wrote_is_told(is_organisation: bool) -> None:
    author = PersonFactory(name="Candle Trust", is_organisation=is_organisation)
    review = review_of(StudyFactory(authors=[author], funders=[]), "the Candle Trust")

    assert "is an author of the study" in conflicts(read(review.url))[0]


@pytest.mark.parametrize(
    ("sponsor", "title", "is_conflict"),
    [
        ("Mind", "What Mind does for people in crisis", True),
        ("Mind", "Mindfulness in prisons", False),
        ("Mind", "Peace of mind after release", False),
        ("The Candle Trust Ltd", "An evaluation of the Candle Trust’s hostels", True),
        ("C++ Users", "Teaching C++ Users to rest", True),
        ("Candle & Wick", "What Candle and Wick pay for", True),
        ("Fundación Luz", "FUNDACION LUZ: an evaluation", False),
        ("Fundación Luz", "What Fundacion Luz does", True),
        ("NACRO", "NACRO hostels", True),
        ("灯火財団", "灯火財団: an evaluation", True),
        ("(", "Rest (and sleep)", False),
    ],
)
def test_a_study_about_the_sponsor_is_told_and_no_common_word_is_taken_for_it(
    sponsor: str, title: str, is_conflict: bool
) -> None:
    review = review_of(StudyFactory(title=title, funders=[]), sponsor)

    assert bool(conflicts(read(review.url))) is is_conflict
    assert bool(warnings(review)) is is_conflict


@pytest.mark.parametrize(
    "study",
    [
        {"title": "Mind the gap: trains at night"},
        {"title": "An invented study. Mind over matter"},
        {"title": "Finding Peace of Mind After Release"},
        {"container": "Journal of Mind and Body"},
        {"publisher": "Friends of Mind Press"},
        {"funders": ["Mind Over Matter Research Fund"]},
    ],
)
def test_what_may_be_a_common_word_is_left_to_the_editors_judgement(study: dict[str, Any]) -> None:
    review = review_of(StudyFactory(**{"funders": [], **study}), "Mind")

    assert conflicts(read(review.url)) == []
    assert warnings(review) == [
        "The study may have to do with Mind, which sponsors this topic. "
        "Readers are told nothing by itself: if it is meant, say so under the reviewer’s interests."
    ]


def test_the_whole_sites_sponsor_is_judged_as_well() -> None:
    SponsorshipFactory(sponsor=SponsorFactory(name="Candle Trust"))
    review = ReviewPageFactory(topic=TopicPageFactory(), studies=[StudyFactory(funders=["Candle Trust"])])

    assert "Candle Trust, which sponsors this site, helped to pay" in conflicts(read(review.url))[0]


@pytest.mark.parametrize("whole_site", [True, False])
def test_an_editor_is_warned_of_a_sponsorship_to_come_and_readers_are_not(whole_site: bool) -> None:
    topic = TopicPageFactory()
    with time_machine.travel("2026-06-15 12:00:00+00:00", tick=False):
        SponsorshipFactory(
            topic=None if whole_site else topic,
            sponsor=SponsorFactory(name="Candle Trust"),
            starts_on=date(2026, 7, 1),
        )
        review = ReviewPageFactory(topic=topic, studies=[StudyFactory(funders=["Candle Trust"])])

        assert conflicts(read(review.url)) == []
        assert warnings(review) == [
            f"Candle Trust, which sponsors this {'site' if whole_site else 'topic'} from 1 July 2026, helped to pay "
            "for the study. Readers are told of it from that day. Consider who should review it."
        ]


def test_a_sponsor_of_the_whole_site_to_come_is_nothing_to_a_topic_with_its_own() -> None:
    review = review_of(StudyFactory(funders=["Lantern Trust"]))
    begins = timezone.localdate() + timedelta(days=10)
    SponsorshipFactory(sponsor=SponsorFactory(name="Lantern Trust"), starts_on=begins)

    assert warnings(review) == []


def test_a_sponsor_without_ties_is_no_conflict() -> None:
    review = review_of(StudyFactory())

    assert conflicts(read(review.url)) == []
    assert warnings(review) == []
