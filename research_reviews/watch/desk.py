"""Where the report on notices lies in the admin, how one is dealt with, and where editors are told of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLResolver, include, path
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from research_reviews.models import StudyNotice
from research_reviews.watch.report import NoticesReport, doing, open_notices, part, policy, report_url, sees_notices

MOST_IN_PANEL = 5


@require_POST
def deal(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Mark a notice as dealt with, or take that back, and lead to where the user was. Raises PermissionDenied."""
    if not policy.user_has_permission(request.user, "change"):
        raise PermissionDenied
    notice = get_object_or_404(StudyNotice.objects.select_related("study"), pk=pk)
    is_done = action == "done"
    # Whoever did it first stays named.
    rows = StudyNotice.objects.filter(pk=pk, dealt_with_at__isnull=is_done)
    rows.update(dealt_with_at=timezone.now() if is_done else None, dealt_with_by=request.user if is_done else None)
    text = _("“%(study)s”: marked as dealt with.") if is_done else _("“%(study)s”: to be dealt with again.")
    messages.success(request, text % {"study": notice.study.title})
    return redirect(place_of(request))


def place_of(request: HttpRequest) -> str:
    """Return where the user was, or the report."""
    place = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(place, {request.get_host()}, require_https=request.is_secure())
    return place if is_ours else report_url()


app_name = "study_notices"

urlpatterns = [
    path("", NoticesReport.as_view(), name="list"),
    path("results/", NoticesReport.as_view(results_only=True), name="results"),
    path("<int:pk>/done/", deal, {"action": "done"}, name="done"),
    path("<int:pk>/again/", deal, {"action": "again"}, name="again"),
]


def urls() -> list[URLResolver]:
    """Serve the report at /admin/reports/study-notices/ (register_admin_urls)."""
    return [path("reports/study-notices/", include((urlpatterns, app_name)))]


def menu_item() -> MenuItem:
    """List the report among Wagtail's own (register_reports_menu_item)."""
    return NoticesMenuItem(order=650)


def add_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Tell editors of what waits on the first page of the admin (construct_homepage_panels)."""
    if sees_notices(request):
        panels.append(NoticesPanel())


class NoticesMenuItem(MenuItem):
    """Leads to the report, and says how many notices wait."""

    def __init__(self, **kwargs: Any) -> None:
        label = gettext_lazy("Studies with notices")
        super().__init__(label, report_url(), name="study-notices", icon_name="warning", **kwargs)

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the user may see the report."""
        return sees_notices(request)

    def render_component(self, request: HttpRequest) -> Any:
        """Return the item with how many notices wait."""
        component = super().render_component(request)
        if number := open_notices().count():
            component.label = f"{self.label} ({number})"
        return component


class NoticesPanel(Component):
    """The notices that wait, on the first page of the admin; nothing where none does."""

    name = "study_notices"
    template_name = "research_reviews/admin/notices/panel.html"
    order = 150

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Return the newest of them, with their reviews, and how many there are."""
        notices = open_notices()
        shown = notices.newest_first().select_related("study").prefetch_related("study__review_links__review")
        request = (parent_context or {})["request"]
        return {
            **doing(request),
            "parts": [part(name) for name in ("study", "kind", "reviews", "state")],
            "notices": list(shown[:MOST_IN_PANEL]),
            "number": notices.count(),
            "report_url": report_url(state="open", reviewed="yes"),
        }
