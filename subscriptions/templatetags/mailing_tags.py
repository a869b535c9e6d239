"""What the foot of every mail needs of the settings, and the figures of a mailing in the admin."""

from __future__ import annotations

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.models import Site

from subscriptions.models import Mailing, SubscriptionSettings
from subscriptions.progress import Progress

register = template.Library()


@register.simple_tag
def postal_address() -> str:
    """Who sends the mail and where they are, as the owner wrote it."""
    return SubscriptionSettings.for_site(Site.objects.get(is_default_site=True)).postal_address


@register.simple_tag
def live_progress(mailing: Mailing, progress: Progress) -> SafeString:
    """Return the figures, which renew themselves while they move."""
    html = render_to_string("subscriptions/admin/progress.html", {"progress": progress})
    address = reverse("mailing_progress", args=[mailing.pk])
    return format_html('<mailing-progress data-url="{}">{}</mailing-progress>', address, html)
