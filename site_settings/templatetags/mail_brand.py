"""How mails introduce the site: they have no request, and no style sheet to take colours from."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from wagtail.models import Site

from site_settings.colours import DARK, LIGHT, nearest, normalised
from site_settings.models import BrandSettings

register = template.Library()


@dataclass(frozen=True)
class MailBrand:
    """The site's name, address and colours, in light and in dark mode."""

    name: str
    strapline: str
    address: str
    accent: str
    dark_accent: str


@register.simple_tag
def mail_brand() -> MailBrand:
    """The default site's brand. An accent that could not be read gives way to the nearest that can."""
    site = Site.objects.get(is_default_site=True)
    settings = BrandSettings.for_site(site)
    own = normalised(settings.accent_colour)
    accent = nearest(own, LIGHT) if own else LIGHT.accent
    return MailBrand(
        name=settings.site_name,
        strapline=settings.strapline,
        address=f"{site.root_url}/",
        accent=accent,
        dark_accent=nearest(accent, DARK) if own else DARK.accent,
    )
