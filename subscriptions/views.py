"""The subscription form and what is sent to it.

The answer never depends on whose address it is: the form is checked as to itself alone, and the address is looked up by
the worker.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_safe

from core import stamps
from core.senders import address, is_within, takes_own_forms
from subscriptions.forms import SubscribeForm
from subscriptions.models import SubscriptionSettings
from subscriptions.tasks import take_wish
from subscriptions.wishes import Wish

PURPOSE = "subscribe"
# Room for a school behind one address; and for all, more than any appeal brings.
MOST_OF_ONE, MOST_OF_ALL = 20, 3_000
HOUR = 60 * 60
LONGEST_PLACE = 500


@method_decorator(takes_own_forms, name="dispatch")
class SubscribeView(View):
    """The form with every choice, and where it and the short one are sent."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer where subscriptions are offered. Raises Http404 elsewhere."""
        self.settings = SubscriptionSettings.for_request(request)
        if not self.settings.is_offered:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the empty form."""
        return self.show(SubscribeForm(consent_wording=self.settings.consent_wording))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Hand the wish to the worker, and say where to look, whoever it is."""
        form = SubscribeForm(request.POST, consent_wording=self.settings.consent_wording)
        problem = self.problem()
        if problem or not form.is_valid():
            return self.show(form, problem, 422)
        of_one = is_within(MOST_OF_ONE, HOUR, PURPOSE, address(request))
        if not (of_one and is_within(MOST_OF_ALL, HOUR, PURPOSE)):
            problem = _("Too many subscriptions were asked for from your network. Please try again in an hour.")
            return self.show(form, problem, 429)
        where = (request.headers.get("Referer") or request.build_absolute_uri())[:LONGEST_PLACE]
        wish = Wish(form.cleaned_data["email"], str(self.settings.consent_wording), where, form.choices)
        take_wish.enqueue(wish.packed())
        response = redirect("subscriptions:inbox")
        response.status_code = 303
        return response

    def problem(self) -> str:
        """Return why the form as such is not taken; empty where it is."""
        data = self.request.POST
        if data.get(stamps.HONEYPOT):
            return _("A field that nobody sees was filled in, perhaps by your browser. Please send the form again.")
        reading = stamps.read(data.get(stamps.FIELD, ""), PURPOSE)
        if reading in (stamps.Reading.FORGED, stamps.Reading.OLD):
            return _("The form had been open for too long. Please send it again.")
        return ""

    def show(self, form: SubscribeForm, problem: str = "", status: int = 200) -> HttpResponse:
        """Return the page."""
        context = {"form": form, "subscriptions": self.settings, "problem": problem, "purpose": PURPOSE}
        response = render(self.request, "subscriptions/subscribe.html", context, status=status)
        if status != 200:
            response["Cache-Control"] = "private, no-store"
        return response


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Say where to look now."""
    return render(request, "subscriptions/inbox.html")
