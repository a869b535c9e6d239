"""A sponsor that is too close to a study: readers are told, and editors warned."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
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
    SponsorshipFactory(topic=topic, sponsor=SponsorFactory(name=sponsor_name, **sponsor))
    review: ReviewPage = ReviewPageFactory(topic=topic, studies=[study])
    return review


def conflicts(page: BeautifulSoup) -> list[str]:
    """Return what the page says of conflicts."""
    return every(page, ".notice--conflict p:first-child")


def warnings(review: ReviewPage) -> list[str]:
    """Return what the editor is told of the sponsor."""
    return [str(check.message) for check in run_checks(review) if check.field == "topic"]


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
    ],
)
def test_a_study_paid_for_by_the_sponsor_is_told_to_readers_and_editors(sponsor: str, funder: str) -> None:
    study = StudyFactory(title="An invented study", funders=["Somebody else", funder])
    review = review_of(study, sponsor)

    sentence = f"{sponsor}, which sponsors this topic, helped to pay for the study."
    assert conflicts(read(review.url)) == [f"{sentence} {sponsor} had no say in this review."]
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


def test_a_study_that_the_sponsor_published_or_wrote_is_told() -> None:
    published = StudyFactory(publisher="Candle Trust", funders=[])
    written = StudyFactory(authors=[PersonFactory(name="Candle Trust", is_organisation=True)], funders=[])

    assert "published the study" in conflicts(read(review_of(published).url))[0]
    assert "is an author of the study" in conflicts(read(review_of(written, "the Candle Trust").url))[0]


@pytest.mark.parametrize(
    ("sponsor", "title", "is_conflict"),
    [
        ("Mind", "What Mind does for people in crisis", True),
        ("Mind", "Mindfulness in prisons", False),
        ("Mind", "Peace of mind after release", False),
        ("The Candle Trust Ltd", "An evaluation of the Candle Trust’s hostels", True),
        ("C++ Users", "Teaching C++ Users to rest", True),
    ],
)
def test_a_study_about_the_sponsor_is_told_and_no_common_word_is_taken_for_it(
    sponsor: str, title: str, is_conflict: bool
) -> None:
    review = review_of(StudyFactory(title=title, funders=[]), sponsor)

    assert bool(conflicts(read(review.url))) is is_conflict
    assert bool(warnings(review)) is is_conflict


def test_the_whole_sites_sponsor_is_judged_as_well() -> None:
    SponsorshipFactory(sponsor=SponsorFactory(name="Candle Trust"))
    review = ReviewPageFactory(topic=TopicPageFactory(), studies=[StudyFactory(funders=["Candle Trust"])])

    assert "Candle Trust, which sponsors this site, helped to pay" in conflicts(read(review.url))[0]


def test_an_editor_is_warned_of_a_sponsorship_to_come_and_readers_are_not() -> None:
    topic = TopicPageFactory()
    begins = timezone.localdate() + timedelta(days=10)
    SponsorshipFactory(topic=topic, sponsor=SponsorFactory(name="Candle Trust"), starts_on=begins)
    review = ReviewPageFactory(topic=topic, studies=[StudyFactory(funders=["Candle Trust"])])

    assert conflicts(read(review.url)) == []
    assert "The sponsorship begins later" in warnings(review)[0]


def test_a_sponsor_without_ties_is_no_conflict() -> None:
    review = review_of(StudyFactory())

    assert conflicts(read(review.url)) == []
    assert warnings(review) == []
