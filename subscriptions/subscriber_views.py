"""What the admin does with a subscriber after it has asked: end the subscription, erase them. And the growth chart."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from subscriptions import leaving
from subscriptions.growth import MONTHS, WEEKS, Span, growth
from subscriptions.models import Subscriber
from subscriptions.subscriber_admin import subscriber_url

LIST = "subscribers_modeladmin_index"
# As in sponsors.report; the script reads its data by the names of the series.
CHART = "vendor/chartjs/chart-4.6.1.umd.min.js"


class ForOwners(WagtailAdminTemplateMixin, TemplateView):
    """A page of the admin for those who have a permission, below the list of subscribers."""

    permission: str
    header_icon = "group"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer who may. Raises PermissionDenied for others."""
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the list."""
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, {"url": reverse(LIST), "label": _("Subscribers")}, here]


class SubscriberDecision(ForOwners):
    """Asks before something is done to a subscriber."""

    template_name = "subscriptions/admin/subscriber_decision.html"
    question: ClassVar[Any]
    button: ClassVar[Any]

    @cached_property
    def subscriber(self) -> Subscriber:
        """Who it is about. Raises Http404."""
        return get_object_or_404(Subscriber, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        """Name who it is about."""
        return self.subscriber.email

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the question."""
        question = self.question % {"email": self.subscriber.email}
        back = subscriber_url(self.subscriber)
        return super().get_context_data(question=question, button=self.button, back=back, **kwargs)


class EndSubscription(SubscriberDecision):
    """Ends a subscription for somebody who asked for that by other ways."""

    permission = "subscriptions.change_subscriber"
    page_title = gettext_lazy("Unsubscribe")
    question = gettext_lazy(
        "Send no more mails to %(email)s? Only they themselves can subscribe again, by the form or their own link."
    )
    button = gettext_lazy("Yes, unsubscribe")

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """End it and say so."""
        leaving.unsubscribe(self.subscriber, _("by %(user)s in the admin") % {"user": request.user})
        messages.success(request, _("%(email)s is unsubscribed.") % {"email": self.subscriber.email})
        return redirect(subscriber_url(self.subscriber))


class EraseSubscriber(SubscriberDecision):
    """Erases somebody who asked for that."""

    permission = "subscriptions.delete_subscriber"
    page_title = gettext_lazy("Erase")
    header_icon = "bin"
    question = gettext_lazy(
        "Delete all that is kept of %(email)s: address, choices, consent and what was sent? This cannot be undone. "
        "An import will not bring the address back; its owner can subscribe again."
    )
    button = gettext_lazy("Yes, erase")

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Erase and say so."""
        email = self.subscriber.email
        leaving.erase(self.subscriber, leaving.BY_THE_TEAM)
        messages.success(request, _("All that was kept of %(email)s is deleted.") % {"email": email})
        return redirect(LIST)


class GrowthReport(ForOwners):
    """How many joined and left, as a chart and a table."""

    permission = "subscriptions.view_subscriber"
    page_title = gettext_lazy("Growth")
    header_icon = "history"
    template_name = "subscriptions/admin/growth.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the figures and what the chart draws."""
        by = MONTHS if self.request.GET.get("by") == MONTHS else WEEKS
        spans = growth(by)
        counts = {status: Subscriber.objects.filter(status=status).count() for status in Subscriber.Status}
        return super().get_context_data(
            by=by,
            spans=[(named(span, by), span) for span in reversed(spans)],
            chart=chart(spans, by),
            totals=[(status.label, counts[status]) for status in Subscriber.Status],
            has_figures=any(span.joined or span.left for span in spans),
            media=MEDIA,
            **kwargs,
        )


def named(span: Span, by: str) -> str:
    """Return the week or month as it is read."""
    return date_format(span.begins, "F Y" if by == MONTHS else "j M Y")


def chart(spans: list[Span], by: str) -> dict[str, Any]:
    """Return what the script draws: names and figures."""
    return {
        "weeks": [named(span, by) for span in spans],
        "joined": [span.joined for span in spans],
        "left": [span.left for span in spans],
        "net": [span.net for span in spans],
    }


MEDIA = forms.Media(
    js=[CHART, Script("js/sponsor-report.js", type="module")],  # type: ignore[list-item]
    css={"all": ["css/admin/sponsor-report.css"]},
)
