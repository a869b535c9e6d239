"""Subscribers in the admin: who they are, what they agreed to and what they were sent.

Nobody is added here: an address becomes a subscriber's by its owner's confirmation, or by an import that says how they
agreed.
"""

from __future__ import annotations

from typing import Any

from django.contrib.admin import DateFieldListFilter
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.paginator import WagtailPaginator
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import IndexView, InspectView

from core.spreadsheets import TEXT_STAYS_TEXT
from subscriptions.mailing_admin import RecordPermissions, moment
from subscriptions.models import Subscriber
from subscriptions.subscriber_filters import SubscriberSearch, TopicFilter

# Nobody turns more pages of a list; others are found by filter, by search or in the exported file.
MOST_LISTED = 10_000
MOST_DELIVERIES = 50


class SubscribersToList(QuerySet):
    """Subscribers counted only as far as the list goes."""

    def count(self) -> int:
        """How many there are, or one more than are listed."""
        return QuerySet.count(self.order_by()[: MOST_LISTED + 1])


class SubscriberPaginator(WagtailPaginator):
    """Says it where there are more than are listed."""

    @cached_property
    def items_count_label(self) -> str:
        """How many subscribers there are."""
        if self.count > MOST_LISTED:
            return _("More than %(number)s subscribers") % {"number": f"{MOST_LISTED:,}"}
        return str(super().items_count_label)


class SubscriberIndexView(IndexView):
    """The list, the latest first."""

    paginator_class = SubscriberPaginator
    custom_value_preprocess = TEXT_STAYS_TEXT
    export_headings = {
        "email": gettext_lazy("E-mail"),
        "topics": gettext_lazy("Topics"),
        "created_at": gettext_lazy("First asked (UTC)"),
        "confirmed_at": gettext_lazy("Confirmed (UTC)"),
        "ended_at": gettext_lazy("Ended (UTC)"),
        "wording": gettext_lazy("What they agreed to"),
        "where": gettext_lazy("Where they agreed"),
    }

    def to_row_dict(self, item: Subscriber) -> dict[str, Any]:
        """Return the subscriber as it goes into a file, with the latest consent."""
        consents = [record for record in item.records.all() if record.event in ("confirmed", "imported")]
        return {
            "email": item.email,
            "status": item.get_status_display(),
            "rhythm": item.get_rhythm_display(),
            "topics": topics_of(item),
            "created_at": utc(item.created_at),
            "confirmed_at": utc(item.confirmed_at),
            "ended_at": utc(item.ended_at),
            "wording": consents[-1].wording if consents else "",
            "where": consents[-1].where if consents else "",
        }

    def as_spreadsheet(self, queryset: QuerySet[Subscriber], spreadsheet_format: str) -> HttpResponse:
        """Write the file row by row: a hundred thousand subscribers do not fit into memory."""
        rows = queryset.prefetch_related("records", "topics").iterator(chunk_size=1000)
        return super().as_spreadsheet(rows, spreadsheet_format)

    def get_buttons_for_obj(self, obj: Subscriber) -> list[dict[str, Any]]:
        """Return no buttons for a row: its address leads to all that is known and can be done."""
        return []


class SubscriberInspectView(InspectView):
    """One subscriber, with all that they agreed to and got."""

    page_title = gettext_lazy("Subscriber")

    def get_meta_title(self) -> str:
        """Return the title of the browser's window."""
        return str(self.instance)

    def get_page_subtitle(self) -> str:
        """Return who it is."""
        return str(self.instance)

    def get_fields_dict(self) -> list[dict[str, Any]]:
        """Return what there is to know of the subscriber."""
        subscriber = self.instance
        rows = [
            {"label": _("E-mail"), "value": subscriber.email},
            {"label": _("New address, not confirmed yet"), "value": subscriber.new_email},
            {"label": _("Status"), "value": state_of(subscriber)},
            {"label": _("Rhythm"), "value": subscriber.get_rhythm_display()},
            {"label": _("Topics"), "value": topics_of(subscriber)},
            {"label": _("First asked"), "value": moment(subscriber.created_at)},
            {"label": _("Confirmed"), "value": moment(subscriber.confirmed_at)},
            {"label": _("Ended"), "value": moment(subscriber.ended_at)},
        ]
        return [row for row in rows if row["value"]]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the consent, the mails and what can be done."""
        subscriber = self.instance
        deliveries = subscriber.deliveries.select_related("mailing").defer("mailing__html", "mailing__text")
        user = self.request.user
        return super().get_context_data(
            records=subscriber.records.all(),
            deliveries=deliveries[:MOST_DELIVERIES],
            may_end=user.has_perm("subscriptions.change_subscriber") and subscriber.status != "unsubscribed",
            may_erase=user.has_perm("subscriptions.delete_subscriber"),
            **kwargs,
        )


class SubscriberAdmin(ModelAdmin):
    """Who gets new reviews by e-mail."""

    model = Subscriber
    menu_label = gettext_lazy("Subscribers")
    menu_icon = "group"
    base_url_path = "subscribers"
    add_to_admin_menu = False  # it stands in the group "Subscriptions"
    list_display = ("address", "state", "rhythm", "chosen", "since")
    list_filter = (
        "status",
        "rhythm",
        TopicFilter,
        ("created_at", DateFieldListFilter),
        ("ended_at", DateFieldListFilter),
    )
    list_export = (
        *("email", "status", "rhythm", "topics", "created_at", "confirmed_at", "ended_at"),
        *("wording", "where"),
    )
    list_per_page = 50
    export_filename = "subscribers"
    ordering = ("-created_at", "-pk")
    search_fields = ("email",)
    search_handler_class = SubscriberSearch
    inspect_view_enabled = True
    history_view_enabled = False
    permission_helper_class = RecordPermissions
    index_view_class = SubscriberIndexView
    index_template_name = "subscriptions/admin/subscribers.html"
    inspect_view_class = SubscriberInspectView
    inspect_template_name = "subscriptions/admin/subscriber.html"

    def get_queryset(self, request: HttpRequest) -> SubscribersToList:
        """Return the subscribers, the latest first."""
        subscribers: SubscribersToList = SubscribersToList(Subscriber).order_by(*self.ordering)
        return subscribers.prefetch_related("topics")

    def get_extra_attrs_for_field_col(self, obj: Subscriber, field_name: str) -> dict[str, str]:
        """Give addresses room."""
        return {"style": "min-width: 14rem; overflow-wrap: anywhere"} if field_name == "address" else {}

    def register_indexing(self) -> None:
        """Keep subscribers out of the index of references: a reader's form should write no more than itself."""

    def address(self, subscriber: Subscriber) -> str:
        """The address, which the list makes lead to all that there is of it."""
        return subscriber.email

    def state(self, subscriber: Subscriber) -> str:
        """Whether mails are sent."""
        return state_of(subscriber)

    def chosen(self, subscriber: Subscriber) -> str:
        """The topics."""
        return topics_of(subscriber)

    def since(self, subscriber: Subscriber) -> str:
        """Since when the address is known."""
        return moment(subscriber.created_at)

    address.short_description = gettext_lazy("E-mail")  # type: ignore[attr-defined]
    address.admin_order_field = "email"  # type: ignore[attr-defined]
    state.short_description = gettext_lazy("Status")  # type: ignore[attr-defined]
    state.admin_order_field = "status"  # type: ignore[attr-defined]
    chosen.short_description = gettext_lazy("Topics")  # type: ignore[attr-defined]
    since.short_description = gettext_lazy("First asked")  # type: ignore[attr-defined]
    since.admin_order_field = "created_at"  # type: ignore[attr-defined]


def state_of(subscriber: Subscriber) -> str:
    """Return whether mails are sent, and if not, why."""
    status = str(subscriber.get_status_display())
    if subscriber.status == Subscriber.Status.SUPPRESSED and subscriber.suppressed_because:
        return f"{status}: {subscriber.suppressed_because}"
    if subscriber.status == Subscriber.Status.ACTIVE and subscriber.is_paused:
        return _("paused until %(day)s") % {"day": moment_of_day(subscriber)}
    return status


def moment_of_day(subscriber: Subscriber) -> str:
    """Return the day until which nothing is sent."""
    return f"{subscriber.paused_until:%-d %B %Y}"


def topics_of(subscriber: Subscriber) -> str:
    """Return what mails are about."""
    if subscriber.all_topics:
        return _("all")
    return ", ".join(sorted(topic.title for topic in subscriber.topics.all()))


def utc(at: Any) -> str:
    """Return the moment as it goes into a file."""
    return at.strftime("%Y-%m-%d %H:%M:%S") if at else ""


def subscriber_url(subscriber: Subscriber) -> str:
    """Return where all is seen of the subscriber."""
    return reverse("subscribers_modeladmin_inspect", args=[subscriber.pk])
