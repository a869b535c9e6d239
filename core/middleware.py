"""The page cache."""

from __future__ import annotations

import fnmatch
import gzip
import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import parse_http_date_safe

from core.compression import (
    ENCODINGS,
    IDENTITY,
    best_encoding,
    compress_response,
    encode,
    is_compressible,
    kept_quality,
)
from core.page_cache import address_token, generation, parameters
from core.release import release

PAGE_SECONDS = 24 * 60 * 60
# Longer addresses are somebody's experiments, not readers' pages.
LONGEST_ADDRESS = 300
LARGEST_PAGE = 2 * 1024 * 1024
# What newsletters and networks add to links. No page reads it, so it is taken away before a page could repeat it.
TRACKING = ("utm_*", "fbclid", "gclid", "msclkid", "mc_cid", "mc_eid")

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class CachedPage:
    """A finished response, ready to be sent again in any encoding. The text itself is only kept compressed."""

    bodies: dict[str, bytes]
    headers: dict[str, str]
    marks: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, response: HttpResponse, marks: dict[str, Any]) -> CachedPage:
        """Keep what the response holds, and what was noted of it."""
        headers = {name: value for name, value in response.items() if name != "Content-Length"}
        if is_compressible(response):
            quality = kept_quality(response.content)
            bodies = {encoding: encode(response.content, encoding, quality) for encoding in ENCODINGS}
        else:
            bodies = {IDENTITY: response.content}
        return cls(bodies, headers, marks)

    def response(self, request: HttpRequest) -> HttpResponse:
        """Return a new response in an encoding that the browser takes: 304 where it has the page already."""
        marks_of(request).update(self.marks)
        encoding = best_encoding(request.headers.get("Accept-Encoding", ""))
        body = self.bodies.get(encoding) or self.bodies.get(IDENTITY)
        if body is None:
            encoding, body = IDENTITY, gzip.decompress(self.bodies["gzip"])
        response = HttpResponse(b"" if request.method == "HEAD" else body, headers=self.headers)
        response["Content-Length"] = str(len(body))
        if encoding in self.bodies and encoding != IDENTITY:
            response["Content-Encoding"] = encoding
        modified = parse_http_date_safe(self.headers.get("Last-Modified", ""))
        return get_conditional_response(request, self.headers["ETag"], modified, response) or response


class PageCacheMiddleware:
    """Answers an anonymous reader from the cache before sessions and the database are touched.

    A response is kept only where it is the same for everyone: 200, whole, without a cookie, and read from no session.
    A signed-in user's requests neither read nor fill the cache. Browsers may keep a copy but must ask before use, so
    a proxy in front needs no purging. A cache that is away costs time, never the page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.release = release()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_anonymous_read(request):
            return self.get_response(request)
        key = self.page_key(request)
        if key and (page := fetch(key)):
            return page.response(request)
        response = self.get_response(request)
        if not is_same_for_everyone(request, response):
            return response
        if key and request.method == "GET" and response.status_code == 200 and len(response.content) <= LARGEST_PAGE:
            return store(key, response, marks_of(request)).response(request)
        return compress_response(request, response)

    def page_key(self, request: HttpRequest) -> str:
        """Return the key of the page that is asked for, as the site's content is now; empty where it has none.

        Raises DisallowedHost for a host that is not ours, so that no page is made for it.
        """
        address = (self.release, request.scheme or "", request.get_host().lower(), request.path)
        query = canonical_query(request)
        if query is None:
            return ""
        try:
            parts = (generation(), address_token(request.path), *address, query)
        except Exception:
            logger.exception("The cache is away.")
            return ""
        return "page:" + hashlib.sha256("\n".join(parts).encode()).hexdigest()


def marks_of(request: HttpRequest) -> dict[str, Any]:
    """Return what is noted of the page that answers the request, for middlewares around the cache: no reader sees it.

    A template tag notes while the page is rendered. The notes are kept with the page, so that they are there also
    when it comes from the cache.
    """
    marks: dict[str, Any] = request.__dict__.setdefault("marks", {})
    return marks


def is_anonymous_read(request: HttpRequest) -> bool:
    """Whether the request can be answered with the page that every anonymous reader gets."""
    return (
        settings.PAGE_CACHE
        and request.method in ("GET", "HEAD")
        and not {settings.SESSION_COOKIE_NAME, "messages"}.intersection(request.COOKIES)
        and not request.path.startswith((settings.ADMIN_PATH, settings.STATIC_URL, settings.MEDIA_URL, "/health/"))
        and "Authorization" not in request.headers
        and "Range" not in request.headers
    )


def canonical_query(request: HttpRequest) -> str | None:
    """Return the parameters that pages read, in one order; None where there are others or the address is too long.

    Takes the marks of newsletters and networks off the request itself.
    """
    query = request.META.get("QUERY_STRING", "")
    if len(request.path) + len(query) > LONGEST_ADDRESS:
        return None
    if not query:
        return ""
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not any(fnmatch.fnmatch(name, mark) for mark in TRACKING)]
    if len(kept) < len(pairs):
        request.META["QUERY_STRING"] = urlencode(kept)
    return urlencode(sorted(kept)) if parameters.issuperset(name for name, _value in kept) else None


def is_same_for_everyone(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether the response may be given to the next reader."""
    varies = {name.strip().lower() for name in response.get("Vary", "").split(",")} - {""}
    control = response.get("Cache-Control", "").lower()
    return (
        not response.streaming
        and not response.cookies
        and varies <= {"accept-encoding"}
        and not response.has_header("Content-Encoding")
        and "private" not in control
        and "no-store" not in control
        and not getattr(getattr(request, "session", None), "accessed", False)
    )


def fetch(key: str) -> CachedPage | None:
    """Return the page under the key, or None also where the cache is away."""
    try:
        page: CachedPage | None = caches["pages"].get(key)
    except Exception:
        logger.exception("The cache is away.")
        return None
    return page


def store(key: str, response: HttpResponse, marks: dict[str, Any]) -> CachedPage:
    """Keep the response with its marks under the key and return what was kept."""
    response.setdefault("Cache-Control", "public, max-age=0, must-revalidate")
    patch_vary_headers(response, ["Accept-Encoding"])
    fingerprint = hashlib.sha256(repr(sorted(response.items())).encode() + response.content).hexdigest()
    # Weak, because it stands for every encoding of the page.
    response["ETag"] = f'W/"{fingerprint[:32]}"'
    page = CachedPage.of(response, marks)
    try:
        caches["pages"].set(key, page, PAGE_SECONDS)
    except Exception:
        logger.exception("The cache did not take a page.")
    return page
