"""The field for a colour that may be left empty, which browsers' own cannot."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import Script
from django.utils.safestring import SafeString

from site_settings.colours import LIGHT, nearest, normalised


class ColourInput(forms.TextInput):
    """A text field with the browser's colour picker beside it. A colour that is refused comes with one to take."""

    template_name = "site_settings/admin/colour_input.html"

    class Media:
        js = [Script("js/colour-input.js", type="module")]
        css = {"all": ["css/admin/colour-input.css"]}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add what the picker shows, and the nearest colour where this one cannot be read."""
        context = super().get_context(name, value, {"spellcheck": "false", "autocomplete": "off", **(attrs or {})})
        colour = normalised(value or "")
        offer = nearest(colour, LIGHT) if colour else ""
        return {
            **context,
            "own": LIGHT.accent,
            "shown": colour or LIGHT.accent,
            "offer": offer if offer != colour else "",
        }

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Render with the project's own templates."""
        return super().render(name, value, attrs, TemplatesSetting())
