"""Blocks that every app's bodies share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock
from wagtail.rich_text import RichText, expand_db_html

from core.rich_text import INLINE_FEATURES, PROSE_FEATURES, clean


class Prose(RichText):
    """Rich text that is written out without a template around it: a review holds dozens."""

    def __html__(self) -> str:
        return expand_db_html(self.source)


class ProseBlock(blocks.RichTextBlock):
    """Rich text that holds only what the site's typography knows."""

    def __init__(self, features: list[str] | None = None, **kwargs: Any) -> None:
        super().__init__(features=features or PROSE_FEATURES, **kwargs)

    def to_python(self, value: str) -> Prose:
        """Return the stored text as rich text, cleaned of what it may not hold."""
        return Prose(clean(value))

    def get_prep_value(self, value: RichText) -> str:
        """Return the text to store, cleaned of what it may not hold."""
        return clean(super().get_prep_value(value))

    class Meta:
        icon = "pilcrow"
        template = "blocks/prose.html"
        description = _("Paragraphs, lists, links and small headings.")
        preview_value = "<p>People who had used the service described it as a turning point.</p>"


class ShortProseBlock(ProseBlock):
    """One or a few sentences: no lists, no headings."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", INLINE_FEATURES)
        super().__init__(**kwargs)


class SectionBlock(blocks.StructBlock):
    """A heading of the second level, which the table of contents lists, and the text below it."""

    heading = blocks.CharBlock(max_length=200, label=_("Heading"))
    body = ProseBlock(label=_("Text"))

    class Meta:
        icon = "title"
        label = _("Section")
        label_format = "{heading}"
        template = "blocks/section.html"
        description = _("A heading and the text below it.")
        preview_value = {"heading": "Background", "body": "<p>One in four people in custody reports low mood.</p>"}


class FigureBlock(blocks.StructBlock):
    """An image with a caption. Credit and licence come from the image itself."""

    image = ImageBlock(label=_("Image"))
    caption = ShortProseBlock(required=False, label=_("Caption"))

    class Meta:
        icon = "image"
        label = _("Image")
        label_format = "{caption}"
        template = "blocks/image.html"
        description = _("A picture or a chart with its caption and credit.")
        preview_template = "blocks/previews/image.html"


@dataclass(frozen=True)
class Cell:
    """A cell of a table as a reader meets it."""

    content: Any
    is_heading: bool = False
    is_number: bool = False


class TableValue(blocks.StructValue):
    """The table's cells, with what each of them is."""

    @property
    def caption(self) -> str:
        """What the table shows, in one line."""
        return str(self["table"].caption).strip() if self["table"] else ""

    @property
    def headings(self) -> list[Cell]:
        """The head of each column."""
        return [Cell(column["heading"], True, holds_numbers(column["block"])) for column in self._columns]

    @property
    def rows(self) -> list[list[Cell]]:
        """The cells, row by row."""
        return [[self._cell(place, bound) for place, bound in enumerate(row)] for row in self["table"].rows]

    @property
    def _columns(self) -> list[dict[str, Any]]:
        return self["table"].columns if self["table"] else []

    def _cell(self, place: int, bound: Any) -> Cell:
        is_number = holds_numbers(bound.block)
        content = written_number(bound.value) if is_number else bound.value
        return Cell(content, place == 0 and bool(self.get("row_headings")), is_number)


def holds_numbers(block: blocks.Block) -> bool:
    """Whether the cells of a column of this block are set as figures."""
    return isinstance(block, blocks.FloatBlock)


def written_number(value: float | None) -> str:
    """Return a number as a reader writes it: no decimals where there are none."""
    if value is None:
        return ""
    return number_format(int(value) if float(value).is_integer() else value, use_l10n=True, force_grouping=True)


class TableBlock(blocks.StructBlock):
    """A table with a caption, which screen readers announce."""

    table = TypedTableBlock(
        [
            ("text", blocks.CharBlock(required=False)),
            ("number", blocks.FloatBlock(required=False)),
            ("rich_text", ShortProseBlock(required=False)),
        ],
        label=_("Table"),
        help_text=_("Its caption says in one line what the table shows."),
    )
    row_headings = blocks.BooleanBlock(
        required=False, label=_("First column holds headings"), help_text=_("Tick where each row begins with its name.")
    )

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Ask for a caption, but not of a draft. Raises StructBlockValidationError at the table."""
        value = super().clean(value)
        if not self.is_deferred_validation and not value.caption:
            message = _("Give the table a caption: one line that says what it shows.")
            raise blocks.StructBlockValidationError({"table": ValidationError(message)})
        return value

    class Meta:
        icon = "table"
        label = _("Table")
        value_class = TableValue
        template = "blocks/table.html"
        description = _("Figures side by side, with a caption.")
        preview_value = {
            "row_headings": True,
            "table": {
                "caption": "Who took part",
                "columns": [{"type": "text", "heading": "Group"}, {"type": "number", "heading": "People"}],
                "rows": [{"values": ["Listeners", 18]}, {"values": ["Staff", 9]}],
            },
        }


class DownloadBlock(blocks.StructBlock):
    """A document to download."""

    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(
        max_length=200, required=False, label=_("Title"), help_text=_("Only if it differs from the document's.")
    )

    class Meta:
        icon = "download"
        label = _("Download")
        label_format = "{title}"
        template = "blocks/download.html"
        description = _("A document that readers can download, with its type and size.")
        preview_template = "blocks/previews/download.html"


class CallOutBlock(blocks.StructBlock):
    """A few words set apart from the text."""

    heading = blocks.CharBlock(max_length=120, required=False, label=_("Heading"))
    text = ProseBlock(features=[*INLINE_FEATURES, "ol", "ul"], label=_("Text"))

    class Meta:
        icon = "info-circle"
        label = _("Call-out")
        label_format = "{heading}"
        template = "blocks/callout.html"
        description = _("A note set apart from the text, such as a definition or where to find help.")
        preview_value = {"heading": "What is a Listener?", "text": "<p>A prisoner trained to support others.</p>"}
