"""What all settings have in common."""

from __future__ import annotations

from typing import Any

from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.models import Site

from core.page_cache import until_change


class SiteSetting(BaseSiteSetting):
    """A setting that reading never writes: a site with nothing set has the defaults."""

    class Meta:
        abstract = True

    @classmethod
    def for_site(cls, site: Site | None) -> Any:
        """Return the site's settings, or the defaults, unsaved, where nothing has been set."""
        question = f"{cls.__name__}-{site.pk if site else None}"
        return until_change(question, lambda: cls.base_queryset().filter(site=site).first() or cls(site=site))
