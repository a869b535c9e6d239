"""What the list of reviews can be narrowed by: topic, year, study type, audience."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import QueryDict

from research_reviews.models.studies import Study

if TYPE_CHECKING:
    from research_reviews.querysets import ReviewQuerySet


@dataclass(frozen=True)
class ReviewFilters:
    """The reader's choice, as it stands in the address. An unknown value finds nothing and breaks nothing."""

    topic: str = ""
    year: str = ""
    study_type: str = ""
    audience: str = ""

    @classmethod
    def from_query(cls, query: QueryDict) -> ReviewFilters:
        """Read the filters from an address's query."""
        return cls(
            *(query.get(name, "").replace("\0", "")[:200] for name in ("topic", "year", "study_type", "audience"))
        )

    @property
    def are_set(self) -> bool:
        """Whether anything is filtered."""
        return any((self.topic, self.year, self.study_type, self.audience))

    def apply(self, reviews: ReviewQuerySet) -> ReviewQuerySet:
        """Return the reviews that pass every filter that is set."""
        if self.topic:
            reviews = reviews.in_topic(self.topic)
        if self.year:
            reviews = (
                reviews.published_in(int(self.year))
                if self.year.isascii() and self.year.isdigit() and 0 < int(self.year) < 10_000
                else reviews.none()
            )
        if self.study_type:
            reviews = reviews.of_study_type(self.study_type)
        if self.audience:
            reviews = reviews.speaking_to(self.audience)
        return reviews

    @property
    def study_type_choices(self) -> list[tuple[str, str]]:
        """Every study type with its name."""
        return [(value, str(label)) for value, label in Study.StudyType.choices]
