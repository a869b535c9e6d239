"""The page cache and the content security policy."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from core.page_cache import generation

PAGE_SECONDS = 24 * 60 * 60
# Longer addresses are somebody's experiments, not readers' pages.
LONGEST_ADDRESS = 300


@dataclass(frozen=True)
class CachedPage:
    """A finished response: what was sent, ready to be sent again."""

    content: bytes
    headers: dict[str, str]

    def response(self) -> HttpResponse:
        """Return it as a new response."""
        return HttpResponse(self.content, headers=self.headers)


class PageCacheMiddleware:
    """Answers an anonymous reader from the cache before sessions and the database are touched.

    A response is kept only where it is the same for everyone: 200, whole, without a cookie and without Vary: Cookie.
    A signed-in user's requests neither read nor fill the cache. Browsers may keep a copy but must ask before use.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_anonymous_read(request):
            return self.get_response(request)
        key = page_key(request)
        page: CachedPage | None = cache.get(key)
        if page is None:
            response = self.get_response(request)
            if not is_same_for_everyone(response):
                return response
            page = store(key, response)
        answer = page.response()
        return get_conditional_response(request, etag=answer["ETag"], response=answer) or answer


def is_anonymous_read(request: HttpRequest) -> bool:
    """Whether the request can be answered with the page that every anonymous reader gets."""
    return (
        request.method in ("GET", "HEAD")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and not request.path.startswith((settings.ADMIN_PATH, settings.STATIC_URL, settings.MEDIA_URL, "/health/"))
        and len(request.get_full_path()) <= LONGEST_ADDRESS
        and "Range" not in request.headers
    )


def page_key(request: HttpRequest) -> str:
    """Return the key of a page: host, scheme, address and the content generation at this moment."""
    parts = (generation(), request.scheme or "", request.get_host(), request.get_full_path())
    return "page:" + hashlib.sha256("\n".join(parts).encode()).hexdigest()


def is_same_for_everyone(response: HttpResponse) -> bool:
    """Whether the response may be given to the next reader."""
    varies = response.get("Vary", "").lower()
    control = response.get("Cache-Control", "").lower()
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "cookie" not in varies
        and "private" not in control
        and "no-store" not in control
    )


def store(key: str, response: HttpResponse) -> CachedPage:
    """Keep the response under the key and return what was kept."""
    response["ETag"] = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    response.setdefault("Cache-Control", "public, max-age=0, must-revalidate")
    page = CachedPage(response.content, dict(response.items()))
    cache.set(key, page, PAGE_SECONDS)
    return page


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """django-csp, with the relaxed policy for the admin path."""

    def get_policy_parts(self, request: HttpRequest, response: HttpResponse, report_only: bool = False) -> PolicyParts:
        """Return the policy's parts: the admin's own under the admin path, the site's elsewhere."""
        parts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith(settings.ADMIN_PATH) and not report_only and parts.config is None:
            parts.config = settings.ADMIN_CONTENT_SECURITY_POLICY
        return parts
