"""Lists of subscribers in the admin: uploaded, checked, and only then imported."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from subscriptions.import_forms import ColumnsForm, UploadForm, sample
from subscriptions.import_programs import NOTES
from subscriptions.importing import KNOWN, LEFT, NEW, OVER, TWICE, WRONG
from subscriptions.models import SubscriberImport
from subscriptions.subscriber_views import ForOwners

State = SubscriberImport.Status
MOST_LISTED = 50
# From which state to which, by what is pressed.
STEPS = {
    "import": ([State.CHECKED], State.RUNNING),
    "change": ([State.CHECKED], State.UPLOADED),
    "stop": ([State.RUNNING], State.STOPPED),
    "resume": ([State.STOPPED], State.RUNNING),
}


class UploadView(ForOwners):
    """Takes a list, and shows what has become of others."""

    permission = "subscriptions.add_subscriberimport"
    page_title = gettext_lazy("Import subscribers")
    header_icon = "upload"
    template_name = "subscriptions/admin/imports.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the form and the lists of before."""
        lists = SubscriberImport.objects.select_related("made_by").defer("content")[:MOST_LISTED]
        return super().get_context_data(lists=lists, **{"form": UploadForm(), **kwargs})

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep the list and ask what its columns hold."""
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        form.instance.made_by_id = request.user.pk
        form.instance.save()
        return redirect("subscriber_import", form.instance.pk)


class ImportView(ForOwners):
    """One list: what its columns hold, what was found in it, how far it is."""

    permission = "subscriptions.add_subscriberimport"
    page_title = gettext_lazy("Import subscribers")
    header_icon = "upload"
    template_name = "subscriptions/admin/import.html"

    @cached_property
    def todo(self) -> SubscriberImport:
        """The list. Raises Http404."""
        return get_object_or_404(SubscriberImport, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        """Name the file."""
        return self.todo.file_name

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what belongs to the state that the list is in."""
        todo = self.todo
        context = super().get_context_data(todo=todo, outcomes=outcomes(todo), **kwargs)
        if todo.status == State.UPLOADED:
            names, rows = sample(todo)
            note = NOTES.get(todo.program, "")
            context = {"form": ColumnsForm(None, todo), "names": names, "rows": rows, "note": note, **context}
        return context

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do what was pressed, where it still makes sense."""
        action = request.POST.get("action", "")
        if action == "check":
            return self.check()
        if action == "delete":
            return self.delete()
        if action in STEPS:
            before, after = STEPS[action]
            row = SubscriberImport.objects.filter(pk=pk, status__in=before)
            # The check has gone through the list; the import begins at its first row, and goes on where it stopped.
            start = {"position": self.todo.starts_at, "rows_done": 0, "counts": {}, "problems": []}
            row.update(status=after, **(start if action == "import" else {}))
        return redirect("subscriber_import", pk)

    def check(self) -> HttpResponse:
        """Let the worker check the list as it is said to be."""
        if self.todo.status != State.UPLOADED:
            return redirect("subscriber_import", self.todo.pk)
        form = ColumnsForm(self.request.POST, self.todo)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        form.save()
        return redirect("subscriber_import", self.todo.pk)

    def delete(self) -> HttpResponse:
        """Delete a list that is not at work. Who was imported from it stays."""
        idle = SubscriberImport.objects.exclude(status__in=[State.CHECKING, State.RUNNING])
        if idle.filter(pk=self.todo.pk).delete()[0]:
            messages.success(self.request, _("The list was deleted. Who had been imported from it stays."))
        return redirect("subscriber_imports")


def outcomes(todo: SubscriberImport) -> list[tuple[str, int]]:
    """Return what becomes, or became, of how many rows."""
    is_done = todo.status in (State.RUNNING, State.STOPPED, State.DONE)
    names = {
        NEW: _("Imported as active subscribers") if is_done else _("Will become active subscribers"),
        KNOWN: _("Subscribed already, left as they are"),
        LEFT: _("Unsubscribed, bounced or erased: not brought back"),
        TWICE: _("In the list more than once"),
        WRONG: _("Left out because something is wrong with them"),
    }
    if todo.keeps_ended:
        over = _("Left, and remembered: no list brings them in") if is_done else _("Have left, and will be remembered")
        names = {NEW: names.pop(NEW), OVER: over, **names}
    return [(name, todo.counts.get(outcome, 0)) for outcome, name in names.items()]
