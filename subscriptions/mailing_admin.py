"""Mailings in the admin: how far each has come, what went out, and what can be done about it."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import IndexView, InspectView

from subscriptions import contents, starting
from subscriptions.mailing_actions import describe, offered
from subscriptions.mailing_views import shown
from subscriptions.models import Mailing
from subscriptions.progress import progress_of
from subscriptions.templatetags.mailing_tags import live_progress


class RecordPermissions(PermissionHelper):
    """What the site writes by itself: it can be looked at, and nobody adds, edits or deletes it."""

    def user_can_create(self, user: Any) -> bool:
        """Nobody makes one up."""
        return False

    def user_can_edit_obj(self, user: Any, obj: Model) -> bool:
        """Nobody rewrites one."""
        return False

    def user_can_delete_obj(self, user: Any, obj: Model) -> bool:
        """Who was sent what stays on record."""
        return False


class MailingIndexView(IndexView):
    """The list, the newest first."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add how far each mailing of the page has come, in one query."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        found = progress_of(context["object_list"])
        for mailing in context["object_list"]:
            mailing.progress = found[mailing.pk]
        return context


class MailingInspectView(InspectView):
    """One mailing, with its mail."""

    page_title = gettext_lazy("Mailing")

    def get_meta_title(self) -> str:
        """Return the title of the browser's window."""
        return str(self.instance)

    def get_page_subtitle(self) -> str:
        """Return what is mailed."""
        return str(self.instance)

    def get_fields_dict(self) -> list[dict[str, Any]]:
        """Return what there is to know of the mailing."""
        mailing = self.instance
        state = capfirst(mailing.get_status_display())
        rows = [
            {"label": _("What"), "value": kind_of(mailing)},
            {"label": _("State"), "value": f"{state}. {mailing.reason}" if mailing.reason else state},
            {"label": _("Not before"), "value": moment(mailing.send_after)},
            {"label": _("Begun"), "value": moment(mailing.started_at)},
            {"label": _("Ended"), "value": moment(mailing.finished_at)},
        ]
        return [row for row in rows if row["value"]]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the progress, the buttons and the mail."""
        mailing = self.instance
        may_change = self.permission_helper.user_has_specific_permission(self.request.user, "change_mailing")
        recipients = starting.recipients(mailing).count() if may_change else 0
        return super().get_context_data(
            **{
                "progress": progress_of([mailing])[mailing.pk],
                "decisions": [
                    {**describe(action, recipients), "url": reverse("mailing_action", args=[mailing.pk, action.name])}
                    for action in (offered(mailing) if may_change else ())
                ],
                "mail": mail_of(mailing),
                "deliveries_url": f"{reverse('deliveries_modeladmin_index')}?mailing={mailing.pk}",
                **kwargs,
            }
        )


class MailingAdmin(ModelAdmin):
    """Mailings of reviews and digests."""

    model = Mailing
    menu_label = gettext_lazy("Mailings")
    menu_icon = "mail"
    base_url_path = "mailings"
    add_to_admin_menu = False  # it stands in the group "Subscriptions"
    list_display = ("title", "what", "state", "figures", "when")
    list_select_related = ("page",)
    list_filter = ("kind", "status")
    list_per_page = 20
    search_fields = ("title",)
    inspect_view_enabled = True
    history_view_enabled = False
    permission_helper_class = RecordPermissions
    index_view_class = MailingIndexView
    inspect_view_class = MailingInspectView
    index_template_name = "subscriptions/admin/mailings.html"
    inspect_template_name = "subscriptions/admin/mailing.html"
    index_view_extra_css = ["css/admin/mailings.css"]
    index_view_extra_js = ["js/mailing-progress.js"]
    inspect_view_extra_css = ["css/admin/mailings.css"]
    inspect_view_extra_js = ["js/mailing-progress.js"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Mailing]:
        """Return the mailings without their texts, which the list does not show."""
        queryset: QuerySet[Mailing] = super().get_queryset(request).defer("html", "text")
        return queryset

    def get_extra_attrs_for_field_col(self, obj: Mailing, field_name: str) -> dict[str, str]:
        """Keep words in one piece, and give the bar room."""
        narrow = {"style": "word-break: normal; overflow-wrap: normal"}
        return {"style": "min-width: 11rem"} if field_name == "figures" else narrow

    def register_indexing(self) -> None:
        """Keep mailings out of the index of references: a mail that was sent keeps nothing from being deleted."""

    def what(self, mailing: Mailing) -> str:
        """The kind of mailing."""
        return capfirst(mailing.get_kind_display())

    def state(self, mailing: Mailing) -> SafeString:
        """The state, with its reason."""
        return format_html("{}<br><small>{}</small>", capfirst(mailing.get_status_display()), mailing.reason)

    def figures(self, mailing: Mailing) -> SafeString:
        """How far it has come."""
        return live_progress(mailing, mailing.progress)  # type: ignore[attr-defined]

    def when(self, mailing: Mailing) -> str:
        """When it began, or when it is to begin."""
        return moment(mailing.started_at or mailing.send_after)

    what.short_description = gettext_lazy("What")  # type: ignore[attr-defined]
    state.short_description = gettext_lazy("State")  # type: ignore[attr-defined]
    state.admin_order_field = "status"  # type: ignore[attr-defined]
    figures.short_description = gettext_lazy("Progress")  # type: ignore[attr-defined]
    when.short_description = gettext_lazy("When")  # type: ignore[attr-defined]
    when.admin_order_field = "send_after"  # type: ignore[attr-defined]


def kind_of(mailing: Mailing) -> SafeString | str:
    """Return what the mailing is of, with a way to the review's editor."""
    if mailing.page:
        address = reverse("wagtailadmin_pages:edit", args=[mailing.page_id])
        return format_html('<a href="{}">{}</a>', address, mailing.page.title)
    if mailing.since and mailing.until:
        return _("Weekly digest, reviews from %(since)s to %(until)s") % {
            "since": moment(mailing.since),
            "until": moment(mailing.until),
        }
    return _("A review that was deleted")


def mail_of(mailing: Mailing) -> dict[str, Any] | None:
    """Return the mail as it went out, else as it is now; nothing where the review was deleted before."""
    if mailing.html:
        return shown(contents.stored(mailing).sample("", mailing.title))
    if mailing.kind == Mailing.Kind.DIGEST:
        return shown(contents.of_digest(mailing).sample("", mailing.title))
    return shown(contents.of_review(mailing.page).sample("", mailing.page.title)) if mailing.page else None


def moment(time: Any) -> str:
    """Return the time as editors read it; empty where there is none."""
    return date_format(timezone.localtime(time), "j M Y, H:i") if time else ""
