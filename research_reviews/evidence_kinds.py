"""The kinds of evidence that are listed across reviews: findings, recommendations, quotes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from research_reviews.blocks.recommendations import MADE_BY
from research_reviews.models import Finding, Quote, Recommendation
from research_reviews.models.evidence import Voice


@dataclass(frozen=True)
class Kind:
    """A kind of evidence, and how its list speaks of it."""

    # Also the first part of its addresses.
    name: str
    model: type[Finding | Quote | Recommendation]
    title: Any
    introduction: Any
    number: Any
    template: str
    none_yet: Any
    none_found: Any
    # What "audience" asks of it: only recommendations have audiences of their own.
    audience_label: Any
    # Who can have made it, and how a reader is asked for that; nothing where it has no meaning.
    makers: Sequence[tuple[str, Any]] = ()
    makers_label: Any = ""

    @property
    def counted_as(self) -> str:
        """What it is called in the counts."""
        return self.model.anchor_prefix

    def address(self, view: str = "") -> str:
        """Return the address of its list, or of the list's feed, atom or export in a format."""
        return reverse(f"research_reviews:{'_'.join(filter(None, (self.name, view)))}")

    def count_text(self, number: int) -> str:
        """Return how many there are, in words."""
        return str(self.number % {"number": number})


FINDINGS = Kind(
    name="findings",
    model=Finding,
    template="components/evidence_finding.html",
    title=_("Findings"),
    introduction=_("What studies found, issue by issue, across all reviews. The newest review comes first."),
    number=ngettext_lazy("%(number)d finding", "%(number)d findings", "number"),
    none_yet=_("There are no findings here yet."),
    none_found=_("No finding matches what you chose. This may be a gap in research, or in what we have reviewed."),
    audience_label=_("In reviews that recommend to"),
)
RECOMMENDATIONS = Kind(
    name="recommendations",
    model=Recommendation,
    template="components/evidence_recommendation.html",
    title=_("Recommendations"),
    introduction=_("What should change, who says so and who could act on it, across all reviews."),
    number=ngettext_lazy("%(number)d recommendation", "%(number)d recommendations", "number"),
    none_yet=_("There are no recommendations here yet."),
    none_found=_(
        "No recommendation matches what you chose. This may be a gap in research, or in what we have reviewed."
    ),
    audience_label=_("To whom"),
    makers=MADE_BY,
    makers_label=_("Made by"),
)
QUOTES = Kind(
    name="quotes",
    model=Quote,
    template="components/evidence_quote.html",
    title=_("Quotes"),
    introduction=_("What people say in studies, and what documents say, across all reviews, each with its source."),
    number=ngettext_lazy("%(number)d quote", "%(number)d quotes", "number"),
    none_yet=_("There are no quotes here yet."),
    none_found=_("No quote matches what you chose."),
    audience_label=_("In reviews that recommend to"),
    makers=Voice.choices,
    makers_label=_("Words of"),
)
KINDS = (FINDINGS, RECOMMENDATIONS, QUOTES)
