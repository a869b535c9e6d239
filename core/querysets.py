"""The one place that says what the public may see."""

from __future__ import annotations

from typing import Self

from django.db.models import Q
from django.utils import timezone
from wagtail.models import PageManager
from wagtail.query import PageQuerySet


class ListedQuerySet(PageQuerySet):
    """Pages as readers meet them in lists, feeds, searches and mails."""

    def listed(self) -> Self:
        """Keep what is live, public and not past its expiry, also before the worker has taken it down."""
        unexpired = Q(expire_at__isnull=True) | Q(expire_at__gt=timezone.now())
        return self.live().public().filter(unexpired)


ListedPageManager = PageManager.from_queryset(ListedQuerySet)
