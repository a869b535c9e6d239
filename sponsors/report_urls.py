"""Where the report lies in the admin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from sponsors.report import SponsorshipReport, SponsorshipsReport
from sponsors.roles import sees_report

app_name = "sponsor_reports"

urlpatterns = [
    path("", SponsorshipsReport.as_view(), name="list"),
    path("results/", SponsorshipsReport.as_view(results_only=True), name="results"),
    path("<int:pk>/", SponsorshipReport.as_view(), name="sponsorship"),
]


class ReportMenuItem(MenuItem):
    """Leads to the report, for who may see it."""

    def __init__(self, **kwargs: Any) -> None:
        address = reverse("sponsor_reports:list")
        super().__init__(_("Sponsorships"), address, name="sponsorships", icon_name="calendar-alt", **kwargs)

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the user may see the report."""
        return sees_report(request.user)
