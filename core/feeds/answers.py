"""How a feed is answered with: its type, its validators, and 304 where nothing has changed."""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from core.feeds import atom, json_feed, rss
from core.feeds.feed import Feed
from core.middleware import is_anonymous_read

# How long it is remembered since when a feed has been as it is.
REMEMBERED_SECONDS = 90 * 24 * 60 * 60

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Format:
    """A format, and what it is called on the web."""

    content_type: str
    write: Callable[[Feed], bytes]


FORMATS = {
    "rss": Format("application/rss+xml; charset=utf-8", rss.write),
    "atom": Format("application/atom+xml; charset=utf-8", atom.write),
    "json": Format("application/feed+json; charset=utf-8", json_feed.write),
}


def answer(request: HttpRequest, feed: Feed, kind: str) -> HttpResponse:
    """Return the feed in the format, or 304 to who has it already."""
    body = FORMATS[kind].write(feed)
    response = HttpResponse(body, content_type=FORMATS[kind].content_type)
    if feed.hub:
        links = dict(feed.links(kind))
        response["Link"] = f'<{links["hub"]}>; rel="hub", <{links["self"]}>; rel="self"'
    digest = hashlib.sha256(body).hexdigest()
    since = unchanged_since(feed.address(kind, feed.number), digest)
    response["ETag"] = f'W/"{digest[:32]}"'
    response["Last-Modified"] = http_date(since)
    if is_anonymous_read(request):
        # The page cache, which has validators of its own, keeps it and then answers who has it.
        return response
    known = get_conditional_response(request, etag=response["ETag"], last_modified=since, response=response)
    return known or response


def unchanged_since(address: str, digest: str) -> int:
    """Return since when the feed has been as it is, in seconds; now, where that is not known.

    No date in the database says so: what goes, a person's new name and the first day of a sponsorship change it, too.
    """
    key = f"feed-{hashlib.sha256(address.encode()).hexdigest()}"
    now = int(time.time())
    try:
        known, since = cache.get(key, ("", now))
        if known != digest:
            since = now
            cache.set(key, (digest, since), REMEMBERED_SECONDS)
    except Exception:
        logger.exception("The cache is away.")
        return now
    return int(since)
