"""The field for a colour that may be left empty, which browsers' own cannot."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.widgets import Script
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from site_settings.colours import LIGHT, nearest, normalised


class ColourInput(forms.TextInput):
    """A text field with the browser's colour picker beside it. A colour that is refused comes with one to take."""

    class Media:
        js = [Script("js/colour-input.js", type="module")]
        css = {"all": ["css/admin/colour-input.css"]}

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Add to the text field what the picker shows, and the nearest colour where this one cannot be read."""
        text = super().render(name, value, {"spellcheck": "false", "autocomplete": "off", **(attrs or {})}, renderer)
        colour = normalised(value or "")
        offer = nearest(colour, LIGHT) if colour else ""
        context = {"text": text, "own": LIGHT.accent, "shown": colour or LIGHT.accent}
        return render_to_string(
            "site_settings/admin/colour_input.html", {**context, "offer": offer if offer != colour else ""}
        )
