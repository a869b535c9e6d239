"""Receipts in the admin: a list to filter, search and take away, each with the texts that were shown, and the purge."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.contrib.admin import DateFieldListFilter
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import IndexView, InspectView

from site_settings.models import ConsentReceipt
from site_settings.receipt_filters import NumberSearch, ServiceFilter, VersionFilter
from site_settings.receipts import left_out_today, outdated, purge_receipts

# Nobody turns more pages of a list; older receipts are found by filter, by search or in the exported file.
MOST_LISTED = 10_000


def utc(moment: datetime) -> str:
    """Return the moment as it is written on a receipt."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")


class ReceiptPermissions(PermissionHelper):
    """Receipts are written by the site alone: they can be looked at and deleted."""

    def user_can_create(self, user: Any) -> bool:
        """Nobody makes one up."""
        return False

    def user_can_edit_obj(self, user: Any, obj: Model) -> bool:
        """Nobody changes one."""
        return False


class ReceiptsToList(QuerySet):
    """Receipts counted only as far as the list goes, because to count a million takes a while."""

    def count(self) -> int:
        """How many there are, or one more than are listed."""
        return QuerySet.count(self.order_by()[: MOST_LISTED + 1])


class ReceiptPaginator(WagtailPaginator):
    """Says it where there are more than are listed."""

    @cached_property
    def items_count_label(self) -> str:
        """How many receipts there are."""
        if self.count > MOST_LISTED:
            return _("More than %(number)s receipts") % {"number": f"{MOST_LISTED:,}"}
        return str(super().items_count_label)


class ReceiptIndexView(IndexView):
    """The list, the latest first."""

    paginator_class = ReceiptPaginator
    export_headings = {
        "made_at": gettext_lazy("Time (UTC)"),
        "visitor": gettext_lazy("Visitor's number"),
        "text_id": gettext_lazy("Hash of the texts shown (SHA-256)"),
    }

    @cached_property
    def left_out(self) -> int:
        """How many choices of today have no receipt."""
        return left_out_today()

    def get_buttons_for_obj(self, obj: ConsentReceipt) -> list[dict[str, Any]]:
        """Return the buttons of a row: a receipt is deleted only by whoever has opened it."""
        buttons: list[dict[str, Any]] = self.button_helper.get_buttons_for_obj(
            obj, exclude=["delete"], classnames_add=["button-small"]
        )
        return buttons

    @cached_property
    def is_uncounted(self) -> bool:
        """Whether there are more receipts than are counted. The foot of the list says so."""
        return int(self.queryset.count()) > MOST_LISTED

    def to_row_dict(self, item: ConsentReceipt) -> dict[str, Any]:
        """Return the receipt as it goes into a file."""
        return {
            "made_at": utc(item.made_at),
            "visitor": item.visitor,
            "version": item.version,
            "granted": " ".join(item.granted),
            "objected": " ".join(item.objected),
            "source": item.get_source_display(),
            "language": item.language,
            "text_id": item.text_id,
        }

    def as_spreadsheet(self, queryset: QuerySet[ConsentReceipt], spreadsheet_format: str) -> HttpResponse:
        """Write the file row by row: a million receipts do not fit into memory."""
        rows = queryset.select_related(None).iterator(chunk_size=2000)
        return super().as_spreadsheet(rows, spreadsheet_format)


class ReceiptInspectView(InspectView):
    """One receipt, with the texts that were shown."""

    page_title = gettext_lazy("Receipt")

    def get_meta_title(self) -> str:
        """Return the title of the browser's window."""
        return _("Receipt of %(number)s") % {"number": self.instance.visitor}

    def get_fields_dict(self) -> list[dict[str, Any]]:
        """Return what the receipt holds, labelled as in the list."""
        receipt = self.instance
        return [
            {"label": _("Time (UTC)"), "value": utc(receipt.made_at)},
            {"label": _("Visitor’s number"), "value": receipt.visitor},
            {"label": _("Version"), "value": receipt.version},
            {"label": _("Allowed"), "value": receipt.granted_names or _("Nothing that needs consent")},
            {"label": _("Objected to"), "value": receipt.objected_names or _("Nothing")},
            {"label": _("Where it was made"), "value": receipt.get_source_display()},
            {"label": _("Language"), "value": receipt.language},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the other receipts of the same visitor."""
        same = ConsentReceipt.objects.filter(visitor=self.instance.visitor).exclude(pk=self.instance.pk)
        address = self.url_helper.get_action_url
        others = [(address("inspect", receipt.pk), utc(receipt.made_at)) for receipt in same[:50]]
        return super().get_context_data(others=others, **kwargs)


class ReceiptAdmin(ModelAdmin):
    """Receipts of readers' choices."""

    model = ConsentReceipt
    menu_label = gettext_lazy("Receipts")
    menu_icon = "check"
    base_url_path = "receipts"
    add_to_admin_menu = False  # it stands in the group "Privacy"
    list_display = ("time", "number", "version", "allowed", "objected_to", "source")
    list_select_related = ("text",)
    list_filter = (("made_at", DateFieldListFilter), VersionFilter, ServiceFilter, "source")
    list_export = ("made_at", "visitor", "version", "granted", "objected", "source", "language", "text_id")
    list_per_page = 50
    export_filename = "receipts"
    ordering = ("-made_at", "-pk")
    search_fields = ("visitor",)
    search_handler_class = NumberSearch
    inspect_view_enabled = True
    history_view_enabled = False
    permission_helper_class = ReceiptPermissions
    index_view_class = ReceiptIndexView
    index_template_name = "site_settings/admin/receipts.html"
    inspect_view_class = ReceiptInspectView
    inspect_template_name = "site_settings/admin/receipt.html"

    def get_queryset(self, request: HttpRequest) -> ReceiptsToList:
        """Return the receipts, the latest first."""
        return ReceiptsToList(ConsentReceipt).order_by(*self.ordering)

    def get_extra_attrs_for_field_col(self, obj: ConsentReceipt, field_name: str) -> dict[str, str]:
        """Keep names of services in one piece."""
        return (
            {"style": "word-break: normal; overflow-wrap: normal"} if field_name in ("allowed", "objected_to") else {}
        )

    def register_indexing(self) -> None:
        """Keep receipts out of the index of references: a reader's choice should write no more than itself."""

    def time(self, receipt: ConsentReceipt) -> str:
        """When the choice was made."""
        return receipt.made_at.astimezone(UTC).strftime("%Y-%m-%d %H:%M")

    def number(self, receipt: ConsentReceipt) -> str:
        """How the visitor's number begins."""
        return f"{receipt.visitor[:8]}…"

    def allowed(self, receipt: ConsentReceipt) -> str:
        """The services that were allowed."""
        return receipt.granted_names

    def objected_to(self, receipt: ConsentReceipt) -> str:
        """The services that were objected to."""
        return receipt.objected_names

    allowed.short_description = gettext_lazy("Allowed")  # type: ignore[attr-defined]
    objected_to.short_description = gettext_lazy("Objected to")  # type: ignore[attr-defined]
    time.short_description = gettext_lazy("Time (UTC)")  # type: ignore[attr-defined]
    time.admin_order_field = "made_at"  # type: ignore[attr-defined]
    number.short_description = gettext_lazy("Visitor’s number")  # type: ignore[attr-defined]


receipts_admin = ReceiptAdmin()


class PurgeView(WagtailAdminTemplateMixin, TemplateView):
    """Asks whether outdated receipts are to be deleted now, and deletes them."""

    page_title = gettext_lazy("Delete old receipts")
    header_icon = "bin"
    template_name = "site_settings/admin/purge_receipts.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here."""
        receipts = {"url": receipts_admin.url_helper.index_url, "label": receipts_admin.get_menu_label()}
        return [*super().get_breadcrumbs_items(), receipts, {"url": "", "label": self.page_title}]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Let in only who may delete receipts."""
        if not request.user.has_perm("site_settings.delete_consentreceipt"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add how many there are."""
        return super().get_context_data(
            number=outdated().count(), index_url=receipts_admin.url_helper.index_url, **kwargs
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        """Delete them and say how many went."""
        number = purge_receipts()
        message = ngettext("%(number)d old receipt was deleted.", "%(number)d old receipts were deleted.", number)
        messages.success(request, message % {"number": number})
        return redirect(receipts_admin.url_helper.index_url)
