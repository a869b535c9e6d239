"""How reviews name people, lead to one another and are passed on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import template

from research_reviews import related
from research_reviews.bylines import Name, sentence

if TYPE_CHECKING:
    from research_reviews.models import Person, ReviewPage

register = template.Library()


@register.inclusion_tag("components/names.html")
def linked_names(people: Iterable[Person]) -> dict[str, list[Name]]:
    """Show people as a sentence names them, each with a link to their page."""
    return {"names": sentence(people)}


@register.simple_tag
def plain_names(people: Iterable[Person]) -> str:
    """Return people as a sentence names them, without links."""
    return "".join(f"{name.before}{name.person.name}" for name in sentence(people))


@register.inclusion_tag("components/related_reviews.html", takes_context=True)
def related_reviews(context: dict[str, Any], page: ReviewPage) -> dict[str, Any]:
    """Show the reviews that the page leads to; in its preview those that its editor has just chosen."""
    request = context["request"]
    find = related.previewed if getattr(request, "is_preview", False) else related.related_reviews
    return {"request": request, "reviews": find(page)}


@register.inclusion_tag("components/share.html", takes_context=True)
def share(context: dict[str, Any], page: ReviewPage) -> dict[str, Any]:
    """Show the ways to share the page."""
    request = context["request"]
    return {"request": request, "address": page.get_full_url(request) or "", "title": page.title}
