"""Responses in the admin: the moderators' queue."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Model, QuerySet
from django.forms import Media
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.menus import ModelAdminMenuItem
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import IndexView

from comments import decisions
from comments.models import Comment
from comments.moderation_forms import EditForm
from comments.queue_filters import EVERY, DayFilter, ResponseSearch, ReviewFilter, StatusFilter, TopicFilter
from comments.response_views import ResponseEditView, ResponseInspectView
from comments.team import may_moderate
from core.spreadsheets import TEXT_STAYS_TEXT


class ResponsePermissions(PermissionHelper):
    """Moderators look at responses and edit them. None is made up here, and what is removed stays on record."""

    def user_can_list(self, user: Any) -> bool:
        """Whether the user moderates."""
        return may_moderate(user)

    def user_can_inspect_obj(self, user: Any, obj: Model) -> bool:
        """Whether the user moderates."""
        return may_moderate(user)

    def user_can_create(self, user: Any) -> bool:
        """Readers write them."""
        return False

    def user_can_delete_obj(self, user: Any, obj: Model) -> bool:
        """A response is removed, or erased with all that its author left."""
        return False


class ResponseMenuItem(ModelAdminMenuItem):
    """Leads to the queue, and says how many wait there."""

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        """Return the item with its number."""
        number = Comment.objects.waiting().count()
        label = f"{self.label} ({number:,})" if number else self.label
        return LinkMenuItem(self.name, label, self.url, icon_name=self.icon_name, classname=self.classname)


class QueueView(IndexView):
    """The list, the newest first, in tabs by status."""

    custom_value_preprocess = TEXT_STAYS_TEXT
    export_headings = {
        "created_at": gettext_lazy("Sent"),
        "page": gettext_lazy("Review"),
        "email": gettext_lazy("E-mail"),
        "reasons": gettext_lazy("Why it waited"),
    }

    @property
    def media(self) -> Media:
        """The queue's behaviour and look."""
        script = Script("js/moderation.js", type="module")
        return super().media + Media(js=[script], css={"all": ["css/admin/moderation.css"]})  # type: ignore[list-item]

    @cached_property
    def tabs(self) -> list[dict[str, Any]]:
        """Every status with its number of responses, and all of them."""
        counted = dict(Comment.objects.order_by().values_list("status").annotate(number=Count("pk")))
        numbers = {**dict.fromkeys(Comment.Status.values, 0), **counted, EVERY: sum(counted.values())}
        labels = {**dict(Comment.Status.choices), EVERY: _("all")}
        return [
            {
                "label": capfirst(str(labels[status])),
                "number": number,
                "url": self.get_query_string({StatusFilter.parameter_name: status}),
                "is_shown": status == self.status,
            }
            for status, number in numbers.items()
        ]

    @cached_property
    def status(self) -> str:
        """The status of what is listed."""
        specs = (spec for spec in self.filter_specs if isinstance(spec, StatusFilter))
        return next(specs).chosen

    @property
    def other_filters(self) -> list[Any]:
        """What stands beside the list."""
        return [spec for spec in self.filter_specs if not isinstance(spec, StatusFilter)]

    @property
    def bulk_decisions(self) -> list[decisions.Decision]:
        """What can be decided of all that is ticked."""
        return decisions.offered(self.status)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what can be decided of each response."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        for comment in context["object_list"]:
            comment.decisions = decisions.offered(comment.status)
            comment.review_filter = self.get_query_string({"review": comment.page_id})
        return context

    def to_row_dict(self, item: Comment) -> dict[str, Any]:
        """Return the response as it goes into a file."""
        return {
            "created_at": item.created_at,
            "status": item.get_status_display(),
            "page": item.page.title,
            "name": item.name,
            "email": item.email,
            "website": item.website,
            "standing": item.get_standing_display(),
            "text": item.text,
            "reasons": " ".join(map(str, item.reasons)),
        }

    def as_spreadsheet(self, queryset: QuerySet[Comment], spreadsheet_format: str) -> HttpResponse:
        """Write the file row by row."""
        return super().as_spreadsheet(queryset.iterator(chunk_size=1000), spreadsheet_format)


class ResponseAdmin(ModelAdmin):
    """Responses of readers."""

    model = Comment
    menu_label = gettext_lazy("Responses")
    menu_icon = "comment"
    menu_order = 210
    base_url_path = "responses"
    list_select_related = ("page", "parent")
    list_filter = (StatusFilter, ReviewFilter, TopicFilter, ("created_at", DayFilter))
    list_export = ("created_at", "status", "page", "name", "email", "website", "standing", "text", "reasons")
    list_per_page = 25
    export_filename = "responses"
    search_fields = ("name", "email", "text")
    search_handler_class = ResponseSearch
    inspect_view_enabled = True
    history_view_enabled = False  # the response's own page shows all of it
    permission_helper_class = ResponsePermissions
    index_view_class = QueueView
    index_template_name = "comments/admin/queue.html"
    inspect_view_class = ResponseInspectView
    inspect_template_name = "comments/admin/response.html"
    edit_view_class = ResponseEditView
    edit_handler = ObjectList(
        [FieldPanel("text"), FieldPanel("name"), FieldPanel("website"), FieldPanel("standing")],
        base_form_class=EditForm,
    )

    def get_menu_item(self, order: int | None = None) -> ResponseMenuItem:
        """Return the item of the main menu."""
        return ResponseMenuItem(self, order or self.get_menu_order())

    def register_indexing(self) -> None:
        """Keep responses out of the index of references: a reader should write no more than a row."""


responses_admin = ResponseAdmin()
