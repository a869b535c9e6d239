"""Which reviews a review leads to: chosen by its editor, and found when it was published."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable


class RelatedQuerySet(models.QuerySet):
    """Rows as the public may follow them."""

    def listed(self) -> Self:
        """Keep the rows that lead to listed reviews."""
        from research_reviews.models.pages import ReviewPage

        return self.filter(related__in=ReviewPage.objects.listed().values("pk"))


class ChosenReview(Orderable):
    """A review that the editor leads readers to, in the editor's order. Part of the review's content."""

    review = ParentalKey("research_reviews.ReviewPage", on_delete=models.CASCADE, related_name="chosen_reviews")
    chosen = models.ForeignKey(
        "research_reviews.ReviewPage", verbose_name=_("review"), on_delete=models.CASCADE, related_name="+"
    )

    class Meta(Orderable.Meta):
        verbose_name = _("related review")
        verbose_name_plural = _("related reviews")

    def __str__(self) -> str:
        return str(self.chosen)


class RelatedReview(models.Model):
    """A review that readers of another are led to: chosen or found. `research_reviews.related` writes these rows."""

    review = models.ForeignKey("research_reviews.ReviewPage", on_delete=models.CASCADE, related_name="related_rows")
    related = models.ForeignKey("research_reviews.ReviewPage", on_delete=models.CASCADE, related_name="+")
    sort_order = models.PositiveSmallIntegerField()

    objects = RelatedQuerySet.as_manager()

    class Meta:
        ordering = ["review", "sort_order"]
        constraints = [models.UniqueConstraint(fields=["review", "related"], name="related_once")]

    def __str__(self) -> str:
        return str(self.related)
