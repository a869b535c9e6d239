"""What is counted of reviews is what they hold, whatever happened to them on the way."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from research_reviews.models import EvidenceSource, Finding, MapCell, ReviewPage, SourceStudyType, Study, Tally
from tests.factories import (
    AudienceFactory,
    PersonFactory,
    StandardPageFactory,
    StudyFactory,
    findings,
    issue,
    quote,
    recommendation,
    recommendations,
    review_index,
    stream,
)
from tests.research_reviews.evidence_arrangement import asking, review, topic

pytestmark = pytest.mark.django_db

LIST_QUERIES = 25


def counted() -> dict[str, Any]:
    """Everything that is counted, so that two ways to it can be compared."""
    return {
        "sources": list(EvidenceSource.objects.values_list("pk", "published_on", "topics").order_by("pk", "topics")),
        "types": sorted(SourceStudyType.objects.values_list("source", "study_type")),
        "tallies": sorted(Tally.objects.values_list("source", "kind", "audience", "made_by", "number"), key=str),
        "map": {cell.place: cell.number for cell in MapCell.objects.exclude(number=0)},
    }


def rebuilt() -> dict[str, Any]:
    """Everything that is counted, after the command has counted it anew."""
    call_command("rebuild_evidence", stdout=StringIO())
    return counted()


def test_what_is_counted_after_many_changes_is_what_a_rebuild_counts() -> None:
    prison, care = topic("Prison"), topic("Care")
    study = StudyFactory(study_type="trial")
    one = asking("One", "Train.", "Prison staff", topic=prison, other_topics=[care], studies=[study])
    two = review("Two", topic=care, studies=[study, StudyFactory(study_type="survey")])
    three = asking("Three", "Go.", "Prison staff", topic=prison)
    one.topic, one.other_topics = care, []
    one.body = stream(
        recommendations(recommendation("A.", AudienceFactory(name="Payers")), made_by="reviewer", name="a"),
        recommendations(recommendation("B."), made_by="", name="b"),
        quote("Wait.", person=PersonFactory()),
    )
    one.save_revision().publish()
    study.study_type = Study.StudyType.COHORT
    study.save()
    three.unpublish()
    restriction = PageViewRestriction.objects.create(page=two, restriction_type=PageViewRestriction.LOGIN)
    assert counted() == rebuilt()
    restriction.delete()
    three.get_latest_revision().publish()
    assert counted() == rebuilt()
    assert EvidenceSource.objects.count() == 3


def test_a_rebuild_heals_what_was_counted_wrongly() -> None:
    asking("One", "Train.", "Prison staff", topic=topic("Prison"))
    before = counted()
    MapCell.objects.update(number=99)
    MapCell.objects.create(topic=topic("Care"), study_type="trial", number=-3)
    Tally.objects.all().delete()
    assert rebuilt() == before


def test_everything_goes_when_the_reviews_go() -> None:
    asking("One", "Train.", "Prison staff", topic=topic("Prison"))
    review("Two")
    for page in ReviewPage.objects.all():
        page.delete()
    assert counted() == {"sources": [], "types": [], "tallies": [], "map": {}}


def test_a_part_of_the_site_that_becomes_private_or_public_takes_its_counts_along() -> None:
    asking("One", "Train.", "Prison staff", topic=topic("Prison"))
    before = counted()
    restriction = PageViewRestriction.objects.create(page=review_index(), restriction_type=PageViewRestriction.LOGIN)
    assert counted()["map"] == {}
    assert not EvidenceSource.objects.exists()
    restriction.delete()
    assert counted() == before


def test_hiding_many_reviews_takes_no_more_queries_than_hiding_one() -> None:
    def queries(number: int) -> int:
        for _place in range(number):
            asking(f"Review {ReviewPage.objects.count()}", "Train.", "Prison staff")
        with CaptureQueriesContext(connection) as context:
            PageViewRestriction.objects.create(page=review_index(), restriction_type=PageViewRestriction.LOGIN)
        PageViewRestriction.objects.all().delete()
        return len(context)

    queries(1)
    few = queries(1)
    assert queries(4) == few


def test_moving_a_public_page_leaves_its_rows_alone() -> None:
    made = review("Moved")
    keys = set(Finding.objects.values_list("pk", flat=True))
    made.move(StandardPageFactory(title="Elsewhere"), pos="last-child")
    assert set(Finding.objects.values_list("pk", flat=True)) == keys


def test_an_alias_of_a_private_review_is_as_private() -> None:
    made = asking("One", "Train.", "Prison staff")
    made.create_alias(parent=StandardPageFactory(title="Elsewhere"))
    PageViewRestriction.objects.create(page=made, restriction_type=PageViewRestriction.LOGIN)
    assert not EvidenceSource.objects.exists()


PAGES = (
    "/findings/",
    "/quotes/?made_by=named",
    "/recommendations/?topic=prison&year=2025&study_type=trial&audience=prison-staff&made_by=study_authors",
    "/audiences/prison-staff/",
    "/evidence-map/",
    "/evidence-map/?by=study_type",
    "/recommendations/feed/",
)


def test_a_page_of_evidence_asks_no_more_when_there_is_more() -> None:
    prison = topic("Prison")

    def more(number: int) -> None:
        for place in range(number):
            several = [AudienceFactory(name=name) for name in ("Prison staff", f"Audience {place} of {number}")]
            review(
                f"Review {place} of {number}",
                topic=prison,
                other_topics=[topic(f"Topic {place} of {number}")],
                published_on="2025-05-05",
                studies=[StudyFactory(study_type="trial"), StudyFactory()],
                body=stream(
                    findings(issue("Found")),
                    quote("Wait.", person=PersonFactory()),
                    recommendations(recommendation("Train.", *several)),
                ),
            )

    def queries(address: str) -> int:
        assert Client().get(address).status_code == 200
        with CaptureQueriesContext(connection) as context:
            Client().get(address)
        return len(context)

    more(2)
    few = [queries(address) for address in PAGES]
    more(4)
    assert [queries(address) for address in PAGES] == few
    assert max(few) <= LIST_QUERIES
