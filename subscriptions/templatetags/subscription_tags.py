"""The subscription form at the foot of every page."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from core.page_cache import until_change
from core.querysets import is_listed
from research_reviews.models import TopicPage
from subscriptions.forms import wording_mark
from subscriptions.models import SubscriptionSettings

register = template.Library()


@register.simple_tag(takes_context=True)
def subscribe_form(context: dict[str, Any]) -> SafeString:
    """Offer new reviews by e-mail, on a page with a topic also those of the topic alone."""
    request = context["request"]
    settings = SubscriptionSettings.for_request(request)
    match = request.resolver_match
    if not settings.is_offered or context.get("is_personal") or (match and match.app_name == "subscriptions"):
        return SafeString("")
    topic = topic_of(context.get("page"))
    parts = {"subscriptions": settings, "topic": topic, "wording": wording_mark(settings.consent_wording)}
    question = f"subscribe-{settings.site_id}-{topic.pk if topic else ''}"
    return until_change(question, lambda: render_to_string("components/subscribe.html", parts))


def topic_of(page: Any) -> TopicPage | None:
    """Return the page's topic, where it has one that can be chosen and the page has it at hand."""
    topic = page if isinstance(page, TopicPage) else getattr(page, "topic", None)
    return topic if isinstance(topic, TopicPage) and is_listed(topic) else None
