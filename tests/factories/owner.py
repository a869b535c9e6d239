"""What a browser sends when an owner saves the settings of the site."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from tests.factories.editor import list_input


def brand_form(**fields: Any) -> dict[str, Any]:
    """Return the form of the brand in which only the name and the given fields are filled in."""
    empty = dict.fromkeys(("strapline", "accent_colour", "logo", "logo_dark", "default_social_image"), "")
    data: dict[str, Any] = nested_form_data(
        {"site_name": "Night Reviews", **empty, "social_links": streamfield([]), **fields}
    )
    return data


def profile_input(url: str) -> dict[str, Any]:
    """Return profiles with one at the address, as the form sends them."""
    data: dict[str, Any] = streamfield([("profile", {"name": "Bluesky", "url": url})])
    return data


def link_input(page: Page | None = None, url: str = "", label: str = "") -> dict[str, Any]:
    """Return a link as the form sends it."""
    return {"page": page.pk if page else "", "url": url, "label": label}


def navigation_form(*items: dict[str, Any], below: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    """Return the form of the navigation: a main menu of the links, each with the links below it."""
    menu = streamfield([("item", {**item, "children": list_input(*below)}) for item in items])
    column = {"heading": "More", "links": list_input(*items)}
    footer = streamfield([("column", column)] if items else [])
    data: dict[str, Any] = nested_form_data({"main_menu": menu, "footer_columns": footer, "footer_text": ""})
    return data
