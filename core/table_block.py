"""The table that every app's bodies share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from core.blocks import ShortProseBlock


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
