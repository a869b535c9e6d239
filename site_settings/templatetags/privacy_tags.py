"""What pages show of the privacy preference centre."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

from core.content_policy import allow
from site_settings.banner import current_banner

register = template.Library()


@register.inclusion_tag("components/consent.html", takes_context=True)
def privacy_banner(context: dict[str, Any]) -> dict[str, Any]:
    """Show what asks the reader, with its script; nothing where no service waits for an answer.

    The preference centre itself needs neither: it is the form. In the editor's preview nobody is asked.
    """
    request = context.get("request")
    if request is None or request.path == reverse("site_settings:privacy_preferences"):
        return {}
    banner, is_preview = current_banner(request), getattr(request, "is_preview", False)
    # In a preview an embed can be tried before its service is made.
    if not (banner.from_elsewhere or is_preview):
        return {}
    if sources := banner.script_sources:
        for directive in ("script-src", "connect-src", "img-src"):
            allow(request, directive, *sources)
    return {"banner": banner, "asks": banner.asks and not is_preview}
