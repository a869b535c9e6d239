"""What reviews say, as rows: so that findings, quotes and recommendations can be listed across reviews.

The rows are a copy of what stands in the published reviews. `research_reviews.evidence` writes them, nobody else.
"""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from research_reviews.blocks.credits import Contribution
from research_reviews.blocks.recommendations import MADE_BY


class EvidenceQuerySet(models.QuerySet):
    """Rows as the public may meet them."""

    def listed(self) -> Self:
        """Keep the rows of listed reviews."""
        from research_reviews.models.pages import ReviewPage

        return self.filter(review__in=ReviewPage.objects.listed().values("pk"))


class EvidenceItem(models.Model):
    """A numbered part of a published review, with its permalink."""

    review = models.ForeignKey("research_reviews.ReviewPage", on_delete=models.CASCADE, related_name="%(class)ss")
    block_id = models.CharField(max_length=64)
    sort_order = models.PositiveIntegerField()

    objects = EvidenceQuerySet.as_manager()
    anchor_prefix = ""

    class Meta:
        abstract = True
        ordering = ["review", "sort_order"]
        constraints = [models.UniqueConstraint(fields=["review", "block_id"], name="one_%(class)s_a_block")]

    @property
    def anchor(self) -> str:
        """The part of the review's address that leads to this item."""
        return f"{self.anchor_prefix}-{self.block_id}"

    def get_absolute_url(self) -> str:
        """The permalink: the review's address with the item's anchor."""
        return f"{self.review.url}#{self.anchor}"


class Finding(EvidenceItem):
    """A key issue that a study found."""

    label = models.CharField(_("issue"), max_length=200)
    heading = models.CharField(_("heading"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    anchor_prefix = "finding"

    def __str__(self) -> str:
        return self.label


class Voice(models.TextChoices):
    """Who speaks in a quote, as far as readers can tell."""

    NAMED = "named", _("People with a profile here")
    DESCRIBED = "described", _("People in a study, and others")
    DOCUMENT = "document", _("Documents")


class Quote(EvidenceItem):
    """Words that a review quotes."""

    finding = models.ForeignKey(Finding, null=True, blank=True, on_delete=models.CASCADE, related_name="quotes")
    words = models.TextField(_("words"))
    person = models.ForeignKey(
        "research_reviews.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="quotes"
    )
    speaker = models.CharField(_("who"), max_length=255, blank=True)
    made_by = models.CharField(_("kind of speaker"), max_length=20, choices=Voice.choices, default=Voice.DOCUMENT)
    source = models.CharField(_("source"), max_length=250, blank=True)
    page = models.CharField(_("page or paragraph"), max_length=50, blank=True)
    anchor_prefix = "quote"

    def __str__(self) -> str:
        return self.words[:80]


class Recommendation(EvidenceItem):
    """A recommendation, who makes it and to whom."""

    text = models.TextField(_("recommendation"))
    made_by = models.CharField(_("made by"), max_length=20, choices=MADE_BY, blank=True, db_index=True)
    attribution = models.CharField(_("attribution"), max_length=255, blank=True)
    audiences = models.ManyToManyField("research_reviews.Audience", blank=True, related_name="recommendations")
    anchor_prefix = "recommendation"

    def __str__(self) -> str:
        return self.text[:80]


class Credit(models.Model):
    """A person credited on a published review."""

    review = models.ForeignKey("research_reviews.ReviewPage", on_delete=models.CASCADE, related_name="credit_rows")
    person = models.ForeignKey("research_reviews.Person", on_delete=models.CASCADE, related_name="credits")
    contribution = models.CharField(_("contribution"), max_length=20, choices=Contribution.choices)
    descriptor = models.CharField(_("descriptor"), max_length=120, blank=True)
    sort_order = models.PositiveIntegerField()

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["review", "sort_order"]
        indexes = [models.Index(fields=["person", "contribution"], name="credit_person")]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_contribution_display()}"
