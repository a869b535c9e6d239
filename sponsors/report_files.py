"""The report as files to take away: what is shown, as CSV or XLSX."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from core.spreadsheets import TEXT_STAYS_TEXT
from sponsors.report_figures import Figures


def rounded(rate: float | None) -> float | str:
    """Return a rate as files hold it; nothing where there is none."""
    return "" if rate is None else round(rate, 2)


class ReportFiles(SpreadsheetExportMixin):
    """Wagtail's files, with text that stays text."""

    custom_value_preprocess = TEXT_STAYS_TEXT
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
