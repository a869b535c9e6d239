"""From an address to its page without asking for every page on the way."""

from __future__ import annotations

from django.http import Http404
from wagtail.models import Page


def page_below(parent: Page, components: list[str]) -> Page | None:
    """Return the page at the address below the parent, in its own type; None where there is none.

    Raises Http404 for an address that no page can have.
    """
    if any("\0" in component for component in components):
        raise Http404
    page = Page.objects.filter(
        slug=components[-1],
        depth=parent.depth + len(components),
        path__startswith=parent.path,
        url_path=f"{parent.url_path}{'/'.join(components)}/",
    ).first()
    return page and page.specific
