"""Imports from WordPress in the admin: looked through first, and only then begun."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from wordpress_import import drop
from wordpress_import.forms import ImportForm
from wordpress_import.models import ImportRun, Outcome
from wordpress_import.writing.reports import OUTCOMES, write_csv

PERMISSION = "wordpress_import.add_importrun"
State = ImportRun.State
MOST_SHOWN = 200
# From which states to which, by what is pressed.
STEPS = {
    "import": ([State.CHECKED], State.RUNNING),
    "stop": ([State.RUNNING, State.CHECKING], State.STOPPED),
    "resume": ([State.STOPPED], State.RUNNING),
    "again": ([State.DONE], State.RUNNING),
    "retry": ([State.DONE], State.RUNNING),
}


KINDS = {
    "post": gettext_lazy("Posts"),
    "page": gettext_lazy("Pages"),
    "attachment": gettext_lazy("Images and files"),
    "file": gettext_lazy("Other files"),
    "author": gettext_lazy("Authors"),
    "category": gettext_lazy("Categories"),
    "comment": gettext_lazy("Comments"),
    "pingback": gettext_lazy("Pingbacks"),
    "trackback": gettext_lazy("Trackbacks"),
    "guest-author": gettext_lazy("Guest authors"),
    "nav_menu_item": gettext_lazy("Entries of menus"),
    "wp_block": gettext_lazy("Reusable blocks"),
}


def counted(run: ImportRun) -> list[tuple[str, dict[str, int]]]:
    """Return the numbers by kind, in the order in which they matter."""
    order = list(KINDS)
    return sorted(run.counts.items(), key=lambda pair: (order.index(pair[0]) if pair[0] in order else 99, pair[0]))


class ForOwners(WagtailAdminTemplateMixin, TemplateView):
    """A page of the admin for those who may bring a site in."""

    page_title = gettext_lazy("Import from WordPress")
    header_icon = "upload"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer who may. Raises PermissionDenied for others."""
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the list of imports."""
        here = {"url": "", "label": self.get_page_subtitle() or self.get_page_title()}
        first = {"url": reverse("wordpress_imports"), "label": self.page_title}
        return [*self.breadcrumbs_items, first, here] if self.get_page_subtitle() else [*self.breadcrumbs_items, here]


class ImportsView(ForOwners):
    """Takes exports, and shows what has become of others."""

    template_name = "wordpress_import/admin/imports.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the form and the imports of before."""
        runs = ImportRun.objects.select_related("made_by").defer("report", "problems")[:50]
        return super().get_context_data(runs=runs, **{"form": ImportForm(), **kwargs})

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep the exports, and let the worker look through them."""
        form = ImportForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        return redirect("wordpress_import", form.save(request.user).pk)


class ImportView(ForOwners):
    """One import: what was found, how far it is, what came of it."""

    template_name = "wordpress_import/admin/import.html"

    @cached_property
    def run(self) -> ImportRun:
        """The import. Raises Http404."""
        return get_object_or_404(ImportRun, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        """Name the files."""
        return str(self.run)[:80]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the numbers and what should be read."""
        run = self.run
        failed = [row for row in run.report if row["outcome"] == Outcome.FAILED]
        told = [row for row in run.report if row["outcome"] != Outcome.FAILED and row["reason"]]
        return super().get_context_data(
            run=run,
            outcomes=[outcome.label for outcome in OUTCOMES],
            numbers=[(KINDS.get(kind, kind), [of.get(o) for o in OUTCOMES]) for kind, of in counted(run)],
            failed=failed[:MOST_SHOWN],
            told=told[:MOST_SHOWN],
            problems=run.problems[:MOST_SHOWN],
            **kwargs,
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do what was pressed, where it still makes sense."""
        action = request.POST.get("action", "")
        if action == "delete":
            return self.delete()
        if action in STEPS:
            before, after = STEPS[action]
            begins = {} if action == "stop" else {"counts": {}, "report": [], "problems": [], "done": 0, "total": 0}
            begins |= {} if action in ("stop", "resume") else {"retries_failed": action == "retry"}
            if action == "resume" and not self.run.finished_at:
                # It was stopped while it was looked through: that comes first.
                after = State.CHECKING
            ImportRun.objects.filter(pk=pk, state__in=before).update(state=after, worker="", **begins)
        return redirect("wordpress_import", pk)

    def delete(self) -> HttpResponse:
        """Delete an import that is not at work, with the files that were uploaded for it. What it has made stays."""
        if not self.run.is_at_work:
            drop.forget(self.run.paths)
            self.run.delete()
            messages.success(self.request, _("The import was deleted. What it has brought in stays."))
        return redirect("wordpress_imports")


class ReportView(View):
    """The report of an import as a file."""

    def get(self, request: HttpRequest, pk: int, form: str) -> HttpResponse:
        """Return it as CSV or JSON. Raises PermissionDenied and Http404."""
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        run = get_object_or_404(ImportRun, pk=pk)
        if form == "json":
            told = {"counts": run.counts, "is_cut": run.is_cut, "notes": run.problems, "items": run.report}
            response: HttpResponse = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})
        else:
            response = HttpResponse(content_type="text/csv; charset=utf-8")
            write_csv(run.report, response)  # type: ignore[arg-type]
        response["Content-Disposition"] = f'attachment; filename="wordpress-import-{pk}.{form}"'
        return response
