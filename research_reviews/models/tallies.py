"""What listed reviews hold, counted, so that lists of a million items are found by counting reviews.

Written by `research_reviews.tallies`, nobody else, along with the rows of evidence that are counted. Nothing here is a
use of a topic or an audience that editors would want to be told of.
"""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from core.page_cache import until_change
from core.querysets import listing_time
from research_reviews.models.studies import Study

# In the place of a maker: whoever made it.
ANYONE = "any"


class SourceQuerySet(models.QuerySet):
    """Reviews that are counted."""

    def expired(self) -> Self:
        """Keep those whose time has passed and which the worker has not taken down yet."""
        return self.filter(expire_at__lte=listing_time())

    def have_expired(self) -> bool:
        """Whether there are such now. Each process asks once a content generation."""
        return until_change("expired-evidence", self.expired().exists)


class EvidenceSource(models.Model):
    """A listed review, as the lists of evidence know it. Its being there says that the review's rows are written."""

    review = models.OneToOneField(
        "research_reviews.ReviewPage", primary_key=True, on_delete=models.CASCADE, related_name="evidence_source"
    )
    published_on = models.DateField(_("date"))
    expire_at = models.DateTimeField(null=True)
    topics = models.ManyToManyField("research_reviews.TopicPage", related_name="+")

    objects = SourceQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        indexes = [
            models.Index(fields=["expire_at"], condition=Q(expire_at__isnull=False), name="evidence_source_expiry")
        ]

    def __str__(self) -> str:
        return str(self.review)


class SourceStudyType(models.Model):
    """A kind of study that a review is about."""

    source = models.ForeignKey(EvidenceSource, on_delete=models.CASCADE, related_name="study_types")
    study_type = models.CharField(max_length=30, choices=Study.StudyType.choices)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["study_type", "source"], name="one_study_type_a_source")]

    def __str__(self) -> str:
        return self.get_study_type_display()


class TallyQuerySet(models.QuerySet):
    """Counts, asked for as lists ask."""

    def listed(self) -> Self:
        """Keep the counts of listed reviews: all, but for those whose time has passed since they were counted."""
        if not EvidenceSource.objects.have_expired():
            return self
        return self.filter(~Exists(EvidenceSource.objects.expired().filter(pk=OuterRef("source"))))


class Tally(models.Model):
    """How many items of a kind a review holds: all, or those to an audience, or of a maker, or both.

    Findings and quotes speak to nobody themselves: they count for every audience of their review's recommendations.
    """

    source = models.ForeignKey(EvidenceSource, on_delete=models.CASCADE, related_name="tallies")
    kind = models.CharField(max_length=14)
    audience = models.ForeignKey("research_reviews.Audience", null=True, on_delete=models.CASCADE, related_name="+")
    made_by = models.CharField(max_length=20, default=ANYONE)
    published_on = models.DateField()
    number = models.PositiveIntegerField()

    objects = TallyQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        # All that a list reads, in its order: the table itself is left alone. The one for everybody is apart, because
        # PostgreSQL does not see that what has no audience is in order.
        indexes = [
            models.Index(
                fields=["kind", "made_by", "-published_on", "-source", "number"],
                condition=Q(audience__isnull=True),
                name="tally_of_everybody",
            ),
            models.Index(
                fields=["kind", "audience", "made_by", "-published_on", "-source", "number"],
                condition=Q(audience__isnull=False),
                name="tally_of_audience",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.number} × {self.kind}"


class MapCell(models.Model):
    """A cell of the map of evidence: recommendations to an audience, or reviews of a kind of study, in a topic."""

    topic = models.ForeignKey("research_reviews.TopicPage", on_delete=models.CASCADE, related_name="+")
    audience = models.ForeignKey("research_reviews.Audience", null=True, on_delete=models.CASCADE, related_name="+")
    study_type = models.CharField(max_length=30, choices=Study.StudyType.choices, blank=True)
    number = models.IntegerField(default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "audience"], condition=Q(audience__isnull=False), name="one_cell_an_audience"
            ),
            models.UniqueConstraint(
                fields=["topic", "study_type"], condition=Q(audience__isnull=True), name="one_cell_a_study_type"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic} × {self.audience or self.get_study_type_display()}: {self.number}"

    @property
    def place(self) -> tuple[int, int | None, str]:
        """Where the cell stands in the map."""
        return self.topic_id, self.audience_id, self.study_type
