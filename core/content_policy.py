"""The content security policy: strict on the site, relaxed under the admin path, wider where a page asks for it."""

from __future__ import annotations

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase


def allow(request: HttpRequest, directive: str, *sources: str) -> None:
    """Let the page that answers the request use the sources, such as `"frame-src", "https://player.example"`.

    For template tags, which know what a page holds. What they allow must be the same for every reader, because the
    policy is kept with the page in the cache.
    """
    allowed = request.__dict__.setdefault("allowed_sources", {})
    allowed[directive] = sorted({*allowed.get(directive, ()), *sources})


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """django-csp, with the relaxed policy for the admin path and with what the page's own tags allow."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponse | HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        """Return the policy's parts: the admin's own under the admin path and around the editors' bar."""
        parts = super().get_policy_parts(request, response, report_only)
        if report_only:
            return parts
        is_editors = request.path_info.startswith(settings.ADMIN_PATH) or hasattr(request, "shows_editors_bar")
        if is_editors and parts.config is None:
            parts.config = settings.ADMIN_CONTENT_SECURITY_POLICY
        allowed = getattr(request, "allowed_sources", {})
        if is_editors:
            allowed = {directive: kept for directive, sources in allowed.items() if (kept := without_hashes(sources))}
        if allowed:
            parts.update = {**(parts.update or {}), **allowed}
        return parts


def without_hashes(sources: list[str]) -> list[str]:
    """Return the sources for a policy that allows all that is inline, which a single hash would undo."""
    return [source for source in sources if not source.startswith("'sha")]
