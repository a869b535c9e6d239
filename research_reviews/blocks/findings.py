"""What the study found, issue by issue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.blocks import LEFTOVER, FigureBlock, LeftoverBlock, ProseBlock, ShortProseBlock
from research_reviews.blocks.quotes import QuoteBlock


class IssueBodyBlock(blocks.StreamBlock):
    """The section of one issue: prose, the quotes that carry it, and images."""

    prose = ProseBlock(label=_("Text"))
    quote = QuoteBlock()
    image = FigureBlock()
    leftover = LeftoverBlock()

    class Meta:
        icon = "doc-full"
        required = False
        description = _("The issue's own section: text, quotes and images.")


class IssueValue(blocks.StructValue):
    """How the issue is named in its own section."""

    @property
    def heading(self) -> str:
        """The section heading: the editor's own, or the label from the list."""
        return self.get("own_heading") or self["label"]

    @property
    def has_section(self) -> bool:
        """Whether the issue has a section of its own below the list: something in it that readers see."""
        body: Any = self.get("body")
        return bool(body) and any(block["type"] != LEFTOVER for block in body.raw_data)


class IssueBlock(blocks.StructBlock):
    """One key issue: always a line in the numbered list, and a section of its own where it has a body."""

    label = blocks.CharBlock(max_length=200, label=_("Issue"), help_text=_("One line. The numbered list shows it."))
    own_heading = blocks.CharBlock(
        max_length=200,
        required=False,
        label=_("Heading"),
        help_text=_("Only if the section's heading differs from the line above."),
    )
    body = IssueBodyBlock(
        required=False, label=_("Section"), help_text=_("May be empty: then the issue is only a line in the list.")
    )

    class Meta:
        icon = "list-ol"
        label = _("Issue")
        label_format = "{label}"
        value_class = IssueValue
        description = _("One key issue: a line in the list, and a section where it has text.")
        preview_value = {"label": "Inconsistent training"}


@dataclass(frozen=True)
class Issue:
    """An issue in its place: what the template needs to number and link it."""

    number: int
    block_id: str
    value: IssueValue

    @property
    def anchor(self) -> str:
        """The part of the address that leads to the issue. It stays when issues are reordered."""
        return f"finding-{self.block_id}"


class FindingsValue(blocks.StructValue):
    """The issues in their order."""

    @property
    def numbered_issues(self) -> list[Issue]:
        """Every issue with its number and its permalink."""
        children: Any = self["issues"].bound_blocks
        return [Issue(number, child.id, child.value) for number, child in enumerate(children, start=1)]

    @property
    def sections(self) -> list[Issue]:
        """The issues that have a section of their own."""
        return [issue for issue in self.numbered_issues if issue.value.has_section]


class FindingsBlock(blocks.StructBlock):
    """The key issues that the study found, announced as a numbered list and then told one by one."""

    heading = blocks.CharBlock(max_length=200, default=_("Key findings"), label=_("Heading"))
    introduction = ShortProseBlock(
        required=False, label=_("Introduction"), help_text=_("Such as “The authors name four key issues:”.")
    )
    issues = blocks.ListBlock(IssueBlock(), label=_("Issues"), min_num=1)

    class Meta:
        icon = "list-ol"
        label = _("Findings")
        label_format = "{introduction}"
        value_class = FindingsValue
        template = "blocks/findings.html"
        description = _("The key issues as a numbered list; an issue with text gets a section of its own.")
        preview_value = {
            "heading": "Key findings",
            "introduction": "<p>Two issues stand out:</p>",
            "issues": [
                {
                    "label": "Inconsistent training",
                    "body": [{"type": "prose", "value": "<p>Training ran from two hours to three days.</p>"}],
                },
                {"label": "No quiet room"},
            ],
        }
