"""The map of evidence: how much there is on each topic, and where there is nothing."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from research_reviews.evidence_kinds import RECOMMENDATIONS
from research_reviews.models import Audience, EvidenceSource, MapCell, ReviewIndexPage, Study, TopicPage
from research_reviews.tallies import contributions

AUDIENCE = "audience"
STUDY_TYPE = "study_type"
# How many shades there are besides that of a gap.
SHADES = 4


@dataclass(frozen=True)
class Heading:
    """What a row or column is of, and where more of it stands."""

    text: str
    address: str = ""


@dataclass(frozen=True)
class Column:
    """What the cells below it are counted by, and what stands for that in addresses."""

    key: int | str
    value: str
    heading: Heading


@dataclass(frozen=True)
class Cell:
    """How many there are; where the list of them is; and how dark that is shown."""

    number: int
    address: str
    shade: int


@dataclass(frozen=True)
class Row:
    """A topic with a cell for each column."""

    heading: Heading
    cells: list[Cell]


@dataclass(frozen=True)
class EvidenceMap:
    """The map as it is shown."""

    by: str
    columns: list[Column]
    rows: list[Row]
    # The shades with the numbers that have them.
    legend: list[tuple[int, str]]

    @property
    def address(self) -> str:
        """Its own address."""
        return reverse("research_reviews:evidence_map") + (f"?by={self.by}" if self.by != AUDIENCE else "")

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to be counted."""
        return not self.legend


def draw(request: HttpRequest, by: str) -> EvidenceMap:
    """Return the map by audience, or by kind of study where that is asked for."""
    by = STUDY_TYPE if by == STUDY_TYPE else AUDIENCE
    columns = study_types() if by == STUDY_TYPE else audiences()
    address = reviews_address(request) if by == STUDY_TYPE else RECOMMENDATIONS.address()
    topics = list(TopicPage.objects.listed().order_by("title").only("title", "slug", "url_path"))
    shown = {topic.pk for topic in topics}
    numbers = {place: number for place, number in counted(by).items() if place[0] in shown}
    bounds = bounds_of(max(numbers.values(), default=0))

    def cell(topic: TopicPage, column: Column) -> Cell:
        number = numbers.get((topic.pk, column.key), 0)
        query = urlencode({"topic": topic.slug, by: column.value})
        return Cell(number, f"{address}?{query}", bisect_left(bounds, number) + 1 if number else 0)

    rows = [
        Row(Heading(topic.title, topic.get_url(request) or ""), [cell(topic, column) for column in columns])
        for topic in topics
    ]
    return EvidenceMap(by, columns, rows, legend(bounds))


def audiences() -> list[Column]:
    """Return the columns of the map by audience."""
    found = Audience.objects.order_by("name")
    return [Column(each.pk, each.slug, Heading(each.name, each.get_absolute_url())) for each in found]


def study_types() -> list[Column]:
    """Return the columns of the map by kind of study."""
    return [Column(value, value, Heading(str(label))) for value, label in Study.StudyType.choices]


def reviews_address(request: HttpRequest) -> str:
    """Return the address of the list of reviews."""
    reviews = ReviewIndexPage.objects.listed().order_by("path").first()
    return reviews.get_url(request) or "" if reviews else ""


def counted(by: str) -> dict[tuple[int, int | str], int]:
    """Return how many there are by topic and column: recommendations to an audience, or reviews of a kind of study."""
    cells = MapCell.objects.filter(audience__isnull=by == STUDY_TYPE)
    numbers = Counter({cell.place: cell.number for cell in cells})
    if EvidenceSource.objects.have_expired():
        numbers.subtract(contributions(EvidenceSource.objects.expired().values("pk")))
    # What expired ones add to the other map is below zero here.
    return {(topic, to or study_type): number for (topic, to, study_type), number in numbers.items() if number > 0}


def topics_asking(audience: Audience) -> list[tuple[str, str, int]]:
    """Return the topics with recommendations to the audience: title, address of the list, and how many there are."""
    numbers = {topic: number for (topic, asked), number in counted(AUDIENCE).items() if asked == audience.pk}
    topics = TopicPage.objects.listed().filter(pk__in=numbers).order_by("title").values_list("pk", "title", "slug")
    return [
        (title, f"{RECOMMENDATIONS.address()}?{urlencode({'topic': slug, 'audience': audience.slug})}", numbers[pk])
        for pk, title, slug in topics
    ]


def bounds_of(most: int) -> list[int]:
    """Return the largest number of each shade: each shade takes so many times as many as the one before."""
    return sorted({math.ceil(round(most ** (shade / SHADES), 6)) for shade in range(1, SHADES + 1)}) if most else []


def legend(bounds: list[int]) -> list[tuple[int, str]]:
    """Return each shade with the numbers that have it, in words."""
    firsts = [1, *(bound + 1 for bound in bounds)]
    ranges = zip(firsts, bounds, strict=False)
    return [
        (shade, f"{first}–{last}" if first < last else str(last)) for shade, (first, last) in enumerate(ranges, start=1)
    ]
