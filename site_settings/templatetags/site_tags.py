"""What every page's header and footer need of the site's settings."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.content_policy import allow
from core.page_cache import until_change
from site_settings.colours import accent_style
from site_settings.models import BrandSettings
from site_settings.navigation import Navigation, navigation

register = template.Library()


@register.simple_tag(takes_context=True)
def brand(context: dict[str, Any]) -> BrandSettings:
    """The site's name, strapline and logos."""
    return BrandSettings.for_request(context["request"])


@register.simple_tag(takes_context=True)
def brand_style(context: dict[str, Any]) -> SafeString:
    """Write the owner's accent colour for the page's head, where there is one, and let the page's policy allow it."""
    request = context["request"]
    style = accent_style(BrandSettings.for_request(request).accent_colour)
    if not style:
        return SafeString("")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    allow(request, "style-src", f"'sha256-{digest}'")
    return format_html("<style>{}</style>", SafeString(style))


@register.simple_tag(takes_context=True)
def site_footer(context: dict[str, Any]) -> SafeString:
    """The foot of every page, the same on all of them."""
    parts = {"brand": context["brand"], "navigation": context["navigation"]}
    question = f"footer-{context['brand'].site_id}"
    return until_change(question, lambda: render_to_string("components/footer.html", parts))


@register.simple_tag(takes_context=True)
def site_navigation(context: dict[str, Any]) -> Navigation:
    """The site's menus."""
    return navigation(context["request"])
