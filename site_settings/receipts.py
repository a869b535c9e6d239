"""Writes and deletes receipts of readers' choices."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.models import Site

from core.schedule import register_hourly
from core.senders import address, is_within
from site_settings.consent import Choice
from site_settings.models import ConsentReceipt, ConsentText, PrivacySettings, Service

# Nobody changes their mind more often; a flood of receipts would fill the disk and prove nothing.
MOST_A_MINUTE_OF_ONE = 10
MOST_A_MINUTE_OF_ALL = 600
PURGED_AT_ONCE = 1000

logger = logging.getLogger(__name__)


def record(request: HttpRequest, choice: Choice, services: Iterable[Service], source: str) -> ConsentReceipt | None:
    """Write a receipt of the choice; None where too many are being written. The choice itself holds either way."""
    if not (
        is_within(MOST_A_MINUTE_OF_ONE, 60, "receipt", address(request))
        and is_within(MOST_A_MINUTE_OF_ALL, 60, "receipt")
    ):
        logger.warning("Too many choices a minute: one was kept without a receipt.")
        return None
    content = texts_shown(PrivacySettings.for_request(request), services)
    digest = hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    text, _made = ConsentText.objects.get_or_create(digest=digest, defaults={"content": content})
    return ConsentReceipt.objects.create(
        visitor=choice.visitor,
        made_at=timezone.now(),
        version=choice.version,
        granted=sorted(choice.granted),
        objected=sorted(choice.objected),
        text=text,
        language=get_language() or "",
        source=source,
    )


def texts_shown(settings: PrivacySettings, services: Iterable[Service]) -> dict[str, Any]:
    """Return what a reader reads before choosing, as it can be kept."""
    return {
        "banner": [str(settings.banner_heading), str(settings.banner_text)],
        "introduction": str(settings.introduction),
        "services": [
            {
                "purpose": service.purpose.name,
                "explanation": service.purpose.explanation,
                "basis": service.basis,
                "service": service.name,
                "provider": service.provider,
                "policy": service.provider_policy,
                "loads": service.what_it_loads,
                "hosts": service.host_list,
                "cookies": [[cookie.name, cookie.what_for, cookie.lifetime] for cookie in service.cookies.all()],
            }
            for service in services
        ],
    }


@register_hourly
def purge_receipts() -> int:
    """Delete receipts older than the settings say, and return how many. The texts stay: they are the site's own."""
    site = Site.objects.filter(is_default_site=True).first()
    oldest = timezone.now() - timedelta(days=PrivacySettings.for_site(site).receipt_days)
    old = ConsentReceipt.objects.filter(made_at__lt=oldest).order_by().values_list("pk", flat=True)
    deleted = 0
    while pks := list(old[:PURGED_AT_ONCE]):
        deleted += ConsentReceipt.objects.filter(pk__in=pks).delete()[0]
    return deleted
