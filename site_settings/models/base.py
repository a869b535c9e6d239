"""What all settings have in common."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.apps import apps
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.models import Page, PreviewableMixin, Site

from core.page_cache import until_change
from core.querysets import ListedQuerySet
from core.snapshot import remembered

FIRST_PAGE, NEWEST_PAGE = "", "newest"


class SiteSetting(PreviewableMixin, BaseSiteSetting):
    """A setting that reading never writes: a site with nothing set has the defaults.

    All settings of a site are asked for in one query, those of other apps too. Their owner previews them on the
    site's first page and on its newest.
    """

    preview_modes: ClassVar[list[tuple[str, Any]]] = [
        (FIRST_PAGE, _("First page")),
        (NEWEST_PAGE, _("Newest page")),
    ]
    default_preview_size = "desktop"

    class Meta:
        abstract = True

    @classmethod
    def for_request(cls, request: HttpRequest) -> Self:
        """Return the settings of the request's site; in their preview, as its owner has them in the form."""
        # Wagtail puts what is previewed on the request. Nobody else may: what is asked here is shared by requests.
        previewed: Self | None = getattr(request, cls.get_cache_attr_name(), None)
        return previewed or cls.for_site(Site.find_for_request(request))

    @classmethod
    def for_site(cls, site: Site | None) -> Self:
        """Return the site's settings, or the defaults, unsaved, where nothing has been set."""
        settings: Self | None = settings_of(site).get(cls) if site else None
        return settings or cls(site=site)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponseBase:
        """Show a page of the site with the settings as they are in the form."""
        response: HttpResponseBase = specimen(self.site, mode_name).serve(request)
        return response


def settings_of(site: Site) -> dict[type[SiteSetting], Any]:
    """Return what has been set of the site, by kind of setting, in one query."""
    return remembered(
        ("settings", site.pk), lambda: until_change(f"settings-{site.pk}", lambda: ask_for_settings(site.pk))
    )


def ask_for_settings(site_id: int) -> dict[type[SiteSetting], Any]:
    """Fetch the site's settings, with what each says that it needs."""
    names = {
        model: model._meta.get_field("site").remote_field.get_accessor_name()
        for model in apps.get_models()
        if issubclass(model, SiteSetting)
    }
    along = [f"{name}__{field}" for model, name in names.items() for field in model.select_related or ()]
    site = Site.objects.select_related(*names.values(), *along).get(pk=site_id)
    return {model: found for model, name in names.items() if (found := getattr(site, name, None))}


def specimen(site: Site, mode_name: str) -> Page:
    """Return a page to see settings on: the site's first, or the newest that stands below a list."""
    below = ListedQuerySet(Page).listed().descendant_of(site.root_page).filter(depth__gt=site.root_page.depth + 1)
    newest = below.order_by("-first_published_at").first() if mode_name == NEWEST_PAGE else None
    return (newest or site.root_page).specific
