"""The report on sponsorships in the admin: for the owner all of them, for a sponsor its own."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.forms.widgets import Script
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.ui.tables import Column, NumberColumn, TitleColumn
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.reports import ReportView

from sponsors.models import Sponsorship
from sponsors.models.sponsorship import SponsorshipQuerySet
from sponsors.report_figures import Figures, Line, with_addresses, with_totals
from sponsors.report_files import TABLES, ReportFiles
from sponsors.roles import sees_every_sponsor, sees_report, visible_sponsorships

# The rest is in the files.
MOST_PAGES = 100


def shown_rate(line: Any) -> str:
    """Return the rate as it is read."""
    return "–" if line.rate is None else f"{line.rate:.2f}"


class ForSponsors:
    """Lets in who may see the report."""

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer who may see it. Raises PermissionDenied for others."""
        if not sees_report(request.user):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return response


class SponsorshipsReport(ForSponsors, ReportFiles, ReportView):
    """Every sponsorship with its totals."""

    page_title = _("Sponsorships")
    header_icon = "calendar-alt"
    model = Sponsorship
    index_url_name = "sponsor_reports:list"
    index_results_url_name = "sponsor_reports:results"
    results_template_name = "sponsors/admin/report_results.html"
    default_ordering = "-starts_on"
    columns = [
        TitleColumn(
            "sponsor",
            label=_("Sponsor and what is sponsored"),
            accessor=lambda sponsorship: f"{sponsorship.sponsor.name}: {sponsorship.subject}",
            url_name="sponsor_reports:sponsorship",
            sort_key="sponsor__name",
        ),
        Column("days", label=_("When"), sort_key="starts_on", classname="if-wide"),
        NumberColumn("views", label=_("Page views"), sort_key="views"),
        NumberColumn("clicks", label=_("Clicks"), sort_key="clicks"),
        Column("rate", label=_("Clicks per 100 views"), accessor=shown_rate, sort_key="rate", classname="if-wide"),
    ]
    list_export: ClassVar[list[str]] = [
        *("sponsor.name", "subject", "starts_on", "ends_on"),
        *("views", "clicks", "rate"),
    ]
    export_filename = "sponsorships"

    def get_base_queryset(self) -> SponsorshipQuerySet:
        """Return the sponsorships that the user may see, with their totals."""
        return with_totals(visible_sponsorships(self.request.user))

    @cached_property
    def no_results_message(self) -> str:
        """Say why there is nothing, and what to do about it."""
        if sees_every_sponsor(self.request.user):
            return gettext("There is no sponsorship yet. Add one under Sponsors: views are counted from its first day.")
        return gettext("No sponsorship names you as a contact yet. Ask the people who run this site to add you.")


class DaysForm(forms.Form):
    """From which day to which."""

    first = forms.DateField(label=_("From"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    last = forms.DateField(label=_("To"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning. Raises ValidationError."""
        days: dict[str, Any] = super().clean() or {}
        if days.get("first") and days.get("last") and days["last"] < days["first"]:
            raise forms.ValidationError(_("The last day is before the first. All days are shown instead."))
        return days


class SponsorshipReport(ForSponsors, ReportFiles, WagtailAdminTemplateMixin, TemplateView):
    """One sponsorship: by week as a chart and a table, and by page."""

    template_name = "sponsors/admin/report.html"
    header_icon = "calendar-alt"
    show_export_buttons = False

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Read which days and which file are asked for."""
        super().setup(request, *args, **kwargs)
        self.days = DaysForm(request.GET if {"first", "last"} & request.GET.keys() else None)
        self.table = request.GET.get("table", "")

    @cached_property
    def sponsorship(self) -> Sponsorship:
        """The sponsorship, if the user may see it. Raises Http404."""
        return get_object_or_404(visible_sponsorships(self.request.user), pk=self.kwargs["pk"])

    @cached_property
    def figures(self) -> Figures:
        """What was counted on the days asked for; on all where they cannot be understood."""
        days = self.days.cleaned_data if self.days.is_valid() else {}
        return Figures(self.sponsorship, days.get("first"), days.get("last"))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Show the page, or hand over the file that is asked for."""
        if not (self.is_export and self.table in TABLES):
            return super().get(request, *args, **kwargs)
        self.list_export, rows = TABLES[self.table]
        return self.as_spreadsheet(rows(self.figures), request.GET["export"])

    def get_filename(self) -> str:
        """Name the file by who, what and when."""
        days = (f"{day:%Y-%m-%d}" for day in self.figures.span)
        return "-".join((slugify(self.sponsorship.sponsor.name) or "sponsor", self.table, *days))

    def get_page_title(self) -> str:
        """Name the sponsor."""
        return self.sponsorship.sponsor.name

    def get_page_subtitle(self) -> str:
        """Name what is sponsored."""
        return self.sponsorship.subject

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the list."""
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        back = {"url": reverse_lazy("sponsor_reports:list"), "label": _("Sponsorships")}
        return [*self.breadcrumbs_items, back, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the figures, the chart's data, the files and the days."""
        figures = self.figures
        return {
            **super().get_context_data(**kwargs),
            "sponsorship": self.sponsorship,
            "figures": figures,
            "pages": with_addresses(figures.pages[:MOST_PAGES]),
            "left_out": len(figures.pages) - MOST_PAGES,
            "chart": chart(figures.weeks),
            "files": self.files(),
            "days": self.days,
            "site_zone": settings.TIME_ZONE,
            "address": reverse("sponsor_reports:sponsorship", args=[self.sponsorship.pk]),
            "media": MEDIA,
        }

    def files(self) -> dict[str, dict[str, str]]:
        """Return where each table is to be had, by table and kind of file."""
        chosen = self.request.GET.copy()
        found: dict[str, dict[str, str]] = {}
        for table in TABLES:
            for kind in self.FORMATS:
                chosen["table"], chosen["export"] = table, kind
                found.setdefault(table.replace("-", "_"), {})[kind] = f"?{chosen.urlencode()}"
        return found


def chart(weeks: list[Line]) -> dict[str, Any]:
    """Return what the script draws: the weeks' names and figures."""
    return {
        "weeks": [date_format(line.week, "j M Y") for line in weeks if line.week],
        "views": [line.views for line in weeks],
        "clicks": [line.clicks for line in weeks],
    }


MEDIA = forms.Media(
    js=["vendor/chartjs/chart-4.6.1.umd.min.js", Script("js/sponsor-report.js", type="module")],  # type: ignore[list-item]
    css={"all": ["css/admin/sponsor-report.css"]},
)
