"""The body of a review: every block, grouped as the chooser shows them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.blocks import CallOutBlock, DownloadBlock, FigureBlock, LeftoverBlock, SectionBlock
from core.embeds import EmbedBlock
from core.table_block import TableBlock
from research_reviews.blocks.context import (
    ConclusionBlock,
    EvidenceStrengthBlock,
    LimitationsBlock,
    LivedExperienceBlock,
    PracticeImplicationsBlock,
)
from research_reviews.blocks.findings import FindingsBlock
from research_reviews.blocks.quotes import AuthorResponseBlock, QuoteBlock
from research_reviews.blocks.recommendations import RecommendationsBlock

EVIDENCE = _("What the study says")
CONTEXT = _("What it means")
MATERIAL = _("Material")


class ReviewBodyBlock(blocks.StreamBlock):
    """Everything that a review's body can hold."""

    section = SectionBlock(group=EVIDENCE)
    findings = FindingsBlock(group=EVIDENCE)
    quote = QuoteBlock(group=EVIDENCE)
    recommendations = RecommendationsBlock(group=EVIDENCE)
    conclusion = ConclusionBlock(group=CONTEXT)
    practice_implications = PracticeImplicationsBlock(group=CONTEXT)
    limitations = LimitationsBlock(group=CONTEXT)
    lived_experience = LivedExperienceBlock(group=CONTEXT)
    evidence_strength = EvidenceStrengthBlock(group=CONTEXT)
    author_response = AuthorResponseBlock(group=CONTEXT)
    image = FigureBlock(group=MATERIAL)
    table = TableBlock(group=MATERIAL)
    embed = EmbedBlock(group=MATERIAL)
    download = DownloadBlock(group=MATERIAL)
    callout = CallOutBlock(group=MATERIAL)
    leftover = LeftoverBlock(group=MATERIAL)

    class Meta:
        icon = "doc-full"
        required = False
        description = _("The review itself, block by block.")
