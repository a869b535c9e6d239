"""The page where subscribers decide about their mails and about what is kept of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from core.senders import is_within
from subscriptions import joining, leaving, moving
from subscriptions.forms import EraseForm, NewAddressForm, PauseForm, PreferencesForm
from subscriptions.link_views import LinkView
from subscriptions.links import Purpose
from subscriptions.models import Subscriber, SubscriptionSettings
from subscriptions.personal import record_of

MOST_NEW_ADDRESSES_A_DAY = 3
DAY = 24 * 60 * 60
FORMS: dict[str, type[forms.Form]] = {"address": NewAddressForm, "pause": PauseForm, "erase": EraseForm}


class PreferencesView(LinkView):
    """Shows everything, and does what its buttons say, one at a time."""

    purpose = Purpose.PREFERENCES
    template = "subscriptions/preferences.html"

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """Show the choices as they are."""
        return self.page()

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Do what the pressed button says. One that is not known changes nothing."""
        actions: dict[str, Callable[[], HttpResponse]] = {
            "save": self.save,
            "pause": self.pause,
            "resume": self.resume,
            "address": self.move,
            "unsubscribe": self.unsubscribe,
            "again": self.begin_again,
            "export": self.export,
            "erase": self.erase,
        }
        return actions.get(request.POST.get("action", ""), self.page)()

    def page(self, status: int = 200, **sent: forms.Form) -> HttpResponse:
        """Return the page, with the form that was sent where it has mistakes."""
        shown = {name: form() for name, form in FORMS.items()}
        shown["choices"] = PreferencesForm(subscriber=self.subscriber)
        context: dict[str, Any] = {
            "forms": {**shown, **sent},
            "done": self.request.GET.get("done", ""),
            "wording": SubscriptionSettings.for_request(self.request).consent_wording,
            "is_active": self.subscriber.status == Subscriber.Status.ACTIVE,
            "is_paused": self.subscriber.is_paused,
        }
        return self.show(self.template, status, **context)

    def save(self) -> HttpResponse:
        """Take other choices."""
        form = PreferencesForm(self.request.POST, subscriber=self.subscriber)
        if not form.is_valid():
            return self.page(422, choices=form)
        leaving.change(self.subscriber, form.choices, self.place)
        return self.to_preferences("saved")

    def pause(self) -> HttpResponse:
        """Send nothing for some weeks."""
        form = PauseForm(self.request.POST)
        if not form.is_valid():
            return self.page(422, pause=form)
        leaving.pause(self.subscriber, form.until, self.place)
        return self.to_preferences("paused")

    def resume(self) -> HttpResponse:
        """Send again."""
        leaving.pause(self.subscriber, None, self.place)
        return self.to_preferences("resumed")

    def move(self) -> HttpResponse:
        """Ask at another address."""
        form = NewAddressForm(self.request.POST)
        if form.is_valid() and not is_within(MOST_NEW_ADDRESSES_A_DAY, DAY, "new-address", str(self.subscriber.pk)):
            form.add_error("email", _("You have asked for other addresses too often today. Please try again tomorrow."))
        if not form.is_valid():
            return self.page(422, address=form)
        moving.ask(self.subscriber, form.cleaned_data["email"])
        return self.to_preferences("asked")

    def unsubscribe(self) -> HttpResponse:
        """Send nothing any more."""
        leaving.unsubscribe(self.subscriber, self.place)
        return self.to_preferences("unsubscribed")

    def begin_again(self) -> HttpResponse:
        """Send again to somebody who had left, in the words that stand beside the button."""
        wording = SubscriptionSettings.for_request(self.request).consent_wording
        joining.confirm(self.subscriber, self.place, str(wording))
        return self.to_preferences("confirmed")

    def export(self) -> HttpResponse:
        """Hand over all that is kept of the subscriber."""
        content = json.dumps(record_of(self.subscriber), ensure_ascii=False, indent=2, default=str)
        response = HttpResponse(content, content_type="application/json; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="my-subscription.json"'
        return response

    def erase(self) -> HttpResponse:
        """Delete all that is kept of the subscriber."""
        form = EraseForm(self.request.POST)
        if not form.is_valid():
            return self.page(422, erase=form)
        leaving.erase(self.subscriber, leaving.BY_THEMSELVES)
        return self.show("subscriptions/erased.html")
