"""The one place that says what the public may see."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Self

from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page, PageManager, PageViewRestriction
from wagtail.query import PageQuerySet

from core.page_cache import until_change
from core.snapshot import remembered


def listing_time() -> datetime:
    """Return the time that lists are made for: any of the same content generation, which ends when a page expires.

    The same for all its readers, so that they ask the same questions.
    """
    return remembered("listing-time", lambda: until_change("listing-time", timezone.now))


def private_parts() -> list[tuple[str, int]]:
    """Return the private parts of the site: the tree path of each and the key of its restriction.

    An alias is as private as the page that it shows.
    """
    return remembered("private parts", lambda: until_change("private-parts", lambda: list(_private_parts())))


def _private_parts() -> Iterator[tuple[str, int]]:
    rows = PageViewRestriction.objects.values_list("pk", "page__path", "page__aliases__path")
    for pk, path, alias_path in rows:
        yield path, pk
        if alias_path:
            yield alias_path, pk


def is_listed(page: Page) -> bool:
    """Whether the public may see the page: what `listed()` says, of a page that was fetched along with something."""
    return (
        page.live
        and not (page.expire_at and page.expire_at <= listing_time())
        and not any(page.path.startswith(path) for path, _restriction in private_parts())
    )


class ListedQuerySet(PageQuerySet):
    """Pages as readers meet them in lists, feeds, searches and mails."""

    def listed(self) -> Self:
        """Keep what is live, public and not past its expiry, also before the worker has taken it down."""
        unexpired = Q(expire_at__isnull=True) | Q(expire_at__gt=listing_time())
        return self.live().public().filter(unexpired)

    def private_q(self) -> Q:
        """Return the condition that a page is in a private part of the site."""
        private = Q(pk__in=[])
        for path in {path for path, _restriction in private_parts()}:
            private |= Q(path__startswith=path)
        return private


ListedPageManager = PageManager.from_queryset(ListedQuerySet)
