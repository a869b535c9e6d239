"""Where a page's feeds are, and the text of their entries."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from wagtail.blocks import StreamValue

from research_reviews.models import Person, ReviewPage
from syndication.feeds.content import blocks_of
from syndication.feeds.places import FeedLink, feed_of, feeds_of

register = template.Library()


@register.simple_tag
def feed_blocks(body: StreamValue, address: str) -> SafeString:
    """Write the blocks of a body for a feed."""
    return mark_safe("\n".join(blocks_of(body, address)))  # noqa: S308


@register.inclusion_tag("components/feed_links.html", takes_context=True)
def feed_links(context: dict[str, Any], thing: Any) -> dict[str, list[FeedLink]]:
    """Let feed readers find the feeds of a page or a person: for the head."""
    return {"links": list(feeds_of(thing, context["brand"].site_name))}


@register.inclusion_tag("components/feed_link.html")
def feed_link(thing: ReviewPage | Person) -> dict[str, str]:
    """Show readers the feed of a list, a topic or a person."""
    return {"address": feed_of(thing)}
