"""The admin's views of studies: add and edit with looking up, and the two addresses that scripts ask."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from wagtail.snippets.views.snippets import CreateView, EditView

from research_reviews.models import Study
from research_reviews.study_form import StudyForm
from research_reviews.study_look_up import Files, Outcome, answer, may_look_up, rows, twin_of
from research_reviews.study_panels import offers, source_lines
from research_reviews.study_people import found_authors, found_funders
from research_reviews.study_sources import Found
from users.models import User

MOST_STUDIES = 20


class LooksUp:
    """A press of “Look up” without a script: the form comes back filled, and nothing is saved."""

    request: HttpRequest
    object: Study | None

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Look up, or save."""
        action = request.POST.get("look_up", "")
        if not action:
            response: HttpResponse = super().post(request, *args, **kwargs)  # type: ignore[misc]
            return response
        data = request.POST.copy()
        files: Files = request.FILES
        outcome = answer(action, data, files, self.object)
        request.POST = data  # type: ignore[assignment]
        self.form = self.get_form()
        self.form.look_up_outcome = outcome
        self.form.forget_errors()
        context = self.get_context_data(form=self.form)  # type: ignore[attr-defined]
        page: HttpResponse = self.render_to_response(context)  # type: ignore[attr-defined]
        return page

    def get_form(self, *args: Any, **kwargs: Any) -> StudyForm:
        """Return the form; what Wagtail saves by itself puts nobody into the library."""
        form: StudyForm = super().get_form(*args, **kwargs)  # type: ignore[misc]
        form.may_add_found = not self.expects_json_response  # type: ignore[attr-defined]
        return form


class StudyCreateView(LooksUp, CreateView):
    """Adds a study."""


class StudyEditView(LooksUp, EditView):
    """Changes a study."""


def outcome_context(form: StudyForm, request: HttpRequest) -> dict[str, Any]:
    """Return what the panel shows of a form that was sent: message, references to choose from, authors and funders."""
    found: Found | None = form.found
    outcome: Outcome | None = form.look_up_outcome
    context: dict[str, Any] = {"outcome": outcome, "found": found}
    return {**context, **people_context(found, form.data, form.instance, request.user)} if found else context


def people_context(found: Found, data: Any, study: Study | None, user: User | AnonymousUser) -> dict[str, Any]:
    """Return the authors and funders that were found, with which of them are ticked and known, and a study's twin."""
    listed = {int(each) for each in rows(data, "study_authors", "person") if each.isdecimal()}
    names = set(rows(data, "funders", "name"))
    return {
        "authors": found_authors(found.authors, listed),
        "funders": found_funders(found.funders, names),
        "ticked_authors": {int(each) for each in data.getlist("lookup_authors") if each.isdecimal()},
        "ticked_funders": {int(each) for each in data.getlist("lookup_funders") if each.isdecimal()},
        "adds_authors": bool(data.get("lookup_add_authors")),
        "adds_funders": bool(data.get("lookup_add_funders")),
        "may_make_people": user.has_perm("research_reviews.add_person"),
        "twin": twin_of(found.values.get("doi", ""), study),
        "notes": found.notes,
    }


@never_cache
@require_POST
def look_up_study(request: HttpRequest) -> JsonResponse:
    """Answer the whole form of a study, as it stands, with what a look-up finds for it. Nothing is saved."""
    if not may_look_up(request.user):
        raise PermissionDenied
    number = request.GET.get("study", "")
    study = get_object_or_404(Study, pk=number) if number.isdecimal() else None
    data = request.POST.copy()
    files: Files = request.FILES
    outcome = answer(request.POST.get("look_up", ""), data, files, study)
    context: dict[str, Any] = {"outcome": outcome, "found": outcome.found}
    reply: dict[str, Any] = {"worked": outcome.worked, "message": outcome.message}
    if outcome.found and outcome.decision:
        context |= people_context(outcome.found, data, study, request.user)
        reply |= {
            "fills": outcome.decision.fills,
            "sources": source_lines(outcome.found, outcome.decision),
            "offers": offers(outcome.found, outcome.decision),
            "found": data["lookup_found"],
        }
    return JsonResponse(
        {**reply, "html": render_to_string("research_reviews/admin/look_up_found.html", context, request)}
    )


@never_cache
@require_GET
def study_credits(request: HttpRequest) -> JsonResponse:
    """Answer the authors of studies, each once and in order, as the chooser of people in a credit takes them."""
    if not may_look_up(request.user):
        raise PermissionDenied
    numbers = [int(each) for each in request.GET.getlist("study")[:MOST_STUDIES] if each.isdecimal()]
    studies = Study.objects.prefetch_related("study_authors__person").in_bulk(numbers)
    people = {
        row.person_id: row.person
        for number in numbers
        if number in studies
        for row in studies[number].study_authors.all()
    }
    return JsonResponse({"people": [{"id": pk, "string": str(person)} for pk, person in people.items()]})


def urls() -> list[URLPattern]:
    """Serve both at /admin/studies/."""
    return [
        path("studies/look-up/", look_up_study, name="look_up_study"),
        path("studies/credits/", study_credits, name="study_credits"),
    ]
