"""The privacy preference centre as a page, and what is sent to it."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from http.cookies import Morsel

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from core.senders import takes_own_forms
from site_settings import consent, receipts
from site_settings.centre import Centre
from site_settings.consent import Choice, Offer
from site_settings.models import ConsentReceipt, PrivacySettings

# What Python writes as a cookie's name; browsers send others.
COOKIE_NAME = re.compile(r"[!#$%&'*+\-.^_`|~:0-9A-Za-z]+")
# Never deleted, whatever somebody sets up as a cookie's name.
KEPT = {consent.COOKIE, settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages"}


@method_decorator(takes_own_forms, name="dispatch")
@method_decorator(cache_control(private=True, no_store=True), name="dispatch")
class PrivacyPreferencesView(View):
    """Shows what can be chosen and what has been, and takes the choice. Works without JavaScript."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form with the visitor's present choice."""
        return self.show(request)

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Keep the choice, write a receipt and delete what is no longer allowed."""
        offer = consent.current_offer(request, with_cookies=True)
        choice = self.decided(offer, Choice.from_request(request))
        if choice is None:
            return self.show(request, status=400)
        source = request.POST.get("from", "")
        if source not in ConsentReceipt.Source.values:
            source = ConsentReceipt.Source.PAGE
        receipts.record(request, choice, offer.services, source)
        response = redirect(f"{request.path}?saved")
        response.status_code = 303
        consent.keep(response, choice, request, PrivacySettings.for_request(request).choice_days)
        delete_cookies(request, response, offer, choice)
        return response

    def decided(self, offer: Offer, before: Choice | None) -> Choice | None:
        """Return the choice that was sent; None where it makes no sense."""
        data = self.request.POST
        match data.get("choice"):
            case "accept":
                return offer.accept(before)
            case "reject":
                return offer.reject(before)
            case "choose":
                return offer.choose(before, data.getlist("service"), data.getlist("object"))
            case "allow":
                return offer.allow(before, data.get("service", ""))
        return None

    def show(self, request: HttpRequest, status: int = 200) -> HttpResponse:
        """Return the page."""
        offer = consent.current_offer(request, with_cookies=True)
        choice = offer.of(Choice.from_request(request))
        context = {
            "centre": Centre(PrivacySettings.for_request(request), offer, choice, request.headers),
            "is_saved": choice is not None and "saved" in request.GET,
            "was_not_understood": status != 200,
        }
        return render(request, "site_settings/privacy_preferences.html", context, status=status)


def delete_cookies(request: HttpRequest, response: HttpResponse, offer: Offer, choice: Choice) -> None:
    """Have the browser delete the site's own cookies of services that are not allowed.

    A cookie goes only if it is named with the domain that it was set for, which the browser does not tell: so each is
    deleted for the host and for the domains above it.
    """
    denied = (offer.consent - choice.granted) | choice.objected
    patterns = [
        cookie.name
        for service in offer.services
        if service.slug in denied
        for cookie in service.cookies.all()
        if cookie.is_ours
    ]
    for name in request.COOKIES.keys() - KEPT:
        if COOKIE_NAME.fullmatch(name) and any(fnmatchcase(name, pattern) for pattern in patterns):
            for domain in domains(request):
                response.cookies[f"{name} of {domain}"] = expired(name, domain, request.is_secure())


def domains(request: HttpRequest) -> list[str]:
    """Return what a cookie that reaches this host can have been set for: the host alone, or it and those above."""
    labels = request.get_host().partition(":")[0].split(".")
    return ["", *(".".join(labels[start:]) for start in range(len(labels) - 1))]


def expired(name: str, domain: str, is_secure: bool) -> Morsel[str]:
    """Return the cookie as it is told to a browser that shall forget it."""
    morsel: Morsel[str] = Morsel()
    morsel.set(name, "", "")
    morsel.update({"path": "/", "max-age": "0", "expires": "Thu, 01 Jan 1970 00:00:00 GMT", "samesite": "Lax"})
    if domain:
        morsel["domain"] = domain
    if is_secure:  # browsers take names that begin with __Secure- only so
        morsel["secure"] = True
    return morsel


@require_safe
def global_privacy_control(request: HttpRequest) -> JsonResponse:
    """Say that the site honours Global Privacy Control (https://www.w3.org/TR/gpc/, “GPC Support Resource”)."""
    privacy = PrivacySettings.for_request(request)
    return JsonResponse({"gpc": True, "lastUpdate": privacy.gpc_updated_on.isoformat()})
