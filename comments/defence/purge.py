"""Network addresses are forgotten when the time that the settings give them is over."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from wagtail.models import Site

from comments.models import Comment, CommentSettings
from core.schedule import register_hourly


@register_hourly
def forget_senders() -> None:
    """Empty the sender of each response that is older than its site's settings allow."""
    kept = Comment.objects.exclude(sender="")
    for site in Site.objects.select_related("root_page"):
        oldest = timezone.now() - timedelta(days=CommentSettings.for_site(site).keep_sender_days)
        kept.filter(page__path__startswith=site.root_page.path, created_at__lte=oldest).update(sender="")
