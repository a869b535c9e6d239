"""What every page's header and footer need of the site's settings."""

from __future__ import annotations

from typing import Any

from django import template

from site_settings.models import BrandSettings
from site_settings.navigation import Navigation, navigation

register = template.Library()


@register.simple_tag(takes_context=True)
def brand(context: dict[str, Any]) -> BrandSettings:
    """The site's name, strapline and logos."""
    settings: BrandSettings = BrandSettings.for_request(context["request"])
    return settings


@register.simple_tag(takes_context=True)
def site_navigation(context: dict[str, Any]) -> Navigation:
    """The site's menus."""
    return navigation(context["request"])
