"""The retraction watch in the worker: a few studies at a time, each as often as the owner wishes."""

from __future__ import annotations

import logging
import time
from email.utils import parseaddr

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from core.schedule import register_steady
from research_reviews.models.notices import StudyWatchSettings, due_studies
from research_reviews.watch.asking import AT_ONCE, Asker, GaveUp
from research_reviews.watch.checking import check

# Between looks for studies that are due, and after a failure that does not say when to come back.
SECONDS_BETWEEN_LOOKS = 60 * 60
# Others of the worker's jobs wait for a piece: it asks once and waits for nothing but the pace.
PATIENCE, ATTEMPTS = 0.0, 1
# Several workers can run, but Crossref is asked by one at a time.
CLAIM, CLAIM_SECONDS = "retraction-watch", 5 * 60
# Of a study that could not be checked alone, so that it does not stand before all others for ever.
PUT_OFF, PUT_OFF_SECONDS = "retraction-watch-later-{pk}", 24 * 60 * 60
# Names that are reserved for examples and tests (RFC 2606, RFC 6761): nobody can be written to there.
NO_HOSTS = ("example", "example.org", "example.com", "example.net", "invalid", "localhost", "test", "local")

logger = logging.getLogger(__name__)
_next_look = 0.0


def has_contact_address() -> bool:
    """Whether the server's contact address is one that Crossref can write to."""
    _name, at, host = parseaddr(settings.CONTACT_ADDRESS)[1].lower().rpartition("@")
    return bool(at and host) and not any(host == name or host.endswith(f".{name}") for name in NO_HOSTS)


@register_steady
def watch() -> bool:
    """Check the next few studies that are due. Returns whether there were any."""
    global _next_look  # noqa: PLW0603
    if time.monotonic() < _next_look:
        return False
    wait = check_some()
    if wait:
        _next_look = time.monotonic() + wait
    return not wait


def check_some() -> float:
    """Check a few studies. Returns for how many seconds there is nothing to do; 0 where there may be more."""
    watch = StudyWatchSettings.current()
    if not (watch.is_on and has_contact_address()):
        return SECONDS_BETWEEN_LOOKS
    due = due_studies(timezone.now() - watch.interval)[: 5 * AT_ONCE]
    studies = [study for study in due if not cache.get(PUT_OFF.format(pk=study.pk))][:AT_ONCE]
    if not studies or not cache.add(CLAIM, True, CLAIM_SECONDS):
        return SECONDS_BETWEEN_LOOKS
    try:
        for checked in check(studies, Asker(PATIENCE, ATTEMPTS), timezone.now()):
            if checked.failure:
                logger.warning("Study %s could not be checked: %s", checked.study.pk, checked.failure)
                cache.set(PUT_OFF.format(pk=checked.study.pk), True, PUT_OFF_SECONDS)
    except GaveUp as error:
        wait = max(error.retry_after or 0, SECONDS_BETWEEN_LOOKS)
        logger.warning("The retraction watch pauses for %d minutes: %s", wait / 60, error)
        return wait
    finally:
        cache.delete(CLAIM)
    return 0.0
