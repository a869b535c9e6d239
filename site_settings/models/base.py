"""What all settings have in common."""

from __future__ import annotations

from operator import itemgetter
from typing import Any, Self

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.models import Page, PreviewableMixin, Site

from core.page_cache import until_change
from core.querysets import ListedQuerySet
from core.snapshot import remembered

FIRST_PAGE = ""


class SiteSetting(PreviewableMixin, BaseSiteSetting):
    """A setting that reading never writes: a site with nothing set has the defaults.

    All settings of a site are asked for in one query, those of other apps too. Their owner previews them on the
    site's first page, or on the newest page of another type.
    """

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

    @cached_property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """The types of page that the settings can be seen on: those that readers find one of."""
        listed = listed_below(self.site.root_page).order_by().values_list("content_type", flat=True).distinct()
        models = [ContentType.objects.get_for_id(pk).model_class() for pk in listed]
        types = [(model._meta.label_lower, capfirst(model._meta.verbose_name)) for model in models if model]
        return [(FIRST_PAGE, _("First page")), *sorted(types, key=itemgetter(1))]

    @property
    def full_url(self) -> str:
        """The address that a preview is shown for: of the settings' own site, where there are several."""
        return f"{self.site.root_url}/"

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


def listed_below(root: Page) -> ListedQuerySet:
    """Return the site's pages that the public may see, but for the first."""
    return ListedQuerySet(Page).listed().descendant_of(root)


def specimen(site: Site, mode_name: str) -> Page:
    """Return a page to see settings on: the newest of the type that the mode names, else the site's first."""
    app_label, _dot, model_name = mode_name.partition(".")
    of_type = listed_below(site.root_page).filter(content_type__app_label=app_label, content_type__model=model_name)
    return (of_type.order_by("-first_published_at").first() or site.root_page).specific
