"""What every page needs of the platform: its stylesheet, and the editors' bar for editors alone."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.safestring import SafeString
from wagtail.admin.templatetags.wagtailuserbar import wagtailuserbar
from wagtail.images.models import AbstractImage
from wagtail.images.shortcuts import get_rendition_or_not_found

from core import stamps

register = template.Library()


@register.simple_tag
def stylesheet() -> str:
    """Return the address of the site's stylesheet, also where its hashed name is not known: the error page needs it."""
    try:
        return static("css/site.css")
    except ValueError:
        return f"{settings.STATIC_URL}css/site.css"


@register.simple_tag(takes_context=True)
def editors_bar(context: dict[str, Any]) -> str | SafeString:
    """Show Wagtail's bar to signed-in editors.

    Without a session cookie nobody is asked who they are: reading the user would make the page differ by cookie.
    """
    request = context.get("request")
    if not request or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return ""
    bar: str | SafeString = wagtailuserbar(context)
    # The bar's own script writes HTML, which the site's policy forbids to everybody else.
    if bar:
        request.shows_editors_bar = True
    return bar


@register.simple_tag
def shared_image_url(*images: AbstractImage | None) -> str:
    """Return the whole address of the first image there is, in the size that networks show."""
    image = next(filter(None, images), None)
    return get_rendition_or_not_found(image, "fill-1200x630|format-jpeg").full_url if image else ""


@register.simple_tag(takes_context=True)
def list_address(context: dict[str, Any], number: int) -> str:
    """Return the address of a page of the list that is being shown. The reader's filters stay."""
    request = context["request"]
    query = request.GET.copy()
    query.pop("page", None)
    if number > 1:
        query["page"] = number
    return f"?{query.urlencode()}" if query else request.path


@register.inclusion_tag("components/form_guard.html")
def form_guard(purpose: str) -> dict[str, str]:
    """Write what a public form is recognised by (core.stamps) into it. The view names the same purpose."""
    return {"honeypot": stamps.HONEYPOT, "field": stamps.FIELD, "stamp": stamps.stamp(purpose)}
