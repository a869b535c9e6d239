"""Files of the admin for spreadsheets, in which what people wrote stays text."""

from __future__ import annotations

from typing import Any

from wagtail.admin.views.mixins import SpreadsheetExportMixin

# What a spreadsheet takes for the beginning of a formula when it opens a CSV file, wide forms included.
FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


def as_text(value: str) -> str:
    """Return the words so that no spreadsheet takes them for a formula: what others wrote is not its to run."""
    return f"'{value}" if value.startswith(FORMULA) else value


# For `custom_value_preprocess` of a view that exports. An XLSX file marks text as such already.
TEXT_STAYS_TEXT: dict[Any, Any] = {
    **SpreadsheetExportMixin.custom_value_preprocess,
    str: {SpreadsheetExportMixin.FORMAT_CSV: as_text},
}
