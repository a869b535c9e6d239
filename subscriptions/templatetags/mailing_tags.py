"""What the foot of every mail needs of the subscriptions' settings."""

from __future__ import annotations

from django import template
from wagtail.models import Site

from subscriptions.models import SubscriptionSettings

register = template.Library()


@register.simple_tag
def postal_address() -> str:
    """Who sends the mail and where they are, as the owner wrote it."""
    return SubscriptionSettings.for_site(Site.objects.get(is_default_site=True)).postal_address
