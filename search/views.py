"""The page of results, and what it suggests while a reader types."""

from __future__ import annotations

from dataclasses import asdict

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from search.facets import Narrowing, counted, options, selects, sort_select
from search.searching import search
from search.suggestions import suggestions

LONGEST_NUMBER = 6


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Show what was found, or the form and how to use it where nothing is asked for."""
    narrowing, answers = Narrowing.from_query(request.GET), options()
    answer = search(request.GET.get("q", ""), narrowing, answers, page_number(request))
    if answer.number > answer.pages:
        raise Http404
    context = {
        "answer": answer,
        "narrowing": narrowing,
        "selects": [*selects(narrowing, answers, answer.found.counts), sort_select(narrowing)],
        "count": counted(answer.found.total, answer.found.is_exact),
    }
    return render(request, "search/search.html", context)


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Say what a reader who has begun to type may mean."""
    found = suggestions(request.GET.get("q", ""))
    return JsonResponse({"suggestions": [asdict(suggestion) for suggestion in found]})


def page_number(request: HttpRequest) -> int:
    """Return the number of the page that is asked for. Raises Http404 for what is no number of a page."""
    number = request.GET.get("page") or "1"
    if not (number.isascii() and number.isdigit()) or len(number) > LONGEST_NUMBER or not int(number):
        raise Http404
    return int(number)
