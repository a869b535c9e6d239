"""Public views of evidence across reviews: lists, what can be taken away of them, audiences and the map."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from wagtail.models import Site

from core.feeds import answer
from core.pagination import requested_page
from research_reviews.evidence_exports import FORMATS
from research_reviews.evidence_feed import feed
from research_reviews.evidence_filters import EvidenceFilters, chosen_labels, selects
from research_reviews.evidence_kinds import KINDS, RECOMMENDATIONS, Kind
from research_reviews.evidence_lists import ITEMS_A_PAGE, EvidenceList, EvidencePaginator
from research_reviews.evidence_map import draw, topics_asking
from research_reviews.models import Audience


# Nothing is taken by any of these views, so that what is wrong with a form that is sent here is the method.
@csrf_exempt
@require_safe
def items(request: HttpRequest, kind: Kind) -> HttpResponse:
    """Show a page of a list. Raises Http404 for one too many."""
    filters = EvidenceFilters.of_list(kind, request.GET)
    form = selects(kind, filters)
    context = {
        **shown(request, EvidenceList(kind, filters)),
        "filters": filters,
        "selects": form,
        "heading": ": ".join(filter(None, (str(kind.title), ", ".join(chosen_labels(form))))),
    }
    return render(request, "research_reviews/evidence_list.html", context)


@csrf_exempt
@require_safe
def audience(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is recommended to an audience. Raises Http404 where there is none, and for a page too many."""
    if "\0" in slug:  # PostgreSQL takes no such text
        raise Http404
    audience = get_object_or_404(Audience, slug=slug)
    asked = EvidenceList(RECOMMENDATIONS, EvidenceFilters(audience=audience.slug))
    context = {
        **shown(request, asked, audience.get_absolute_url()),
        "audience": audience,
        "topics": topics_asking(audience),
    }
    return render(request, "research_reviews/audience.html", context)


@csrf_exempt
@require_safe
def evidence_map(request: HttpRequest) -> HttpResponse:
    """Show the map: how much there is on each topic, and where there is nothing."""
    drawn = draw(request, request.GET.get("by", ""))
    canonical = f"{Site.find_for_request(request).root_url}{drawn.address}"
    context = {"map": drawn, "kinds": KINDS, "canonical": canonical}
    return render(request, "research_reviews/evidence_map.html", context)


@csrf_exempt
@require_safe
def items_feed(request: HttpRequest, kind: Kind, written_as: str) -> HttpResponse:
    """Answer with the newest items of a list as a feed."""
    return answer(request, feed(request, kind), written_as)


@csrf_exempt
@require_safe
def export(request: HttpRequest, kind: Kind, written_as: str) -> HttpResponseBase:
    """Answer with the whole list as a file, written while it is read."""
    form = FORMATS[written_as]
    asked = EvidenceList(kind, EvidenceFilters.of_list(kind, request.GET))
    headers = {
        "Content-Disposition": f'attachment; filename="{kind.name}.{written_as}"',
        "X-Robots-Tag": "noindex",
        "Cache-Control": "no-cache",
    }
    # Who asks for the headers alone is not worth a walk through the list.
    lines = form.write(asked, request) if request.method == "GET" else ()
    return StreamingHttpResponse(lines, content_type=form.content_type, headers=headers)


def shown(request: HttpRequest, asked: EvidenceList, address: str = "") -> dict[str, Any]:
    """Return what every page of items shows: the items, and where the list can be read elsewhere."""
    kind, filters = asked.kind, asked.filters
    page = requested_page(EvidencePaginator(asked, ITEMS_A_PAGE), request)
    query = f"?{filters.query}" if filters.query else ""
    own = address or f"{kind.address()}{query}"
    number = f"{'&' if '?' in own else '?'}{urlencode({'page': page.number})}" if page.number > 1 else ""
    return {
        "kind": kind,
        "kinds": KINDS,
        "items": page,
        "count": kind.count_text(page.paginator.count),
        "canonical": f"{Site.find_for_request(request).root_url}{own}{number}",
        "elsewhere": {name: f"{kind.address(name)}{query}" for name in ("feed", "feed_atom", "csv", "json")},
    }
