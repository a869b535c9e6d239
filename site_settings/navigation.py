"""Menus as templates show them: only pages that the public may see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.blocks import StreamValue
from wagtail.models import Page

from core.page_cache import until_change
from core.prefetch import fetch_pages, stored_items
from site_settings.models import NavigationSettings


@dataclass(frozen=True)
class MenuLink:
    """A link, and the links below it."""

    text: str
    url: str
    # What assistive technology is told: "page" for the page that is shown, "true" for the part of the site it is in.
    current: str = ""
    children: tuple[MenuLink, ...] = ()

    def seen_from(self, path: str) -> MenuLink:
        """Return the link as the page at the path has it."""
        below = tuple(child.seen_from(path) for child in self.children)
        return MenuLink(self.text, self.url, current(self.url, path), below)


@dataclass(frozen=True)
class FooterColumn:
    """A heading and its links."""

    heading: str
    links: tuple[MenuLink, ...]


@dataclass(frozen=True)
class Navigation:
    """Everything that a page's header and footer lead to."""

    main_menu: tuple[MenuLink, ...]
    footer_columns: tuple[FooterColumn, ...]
    footer_text: str


def navigation(request: HttpRequest) -> Navigation:
    """Return the site's menus as the page at the request's path has them: without links to what is not listed."""
    settings = NavigationSettings.for_request(request)
    menus = until_change(f"navigation-{settings.site_id}", lambda: make_navigation(request, settings))
    return replace(menus, main_menu=tuple(link.seen_from(request.path) for link in menus.main_menu))


def make_navigation(request: HttpRequest, settings: NavigationSettings) -> Navigation:
    """Return the site's menus as they are on every page."""
    items, columns = stored(settings.main_menu), stored(settings.footer_columns)
    make = LinkMaker(request, fetch_pages(linked_pages(settings)))
    return Navigation(
        main_menu=tuple(make.links(items)) or default_menu(),
        footer_columns=tuple(
            FooterColumn(column["heading"], tuple(make.links(stored_items(column["links"])))) for column in columns
        ),
        footer_text=settings.footer_text,
    )


def stored(stream: StreamValue) -> list[dict[str, Any]]:
    """Return the values of blocks as stored: a block that looks up its page would ask once a kind of block."""
    return [block["value"] for block in stream.raw_data]


def linked_pages(settings: NavigationSettings) -> set[int]:
    """Return the keys of the pages that menu and footer name."""
    items, columns = stored(settings.main_menu), stored(settings.footer_columns)
    links = [
        *items,
        *(child for item in items for child in stored_items(item.get("children"))),
        *(link for column in columns for link in stored_items(column["links"])),
    ]
    return {link["page"] for link in links if link["page"]}


def hidden_pages(settings: NavigationSettings) -> list[Page]:
    """Return the pages that menu and footer name and do not show, because the public may not see them."""
    named = linked_pages(settings)
    return list(Page.objects.filter(pk__in=named.difference(fetch_pages(named))).order_by("title"))


def tell_hidden_pages(request: HttpRequest, setting: Model) -> None:
    """Say which links wait for their page, when an owner has saved the navigation (after_edit_setting)."""
    if isinstance(setting, NavigationSettings) and (hidden := hidden_pages(setting)):
        titles = get_text_list([f"“{page.get_admin_display_title()}”" for page in hidden], _("and"))
        message = _("Readers do not see the links to %(titles)s until these pages are published and public.")
        messages.warning(request, message % {"titles": titles})


def default_menu() -> tuple[MenuLink, ...]:
    """Return the menu of a site whose owner has set none."""
    return (MenuLink(_("Reviews"), "/reviews/"), MenuLink(_("Topics"), "/topics/"))


def current(url: str, path: str) -> str:
    """Return how the link relates to the page at the path: it is the page, it holds the page, or nothing."""
    if url == path:
        return "page"
    return "true" if url != "/" and url.endswith("/") and path.startswith(url) else ""


class LinkMaker:
    """Turns link blocks into links."""

    def __init__(self, request: HttpRequest, pages: dict[int, Page]) -> None:
        self.request = request
        self.pages = pages

    def links(self, values: Iterable[Any]) -> Iterator[MenuLink]:
        """Yield a link for each block that leads somewhere the public may go."""
        for value in values:
            page = self.pages.get(value["page"])
            url = page.get_url(self.request) if page else value["url"]
            if url and (page or not value["page"]):
                text = value["label"] or (page.title if page else url)
                below = tuple(self.links(stored_items(value.get("children"))))
                yield MenuLink(text, url, children=below)
