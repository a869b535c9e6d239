"""How reviews name people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django import template

from research_reviews.bylines import Name, sentence

if TYPE_CHECKING:
    from research_reviews.models import Person

register = template.Library()


@register.inclusion_tag("components/names.html")
def linked_names(people: Iterable[Person]) -> dict[str, list[Name]]:
    """Show people as a sentence names them, each with a link to their page."""
    return {"names": sentence(people)}


@register.simple_tag
def plain_names(people: Iterable[Person]) -> str:
    """Return people as a sentence names them, without links."""
    return "".join(f"{name.before}{name.person.name}" for name in sentence(people))
