"""Deliveries in the admin: whether somebody got a mailing, and if not, why."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.paginator import WagtailPaginator
from wagtail_modeladmin.helpers.search import BaseSearchHandler
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import IndexView, InspectView

from core.spreadsheets import TEXT_STAYS_TEXT
from subscriptions.mailing_admin import RecordPermissions, moment
from subscriptions.models import Delivery, Mailing, Subscriber

# Nobody turns more pages of a list; others are found by filter, by search or in the exported file.
MOST_LISTED = 10_000
# Whoever types so little that more addresses fit has to type more.
MOST_FOUND = 500
MAILINGS_OFFERED = 20


class DeliveriesToList(QuerySet):
    """Deliveries counted only as far as the list goes, because to count a million takes a while."""

    def count(self) -> int:
        """How many there are, or one more than are listed."""
        return QuerySet.count(self.order_by()[: MOST_LISTED + 1])


class DeliveryPaginator(WagtailPaginator):
    """Says it where there are more than are listed."""

    @cached_property
    def items_count_label(self) -> str:
        """How many deliveries there are."""
        if self.count > MOST_LISTED:
            return _("More than %(number)s deliveries") % {"number": f"{MOST_LISTED:,}"}
        return str(super().items_count_label)


class MailingFilter(SimpleListFilter):
    """The mailing that they belong to."""

    title = gettext_lazy("mailing")
    parameter_name = "mailing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer the newest mailings, and the one that is chosen."""
        offered = dict(Mailing.objects.values_list("pk", "title")[:MAILINGS_OFFERED])
        if (chosen := number_in(request.GET.get(self.parameter_name))) and chosen not in offered:
            offered.update(Mailing.objects.filter(pk=chosen).values_list("pk", "title"))
        return [(str(pk), title) for pk, title in offered.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Delivery]) -> QuerySet[Delivery]:
        """Keep the deliveries of the mailing."""
        chosen = number_in(self.value())
        return queryset.filter(mailing=chosen) if chosen else queryset


class AddressSearch(BaseSearchHandler):
    """Finds deliveries by the subscriber's address, or a part of it."""

    def search_queryset(self, queryset: QuerySet[Any], search_term: str, **kwargs: Any) -> QuerySet[Any]:
        """Keep the deliveries to addresses that hold what was typed."""
        if not (typed := search_term.strip()):
            return queryset
        found = Subscriber.objects.filter(email__icontains=typed).order_by("email").values_list("pk", flat=True)
        return queryset.filter(subscriber__in=list(found[:MOST_FOUND]))


class DeliveryIndexView(IndexView):
    """The list, the latest first."""

    paginator_class = DeliveryPaginator
    custom_value_preprocess = TEXT_STAYS_TEXT
    export_headings = {
        "email": gettext_lazy("Address"),
        "mailing": gettext_lazy("Mailing"),
        "status": gettext_lazy("State"),
        "attempts": gettext_lazy("Attempts"),
        "sent_at": gettext_lazy("Sent (UTC)"),
        "message_id": gettext_lazy("Message-ID"),
        "detail": gettext_lazy("The server’s answer"),
    }

    def to_row_dict(self, item: Delivery) -> dict[str, Any]:
        """Return the delivery as it goes into a file."""
        return {
            "email": address(item),
            "mailing": item.mailing.title,
            "status": item.get_status_display(),
            "attempts": item.attempts,
            "sent_at": item.sent_at.strftime("%Y-%m-%d %H:%M:%S") if item.sent_at else "",
            "message_id": item.message_id,
            "detail": item.detail,
        }

    def as_spreadsheet(self, queryset: QuerySet[Delivery], spreadsheet_format: str) -> HttpResponse:
        """Write the file row by row: a hundred thousand deliveries do not fit into memory."""
        return super().as_spreadsheet(queryset.iterator(chunk_size=2000), spreadsheet_format)


class DeliveryInspectView(InspectView):
    """One delivery, with what the server said of it."""

    page_title = gettext_lazy("Delivery")

    def get_meta_title(self) -> str:
        """Return the title of the browser's window."""
        return _("Delivery to %(email)s") % {"email": address(self.instance)}

    def get_fields_dict(self) -> list[dict[str, Any]]:
        """Return what there is to know of the delivery."""
        delivery = self.instance
        rows = [
            {"label": _("Address"), "value": address(delivery)},
            {"label": _("Mailing"), "value": delivery.mailing.title},
            {"label": _("State"), "value": delivery.get_status_display()},
            {"label": _("Attempts"), "value": delivery.attempts},
            {"label": _("Sent"), "value": moment(delivery.sent_at)},
            {"label": _("Next try"), "value": moment(next_try(delivery))},
            {"label": _("The server’s answer"), "value": delivery.detail},
            {"label": _("Message-ID"), "value": delivery.message_id},
        ]
        return [row for row in rows if row["value"] != ""]


class DeliveryAdmin(ModelAdmin):
    """Each mail of a mailing."""

    model = Delivery
    menu_label = gettext_lazy("Deliveries")
    menu_icon = "list-ul"
    base_url_path = "deliveries"
    add_to_admin_menu = False  # it stands in the group "Subscriptions"
    list_display = ("to", "of", "status", "sent", "detail")
    list_select_related = ("mailing", "subscriber")
    list_filter = ("status", MailingFilter)
    list_export = ("email", "mailing", "status", "attempts", "sent_at", "message_id", "detail")
    list_per_page = 50
    export_filename = "deliveries"
    ordering = ("-pk",)
    search_fields = ("subscriber__email",)
    search_handler_class = AddressSearch
    inspect_view_enabled = True
    history_view_enabled = False
    permission_helper_class = RecordPermissions
    index_view_class = DeliveryIndexView
    inspect_view_class = DeliveryInspectView
    index_template_name = "subscriptions/admin/deliveries.html"

    def get_queryset(self, request: HttpRequest) -> DeliveriesToList:
        """Return the deliveries, the latest first, without the texts of their mailings."""
        deliveries: DeliveriesToList = DeliveriesToList(Delivery).select_related("mailing", "subscriber")
        return deliveries.defer("mailing__html", "mailing__text").order_by(*self.ordering)

    def get_extra_attrs_for_field_col(self, obj: Delivery, field_name: str) -> dict[str, str]:
        """Give addresses room."""
        return {"style": "min-width: 15rem"} if field_name == "to" else {}

    def register_indexing(self) -> None:
        """Keep deliveries out of the index of references: a mail should write no more than itself."""

    def to(self, delivery: Delivery) -> str:
        """Whom it goes to."""
        return address(delivery)

    def of(self, delivery: Delivery) -> str:
        """What it is a mail of."""
        return delivery.mailing.title

    def sent(self, delivery: Delivery) -> str:
        """When it was sent."""
        return moment(delivery.sent_at)

    to.short_description = gettext_lazy("To")  # type: ignore[attr-defined]
    of.short_description = gettext_lazy("Mailing")  # type: ignore[attr-defined]
    sent.short_description = gettext_lazy("Sent")  # type: ignore[attr-defined]
    sent.admin_order_field = "sent_at"  # type: ignore[attr-defined]


def address(delivery: Delivery) -> str:
    """Return whom the delivery goes to."""
    return delivery.subscriber.email if delivery.subscriber else _("an address that was erased")


def next_try(delivery: Delivery) -> Any:
    """Return when the delivery is tried again; nothing where it is not."""
    return delivery.due_at if delivery.status == Delivery.Status.QUEUED else None


def number_in(text: str | None) -> int | None:
    """Return the number that somebody's address asks for; nothing where it is none."""
    return int(text) if text and text.isdecimal() and len(text) < 19 else None
