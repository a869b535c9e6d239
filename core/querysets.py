"""The one place that says what the public may see."""

from __future__ import annotations

from typing import Self

from django.db.models import Q
from django.utils import timezone
from wagtail.models import PageManager, PageViewRestriction
from wagtail.query import PageQuerySet

from core.snapshot import remembered


def view_restrictions() -> list[PageViewRestriction]:
    """Return what makes parts of the site private."""
    return remembered("view restrictions", lambda: list(PageViewRestriction.objects.select_related("page")))


class ListedQuerySet(PageQuerySet):
    """Pages as readers meet them in lists, feeds, searches and mails."""

    def listed(self) -> Self:
        """Keep what is live, public and not past its expiry, also before the worker has taken it down."""
        unexpired = Q(expire_at__isnull=True) | Q(expire_at__gt=timezone.now())
        return self.live().public().filter(unexpired)

    def private_q(self) -> Q:
        """Return the condition that a page is in a private part of the site."""
        private = Q(pk__in=[])
        for restriction in view_restrictions():
            private |= self.descendant_of_q(restriction.page, inclusive=True)
        return private


ListedPageManager = PageManager.from_queryset(ListedQuerySet)
