"""How a page offers to be shared."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.functional import Promise

from site_settings.models import SharingSettings

register = template.Library()


@register.simple_tag(takes_context=True)
def share_links(context: dict[str, Any], address: str, title: str) -> list[tuple[str | Promise, str]]:
    """Return the name and the address of each way to share that works without a script; none where none is wanted."""
    ways = SharingSettings.for_request(context["request"]).ways()
    return [(way.name, way.address(address, title)) for way in ways]
