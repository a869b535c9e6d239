"""Lists in pages, with addresses that can be guessed wrong without harm."""

from __future__ import annotations

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest


def paginate(queryset: QuerySet, request: HttpRequest, size: int) -> Page:
    """Return the page of the queryset that ?page= asks for, the first without it. Raises Http404 for one too many."""
    try:
        return Paginator(queryset, size).page(request.GET.get("page") or 1)
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404 from error
