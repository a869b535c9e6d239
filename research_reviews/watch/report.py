"""The editors' task: notices about studies, which reviews they concern, and who has dealt with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.db.models import Count, F, Max, Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, MultipleChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from research_reviews.models import ReviewStudy, Study, StudyNotice
from research_reviews.models.notices import StudyNoticeQuerySet
from research_reviews.watch.kinds import NoticeKind

STATES = [("open", _("To be dealt with")), ("done", _("Dealt with"))]
policy = ModelPermissionPolicy(StudyNotice)


class NoticeFilterSet(WagtailFilterSet):
    """What notices are looked for by. Those that wait come first."""

    state = ChoiceFilter(label=_("State"), choices=STATES, empty_label=_("All"), method="in_state")
    kind = MultipleChoiceFilter(label=_("Notice"), choices=NoticeKind.choices)
    reviewed = ChoiceFilter(
        label=_("Reviews"), choices=[("yes", _("Reviewed studies only"))], empty_label=_("All"), method="of_reviewed"
    )

    class Meta:
        model = StudyNotice
        fields: ClassVar[list[str]] = []

    def in_state(self, notices: QuerySet, name: str, state: str) -> QuerySet:
        """Keep the notices that wait, or those that somebody has dealt with."""
        return notices.filter(dealt_with_at__isnull=state == "open")

    def of_reviewed(self, notices: QuerySet, name: str, choice: str) -> QuerySet:
        """Keep the notices about studies that a review is about."""
        return notices.filter(study__in=ReviewStudy.objects.values("study"))


def part(name: str) -> str:
    """Return the template of a part of the lists."""
    return f"research_reviews/admin/notices/{name}.html"


class TemplateColumn(Column):
    """A column whose cells take more than a text."""

    def __init__(self, name: str, template: str, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.cell_template_name = part(template)

    def get_cell_context_data(self, instance: StudyNotice, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Add whether the user may deal with notices, and where they are."""
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, **doing(context["request"])}


class NoticesReport(ReportView):
    """Studies with notices: those that nobody has dealt with first, the newest first."""

    page_title = _("Studies with notices")
    header_icon = "warning"
    model = StudyNotice
    permission_policy = policy
    any_permission_required: ClassVar[list[str]] = ["view", "change"]
    index_url_name = "study_notices:list"
    index_results_url_name = "study_notices:results"
    template_name = part("report")
    filterset_class = NoticeFilterSet
    columns = [
        TemplateColumn("study", "study", label=_("Study"), width="30%"),
        TemplateColumn("kind", "kind", label=_("Notice")),
        TemplateColumn("reviews", "reviews", label=_("Reviews concerned"), classname="if-wide"),
        DateColumn("found_at", label=_("Found"), classname="if-wide"),
        TemplateColumn("dealt_with_at", "state", label=_("State")),
    ]
    list_export: ClassVar[list[str]] = [
        *("study.title", "study.doi", "get_kind_display", "doi", "date", "source", "found_at", "review_titles"),
        *("dealt_with_at", "dealt_with_by"),
    ]
    export_headings = {
        "study.title": _("Study"),
        "study.doi": _("DOI"),
        "get_kind_display": _("Notice"),
        "doi": _("DOI of the notice"),
        "review_titles": _("Reviews concerned"),
    }
    export_filename = "studies-with-notices"

    def get_base_queryset(self) -> QuerySet[StudyNotice]:
        """Return the notices with all that their rows show, in as many queries however many there are."""
        links = ReviewStudy.objects.select_related("review").order_by("-review__published_on", "pk")
        notices = StudyNotice.objects.select_related("study", "dealt_with_by")
        return notices.prefetch_related(Prefetch("study__review_links", links))

    def order_queryset(self, queryset: QuerySet[StudyNotice]) -> QuerySet[StudyNotice]:
        """Put first what waits, then the newest."""
        return queryset.order_by(F("dealt_with_at").desc(nulls_first=True), "-found_at", "-pk")

    def decorate_paginated_queryset(self, notices: Iterable[Any]) -> Iterable[Any]:
        """Write the titles of the reviews onto the notices, for the file."""
        for notice in notices:
            notice.review_titles = "; ".join(link.review.title for link in notice.study.review_links.all())
        return notices

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add how far the library is checked."""
        return {**super().get_context_data(**kwargs), "checks": checks()}

    @cached_property
    def no_results_message(self) -> str:
        """Say that nothing waits."""
        if self.is_filtering:
            return gettext("No notice matches these filters.")
        return gettext("No notice about a study in the library is known.")


def checks() -> dict[str, Any]:
    """Return how many studies there are to check, how many have been, and when the last was."""
    found: dict[str, Any] = Study.objects.exclude(doi="").aggregate(
        studies=Count("pk"), checked=Count("retraction_checked_at"), last=Max("retraction_checked_at")
    )
    return found


def doing(request: HttpRequest) -> dict[str, Any]:
    """Return whether the user may deal with notices, and where they are led back to."""
    here = request.get_full_path().replace(reverse("study_notices:results"), reverse("study_notices:list"))
    return {"can_change": policy.user_has_permission(request.user, "change"), "here": here}


def open_notices() -> StudyNoticeQuerySet:
    """Return the notices that wait and concern a review."""
    return StudyNoticeQuerySet(StudyNotice).open().filter(study__in=ReviewStudy.objects.values("study"))


def report_url(**chosen: str) -> str:
    """Return where the report is, with its filters."""
    query = "&".join(f"{name}={value}" for name, value in chosen.items())
    return f"{reverse('study_notices:list')}{'?' if query else ''}{query}"


def sees_notices(request: HttpRequest) -> bool:
    """Whether the user may see the report."""
    return bool(policy.user_has_any_permission(request.user, ["view", "change"]))
