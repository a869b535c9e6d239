"""What topic and review pages say of the sponsor."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template

from core.middleware import marks_of
from images.pictures import picture_of
from research_reviews.models import TopicPage
from research_reviews.study_box import StudyBox
from sponsors.conflicts import Conflict, conflicts
from sponsors.current import current_sponsorship
from sponsors.models import Sponsor

register = template.Library()


@register.inclusion_tag("components/sponsor_line.html", takes_context=True)
def sponsor_line(context: dict[str, Any], topic: TopicPage | None) -> dict[str, Any]:
    """Say who sponsors the topic, else the whole site. Notes for the counter that the page has shown it."""
    sponsorship, page = current_sponsorship(topic), context.get("page")
    # A page that was never saved, as in a preview, has no number.
    if sponsorship and page and page.pk and "request" in context:
        marks_of(context["request"])["sponsorship"] = (sponsorship.pk, page.pk)
    return {"sponsorship": sponsorship, "page": page}


@register.inclusion_tag("components/sponsor_logo.html")
def sponsor_logo(sponsor: Sponsor) -> dict[str, Any]:
    """Show the sponsor's logo, whose name stands beside it."""
    return {"logo": picture_of(sponsor.logo, "logo") if sponsor.logo else None}


@register.simple_tag
def sponsor_conflicts(topic: TopicPage | None, boxes: Iterable[StudyBox]) -> list[Conflict]:
    """Return the ties between the studies and the sponsor that the page names, as far as they are certain."""
    if not (sponsorship := current_sponsorship(topic)):
        return []
    return [conflict for conflict in conflicts(sponsorship, (box.study for box in boxes)) if conflict.is_certain]
