"""The addresses of searches."""

from __future__ import annotations

from urllib.parse import urlencode

from django import template
from django.urls import reverse

register = template.Library()


@register.simple_tag
def search_address(text: str) -> str:
    """Return the address of a search for a text, everywhere."""
    return f"{reverse('search:search')}?{urlencode({'q': text})}"
