"""The report as files to take away: what is shown, as CSV or XLSX."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from sponsors.report_figures import Figures

# What a spreadsheet takes for the beginning of a formula when it opens a CSV file, wide forms included.
FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


def as_text(value: str) -> str:
    """Return the words so that no spreadsheet takes them for a formula: editors' titles are not its to run."""
    return f"'{value}" if value.startswith(FORMULA) else value


def rounded(rate: float | None) -> float | str:
    """Return a rate as files hold it; nothing where there is none."""
    return "" if rate is None else round(rate, 2)


class ReportFiles(SpreadsheetExportMixin):
    """Wagtail's files, with text that stays text. An XLSX file marks it as text already."""

    custom_value_preprocess: ClassVar[dict[Any, Any]] = {
        **SpreadsheetExportMixin.custom_value_preprocess,
        str: {SpreadsheetExportMixin.FORMAT_CSV: as_text},
    }
    custom_field_preprocess: ClassVar[dict[str, Any]] = {
        "rate": dict.fromkeys(SpreadsheetExportMixin.FORMATS, rounded),
    }
    export_headings: ClassVar[dict[str, Any]] = {
        "sponsor.name": _("Sponsor"),
        "subject": _("What is sponsored"),
        "starts_on": _("First day"),
        "ends_on": _("Last day"),
        "week": _("Week from Monday"),
        "title": _("Page"),
        "views": _("Page views"),
        "clicks": _("Clicks"),
        "rate": _("Clicks per 100 views"),
    }


Table = tuple[list[str], Callable[[Figures], Any]]
TABLES: dict[str, Table] = {
    "weeks": (["week", "views", "clicks", "rate"], lambda figures: figures.weeks),
    "pages": (["title", "views", "clicks", "rate"], lambda figures: figures.pages),
    "weeks-and-pages": (["week", "title", "views", "clicks", "rate"], lambda figures: figures.weeks_of_pages()),
}
