"""The settings as they are now, for what is not done for a reader's request."""

from __future__ import annotations

from wagtail.models import Site

from subscriptions.models import SubscriptionSettings


def current_settings() -> SubscriptionSettings:
    """Return the settings of the site, or the defaults where nothing has been set."""
    return SubscriptionSettings.for_site(Site.objects.filter(is_default_site=True).first())
