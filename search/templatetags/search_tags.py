"""The addresses of searches, and what was found in them."""

from __future__ import annotations

from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from search.excerpts import Part

register = template.Library()


@register.simple_tag
def search_address(text: str) -> str:
    """Return the address of a search for a text, everywhere."""
    return f"{reverse('search:search')}?{urlencode({'q': text})}"


@register.simple_tag
def marked(parts: list[Part]) -> SafeString:
    """Write a text with the words that were looked for marked."""
    return format_html_join("", "{}", ((format_html("<mark>{}</mark>", text) if hit else text,) for text, hit in parts))
