"""Writes and deletes receipts of readers' choices."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.cache import caches
from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.models import Site

from core.schedule import register_hourly
from core.senders import address, is_within
from site_settings.consent import Choice
from site_settings.models import ConsentReceipt, ConsentText, PrivacySettings, Service

# Room for a school behind one address; a flood of receipts would fill the disk and prove nothing.
MOST_A_MINUTE_OF_ONE = 60
MOST_A_MINUTE_OF_ALL = 600
PURGED_AT_ONCE = 1000
SECONDS_A_DAY = 24 * 60 * 60

logger = logging.getLogger(__name__)


def record(request: HttpRequest, choice: Choice, services: Iterable[Service], source: str) -> ConsentReceipt | None:
    """Write a receipt of the choice; None where too many are being written. The choice itself holds either way."""
    one = is_within(MOST_A_MINUTE_OF_ONE, 60, "receipt", address(request))
    if not (one and is_within(MOST_A_MINUTE_OF_ALL, 60, "receipt")):
        leave_out()
        return None
    content = texts_shown(PrivacySettings.for_request(request), services)
    try:
        return write(choice, content, source)
    except DatabaseError:
        logger.exception("A choice holds, but its receipt could not be written.")
        leave_out()
        return None


def write(choice: Choice, content: dict[str, Any], source: str) -> ConsentReceipt:
    """Write the receipt, and the texts where they were never shown before."""
    digest = hashlib.sha256(canonical(content).encode()).hexdigest()
    with transaction.atomic():
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


def leave_out() -> None:
    """Count a choice that got no receipt, and log the first of each minute: a flood of lines would be one as well."""
    cache, key = caches["default"], left_out_key()
    try:
        cache.add(key, 0, 2 * SECONDS_A_DAY)
        number = cache.incr(key)
    except Exception:
        logger.exception("The cache is away: receipts that are left out are not counted.")
        return
    if is_within(1, 60, "receipt-left-out"):
        logger.warning("Choices that came too many at once hold, but %d of today have no receipt.", number)


def left_out_today() -> int:
    """Return how many choices of today (UTC) got no receipt, because too many came at once."""
    try:
        return int(caches["default"].get(left_out_key(), 0))
    except Exception:
        return 0


def left_out_key() -> str:
    """Return the key of today's count."""
    return f"receipts-left-out-{datetime.now(UTC).date()}"


def canonical(content: dict[str, Any]) -> str:
    """Return the texts in the one form whose hash is kept."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False)


def texts_shown(settings: PrivacySettings, services: Iterable[Service]) -> dict[str, Any]:
    """Return what a reader reads before choosing, as it can be kept."""
    return {
        "banner": [str(settings.banner_heading), str(settings.banner_text)],
        "introduction": str(settings.introduction),
        "global_privacy_control": str(settings.gpc_text),
        "services": [
            {
                "purpose": service.purpose.name,
                "explanation": service.purpose.explanation,
                "basis": service.basis,
                "service": service.name,
                "slug": service.slug,
                "provider": service.provider,
                "policy": service.provider_policy,
                "loads": service.what_it_loads,
                "hosts": service.host_list,
                "cookies": [[cookie.name, cookie.what_for, cookie.lifetime] for cookie in service.cookies.all()],
            }
            for service in services
        ],
    }


def outdated() -> QuerySet[ConsentReceipt]:
    """Return the receipts that are older than the settings of the default site say."""
    site = Site.objects.filter(is_default_site=True).first()
    oldest = timezone.now() - timedelta(days=PrivacySettings.for_site(site).receipt_days)
    return ConsentReceipt.objects.filter(made_at__lt=oldest)


def purge_receipts() -> int:
    """Delete outdated receipts, a part at a time, and return how many. The texts stay: they are the site's own."""
    old = outdated().order_by().values_list("pk", flat=True)
    deleted = 0
    while pks := list(old[:PURGED_AT_ONCE]):
        deleted += ConsentReceipt.objects.filter(pk__in=pks).delete()[0]
    return deleted


register_hourly(purge_receipts)
