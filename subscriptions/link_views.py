"""What a subscriber's own links lead to. To open one changes nothing: mail scanners open all; its button does.

Who holds a link is its subscriber, so nothing else is asked of a form there: a browser that keeps quiet about where it
was sent from, as these pages tell it to, can use it, and so can a mail provider (RFC 8058).
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt

from subscriptions import joining, leaving, moving
from subscriptions.links import LinkError, LinkOverError, Purpose, preferences_path, subscriber_of
from subscriptions.models import Subscriber

ONE_CLICK = "List-Unsubscribe"


@method_decorator(csrf_exempt, name="dispatch")
@method_decorator(cache_control(private=True, no_store=True), name="dispatch")
class LinkView(View):
    """A page behind a subscriber's link: kept nowhere, found by no search, named to no other site."""

    purpose: Purpose
    template = ""
    subscriber: Subscriber

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer whose link holds; say what to do about one that does not."""
        try:
            self.subscriber = subscriber_of(kwargs["token"], self.purpose)
        except LinkOverError:
            response: HttpResponseBase = self.show("subscriptions/link_over.html", 410, purpose=self.purpose.value)
        except LinkError:
            response = self.show("subscriptions/link_unknown.html", 404)
        else:
            response = super().dispatch(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "no-referrer"
        return response

    @property
    def place(self) -> str:
        """Where this is, as it is kept with a consent: without the signature."""
        return reverse(f"subscriptions:{self.purpose.name.lower()}", args=["-"]).removesuffix("-/")

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """Show the button."""
        return self.show(self.template)

    def show(self, template: str, status: int = 200, **context: Any) -> HttpResponse:
        """Return the page, without a form for other subscribers at its foot."""
        known = {"subscriber": getattr(self, "subscriber", None), "is_personal": True}
        return render(self.request, template, {**known, **context}, status=status)

    def to_preferences(self, notice: str) -> HttpResponse:
        """Lead to the subscriber's preferences and say there what has happened."""
        response = redirect(f"{preferences_path(self.subscriber)}?done={notice}")
        response.status_code = 303
        return response


class ConfirmView(LinkView):
    """Begins the subscription."""

    purpose = Purpose.CONFIRM
    template = "subscriptions/confirm.html"

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """Show the button with what is agreed to."""
        asked = self.subscriber.records.filter(event="asked").last()
        return self.show(self.template, wording=asked.wording if asked else "")

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Confirm, once."""
        joining.confirm(self.subscriber, self.place)
        return self.to_preferences("confirmed")


class NewAddressView(LinkView):
    """Has mails sent to the address that this link was sent to."""

    purpose = Purpose.NEW_ADDRESS
    template = "subscriptions/new_address.html"

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Take the new address."""
        moving.take(self.subscriber, self.place)
        return self.to_preferences("moved")


class UnsubscribeView(LinkView):
    """Ends the subscription: by its button, or by the mail program's own."""

    purpose = Purpose.UNSUBSCRIBE
    template = "subscriptions/unsubscribe.html"

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """Show the button; or that it is done already, as by a mail program."""
        is_over = self.subscriber.status == Subscriber.Status.UNSUBSCRIBED
        return self.show_end() if is_over else super().get(request, token)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """End it. A second time says the same."""
        where = f"{self.place} (one click)" if ONE_CLICK in request.POST else self.place
        leaving.unsubscribe(self.subscriber, where)
        return self.show_end()

    def show_end(self) -> HttpResponse:
        """Return the page that says that it is over, with the way back."""
        return self.show("subscriptions/unsubscribed.html", preferences=preferences_path(self.subscriber))
