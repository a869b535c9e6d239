"""Lists in pages, with addresses that can be guessed wrong without harm."""

from __future__ import annotations

import hashlib

from django.core.exceptions import EmptyResultSet
from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.functional import cached_property

from core.page_cache import until_change


class KeyPaginator(Paginator):
    """Counts once a content generation, and finds a page's rows by key before it reads what is shown of them."""

    object_list: QuerySet

    @cached_property
    def count(self) -> int:
        """How many there are on all pages."""
        keys = self.object_list.order_by().values("pk")
        try:
            sql, values = keys.query.sql_with_params()
        except EmptyResultSet:
            return 0
        question = hashlib.sha256(f"{sql} {values}".encode()).hexdigest()
        return until_change(f"count-{question}", keys.count)

    def page(self, number: int | str) -> Page:
        """Return a page of the list. Sorting keys alone is quicker than sorting whole rows."""
        page = super().page(number)
        first = (page.number - 1) * self.per_page
        keys = list(self.object_list.values_list("pk", flat=True)[first : first + self.per_page])
        page.object_list = self.object_list.filter(pk__in=keys)
        return page


def paginate(queryset: QuerySet, request: HttpRequest, size: int) -> Page:
    """Return the page of the queryset that ?page= asks for, the first without it. Raises Http404 for one too many."""
    return requested_page(KeyPaginator(queryset, size), request)


def requested_page(paginator: Paginator, request: HttpRequest) -> Page:
    """Return the page that ?page= asks for, the first without it. Raises Http404 for one too many."""
    try:
        return paginator.page(request.GET.get("page") or 1)
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404 from error
