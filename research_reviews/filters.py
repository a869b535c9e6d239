"""What the list of reviews can be narrowed by: topic, year, study type, audience."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from typing import TYPE_CHECKING, Any, Self

from django.http import QueryDict
from django.utils.translation import gettext as _

from research_reviews.models.studies import Study

if TYPE_CHECKING:
    from research_reviews.querysets import ReviewQuerySet


FILTERS = ("topic", "year", "study_type", "audience")


@dataclass(frozen=True)
class ReviewFilters:
    """The reader's choice, as it stands in the address. An unknown value finds nothing and breaks nothing."""

    topic: str = ""
    year: str = ""
    study_type: str = ""
    audience: str = ""

    @classmethod
    def from_query(cls, query: QueryDict) -> Self:
        """Read the filters from an address's query."""
        return cls(*(query.get(field.name, "").replace("\0", "")[:200] for field in fields(cls)))

    @property
    def are_set(self) -> bool:
        """Whether anything is filtered."""
        return any(astuple(self))

    @property
    def year_number(self) -> int | None:
        """The year as a number; None where it is none that a date can have."""
        is_year = self.year.isascii() and self.year.isdigit() and 0 < int(self.year) < 10_000
        return int(self.year) if is_year else None

    def apply(self, reviews: ReviewQuerySet) -> ReviewQuerySet:
        """Return the reviews that pass every filter that is set."""
        if self.topic:
            reviews = reviews.in_topic(self.topic)
        if self.year:
            reviews = reviews.published_in(self.year_number) if self.year_number else reviews.none()
        if self.study_type:
            reviews = reviews.of_study_type(self.study_type)
        if self.audience:
            reviews = reviews.speaking_to(self.audience)
        return reviews


@dataclass(frozen=True)
class Choice:
    """One answer of a select."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Select:
    """One question of the form: its name in the address, its label, what leaving it open means, and the answers."""

    name: str
    label: str
    open_answer: str
    choices: list[Choice]


def selects(filters: ReviewFilters) -> list[Select]:
    """Return the form's selects with what the reader chose."""
    return [
        select("topic", _("Topic"), _("All topics"), topics(), filters.topic),
        select("year", _("Year"), _("All years"), years(), filters.year),
        select("study_type", _("Kind of study"), _("All kinds"), Study.StudyType.choices, filters.study_type),
        select("audience", _("Recommends to"), _("Everyone"), audiences(), filters.audience),
    ]


def select(name: str, label: str, open_answer: str, answers: Iterable[tuple[str, Any]], chosen: str) -> Select:
    """Return a select with the answer marked that the address holds."""
    choices = [Choice(value, str(text), value == chosen) for value, text in answers]
    return Select(name, label, open_answer, choices)


def topics() -> list[tuple[str, str]]:
    """Return the listed topics by name."""
    from research_reviews.models import TopicPage

    return list(TopicPage.objects.listed().order_by("title").values_list("slug", "title"))


def years() -> list[tuple[str, str]]:
    """Return the years from the newest listed review back to the oldest.

    Two look-ups in an index: asking which years there are would read every review.
    """
    from research_reviews.models import ReviewPage

    dated = ReviewPage.objects.listed().filter(published_on__isnull=False).values_list("published_on", flat=True)
    newest, oldest = dated.order_by("-published_on").first(), dated.order_by("published_on").first()
    if not newest or not oldest:
        return []
    return [(str(year), str(year)) for year in range(newest.year, oldest.year - 1, -1)]


def audiences() -> list[tuple[str, str]]:
    """Return everyone whom editors address recommendations to."""
    from research_reviews.models import Audience

    return list(Audience.objects.order_by("name").values_list("slug", "name"))
