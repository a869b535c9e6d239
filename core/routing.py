"""From an address to its page without asking for every page on the way."""

from __future__ import annotations

from typing import TypeVar

from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest
from wagtail.models import Page, Site

from core.querysets import is_listed

ListedPage = TypeVar("ListedPage", bound=Page)


def page_below(parent: Page, components: list[str]) -> Page | None:
    """Return the page at the address below the parent, in its own type; None where there is none.

    Raises Http404 for an address that no page can have.
    """
    if any("\0" in component for component in components):
        raise Http404
    found = Page.objects.filter(
        slug=components[-1],
        depth=parent.depth + len(components),
        path__startswith=parent.path,
        url_path=f"{parent.url_path}{'/'.join(components)}/",
    )
    # Which page it is and of which type, and then the page: its other columns are read only once.
    row = found.values_list("pk", "content_type_id").first()
    model = row and ContentType.objects.get_for_id(row[1]).model_class()
    if not row or not model:
        return None
    # Without a name, Django would fetch along everything that is required.
    along = getattr(model, "read_with", ()) or (None,)
    return model._default_manager.filter(pk=row[0]).select_related(*along).first()


def listed_page(request: HttpRequest, path: str, model: type[ListedPage]) -> ListedPage:
    """Return the page of the model at the path below the site's first page, for what hangs on a page's address.

    Raises Http404 where there is none that the public may see.
    """
    site = Site.find_for_request(request)
    page = page_below(site.root_page, list(filter(None, path.split("/")))) if site else None
    if not isinstance(page, model) or not is_listed(page):
        raise Http404
    return page
