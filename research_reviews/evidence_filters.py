"""What lists of evidence can be narrowed by: what reviews can be, and who made it."""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields, replace
from typing import Self
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from research_reviews import filters as reviews
from research_reviews.evidence_kinds import RECOMMENDATIONS, Kind
from research_reviews.models import Audience, EvidenceSource, SourceStudyType, Tally, TopicPage
from research_reviews.models.studies import Study
from research_reviews.models.tallies import ANYONE, TallyQuerySet

# Names in addresses; the others are those of the list of reviews.
MADE_BY = "made_by"


@dataclass(frozen=True)
class EvidenceFilters(reviews.ReviewFilters):
    """The reader's choice, as it stands in the address. An unknown value finds nothing and breaks nothing."""

    made_by: str = ""

    @classmethod
    def of_list(cls, kind: Kind, query: QueryDict) -> Self:
        """Read the filters of a list. Who made it has no meaning where a kind names no makers."""
        filters = cls.from_query(query)
        return filters if kind.makers else replace(filters, made_by="")

    @property
    def query(self) -> str:
        """The choice as it stands in an address, in one order, without the question mark."""
        chosen = zip((field.name for field in fields(self)), astuple(self), strict=True)
        return urlencode([(name, value) for name, value in chosen if value])

    def tallies(self, kind: Kind) -> TallyQuerySet:
        """Return one count of items for each listed review that has items of the kind which pass every filter."""
        tallies = self._of_items(kind, Tally.objects.listed().filter(kind=kind.counted_as))
        if self.topic:
            topic = TopicPage.objects.listed().filter(slug=self.topic).values_list("pk", flat=True).first()
            about = EvidenceSource.topics.through.objects.filter(topicpage=topic)
            tallies = tallies.filter(source__in=about.values("evidencesource")) if topic else tallies.none()
        if self.year:
            tallies = tallies.filter(published_on__year=self.year_number) if self.year_number else tallies.none()
        if self.study_type:
            types = SourceStudyType.objects.filter(study_type=self.study_type)
            tallies = tallies.filter(source__in=types.values("source"))
        return tallies

    def _of_items(self, kind: Kind, tallies: TallyQuerySet) -> TallyQuerySet:
        """Choose the counts by what items have of their own: maker and, where they speak to somebody, audience."""
        maker, audience = self.made_by or ANYONE, None
        if self.made_by and self.made_by not in dict(kind.makers):
            return tallies.none()
        if self.audience:
            audience = Audience.objects.filter(slug=self.audience).values_list("pk", flat=True).first()
            if not audience:
                return tallies.none()
        # Django takes equality with None for an error.
        whom = Q(audience=audience) if audience else Q(audience__isnull=True)
        return tallies.filter(whom, made_by=maker)

    def items(self, kind: Kind) -> Q:
        """Return the condition on items of the reviews that were found."""
        condition = Q(made_by=self.made_by) if self.made_by else Q()
        return condition & Q(audiences__slug=self.audience) if self.audience and kind is RECOMMENDATIONS else condition


def selects(kind: Kind, filters: EvidenceFilters) -> list[reviews.Select]:
    """Return the form's selects with what the reader chose."""
    asked = [
        reviews.select("topic", _("Topic"), _("All topics"), reviews.topics(), filters.topic),
        reviews.select("year", _("Year"), _("All years"), reviews.years(), filters.year),
        reviews.select("study_type", _("Kind of study"), _("All kinds"), Study.StudyType.choices, filters.study_type),
        reviews.select("audience", str(kind.audience_label), _("Everyone"), reviews.audiences(), filters.audience),
    ]
    if kind.makers:
        asked.append(reviews.select(MADE_BY, str(kind.makers_label), _("Anyone"), kind.makers, filters.made_by))
    return asked


def chosen_labels(asked: list[reviews.Select]) -> list[str]:
    """Return what the reader chose, in words."""
    return [choice.label for select in asked for choice in select.choices if choice.is_chosen and choice.value]
