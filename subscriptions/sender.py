"""Whom mails to subscribers come from."""

from __future__ import annotations

from email.utils import formataddr, parseaddr

from django.conf import settings as django_settings

from core.mail import one_line
from site_settings.models import BrandSettings
from subscriptions.models import SubscriptionSettings


def sender(settings: SubscriptionSettings) -> str:
    """Return the name and address that the owner set, else the site's name and the server's own address."""
    name, address = parseaddr(django_settings.DEFAULT_FROM_EMAIL)
    own_name = settings.sender_name or BrandSettings.for_site(settings.site).site_name or name
    return formataddr((one_line(own_name), settings.sender_address or address))
