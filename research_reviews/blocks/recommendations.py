"""What is recommended, by whom and to whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from core.blocks import ShortProseBlock

STUDY_AUTHORS = "study_authors"
REVIEWER = "reviewer"
OTHER_BODY = "other"

MADE_BY = [
    (STUDY_AUTHORS, _("The study’s authors")),
    (REVIEWER, _("The reviewer")),
    (OTHER_BODY, _("Another body")),
]


class RecommendationBlock(blocks.StructBlock):
    """One recommendation and the people who could act on it."""

    text = ShortProseBlock(label=_("Recommendation"))
    audiences = blocks.ListBlock(
        SnippetChooserBlock("research_reviews.Audience", label=_("Audience")),
        label=_("For"),
        default=[],
        help_text=_("Who could act on it, such as prison staff or commissioners."),
    )

    class Meta:
        icon = "tick-inverse"
        label = _("Recommendation")
        label_format = "{text}"
        description = _("One recommendation and the people who could act on it.")
        preview_value = {"text": "<p>Train every peer supporter before their first shift.</p>", "audiences": []}


@dataclass(frozen=True)
class Recommendation:
    """A recommendation in its place."""

    block_id: str
    value: blocks.StructValue

    @property
    def anchor(self) -> str:
        """The part of the address that leads to the recommendation. It stays when items are reordered."""
        return f"recommendation-{self.block_id}"


class RecommendationsValue(blocks.StructValue):
    """Who recommends, and the items in their order."""

    @property
    def attribution(self) -> str:
        """Who makes the recommendations, in words; empty where the editor has not said."""
        if self.get("made_by") == OTHER_BODY:
            return str(self.get("other_body") or "")
        return str(dict(MADE_BY).get(self.get("made_by") or "", ""))

    @property
    def recommendations(self) -> list[Recommendation]:
        """Every item with its permalink."""
        children: Any = self["items"].bound_blocks
        return [Recommendation(child.id, child.value) for child in children]


class RecommendationsBlock(blocks.StructBlock):
    """An ordered list of recommendations, with who makes them."""

    heading = blocks.CharBlock(max_length=200, default=_("Recommendations"), label=_("Heading"))
    made_by = blocks.ChoiceBlock(choices=MADE_BY, required=False, label=_("Made by"))
    other_body = blocks.CharBlock(max_length=200, required=False, label=_("Name of the other body"))
    introduction = ShortProseBlock(required=False, label=_("Introduction"))
    items = blocks.ListBlock(RecommendationBlock(), label=_("Recommendations"), min_num=1)

    class Meta:
        icon = "tick-inverse"
        label = _("Recommendations")
        label_format = "{made_by}"
        value_class = RecommendationsValue
        template = "blocks/recommendations.html"
        description = _("What should change, who says so, and who could act on it.")
        preview_value = {
            "heading": "Recommendations",
            "made_by": STUDY_AUTHORS,
            "introduction": "<p>The authors ask for three changes:</p>",
            "items": [{"text": "<p>Train every peer supporter before their first shift.</p>", "audiences": []}],
        }
