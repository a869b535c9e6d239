"""The list of reviews in the admin, and the answers of the review's own admin views."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_filters import (
    ChoiceFilter,
    DateFromToRangeFilter,
    ModelChoiceFilter,
    ModelMultipleChoiceFilter,
    MultipleChoiceFilter,
)
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView, PageFilterSet
from wagtail.admin.views.pages.workflow import WorkflowActionView
from wagtail.admin.viewsets.pages import PageListingViewSet, PageViewSet
from wagtail.admin.widgets.button import Button
from wagtail.blocks import StreamValue
from wagtail.models import Page

from research_reviews.blocks import Contribution
from research_reviews.documents.editor import ReviewCreateView, ReviewEditView
from research_reviews.documents.views import place_for_reviews
from research_reviews.models import Credit, Person, ReviewPage, ReviewStudy, Study, TopicPage
from research_reviews.readiness import refusal

STATES = [
    ("live", _("Published")),
    ("changed", _("Published, with changes")),
    ("scheduled", _("Scheduled")),
    ("draft", _("Draft")),
]


def shown_date(review: ReviewPage) -> str:
    """Return the date that readers see."""
    return date_format(review.published_on, "j M Y") if review.published_on else ""


def reviewer_ids(stream: StreamValue) -> list[int]:
    """Return who is named as reviewer in stored credits, without asking the database."""
    values = [block["value"] for block in stream.raw_data]
    return [value["person"] for value in values if value.get("contribution") == Contribution.REVIEW_AUTHOR]


def reviewed_by(person: Person) -> list[int]:
    """Return the reviews that the person wrote: the published ones by their rows, the drafts by what they hold."""
    published = Credit.objects.filter(person=person, contribution=Contribution.REVIEW_AUTHOR)
    drafts = ReviewPage.objects.filter(live=False).values_list("pk", "credits")
    return [
        *published.values_list("review_id", flat=True),
        *(pk for pk, stream in drafts.iterator() if person.pk in reviewer_ids(stream)),
    ]


class ReviewFilterSet(WagtailFilterSet):
    """What reviews are looked for by."""

    topic = ModelMultipleChoiceFilter(
        label=_("Topic"),
        queryset=lambda request: TopicPage.objects.order_by("title"),
        widget=CheckboxSelectMultiple,
        method="about",
    )
    study_type = MultipleChoiceFilter(
        label=_("Study type"), choices=Study.StudyType.choices, widget=CheckboxSelectMultiple, method="of_study_types"
    )
    state = ChoiceFilter(label=_("State"), choices=STATES, empty_label=_("Any"), widget=RadioSelect, method="in_state")
    reviewer = ModelChoiceFilter(
        label=_("Reviewer"), queryset=lambda request: Person.objects.all(), method="by_reviewer"
    )
    published_on = DateFromToRangeFilter(label=_("Date"), widget=DateRangePickerWidget)
    owner = PageFilterSet.base_filters["owner"]
    edited_by = PageFilterSet.base_filters["edited_by"]
    latest_revision_created_at = PageFilterSet.base_filters["latest_revision_created_at"]

    class Meta:
        model = ReviewPage
        fields: ClassVar[list[str]] = []

    def about(self, reviews: QuerySet, name: str, topics: Iterable[TopicPage]) -> QuerySet:
        """Keep the reviews with one of the topics, first or other."""
        topics = list(topics)
        if not topics:
            return reviews
        others = ReviewPage.other_topics.through.objects.filter(topicpage__in=topics).values("reviewpage")
        return reviews.filter(Q(topic__in=topics) | Q(pk__in=others))

    def of_study_types(self, reviews: QuerySet, name: str, types: list[str]) -> QuerySet:
        """Keep the reviews of a study of one of the types."""
        if not types:
            return reviews
        return reviews.filter(pk__in=ReviewStudy.objects.filter(study__study_type__in=types).values("review"))

    def in_state(self, reviews: QuerySet, name: str, state: str) -> QuerySet:
        """Keep the reviews in the state that their tag in the list says."""
        # The annotation is Wagtail's own, made for the tag.
        return {
            "live": reviews.filter(live=True),
            "changed": reviews.filter(live=True, has_unpublished_changes=True),
            "scheduled": reviews.filter(_approved_schedule=True),
            "draft": reviews.filter(live=False, _approved_schedule=False),
        }[state]

    def by_reviewer(self, reviews: QuerySet, name: str, person: Person) -> QuerySet:
        """Keep the reviews that the person wrote."""
        return reviews.filter(pk__in=reviewed_by(person))


class ReviewIndexView(IndexView):
    """The list, with what its columns show fetched in a query a kind."""

    base_columns: ClassVar[list] = [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
        Column("topic", label=_("Topic"), accessor=lambda review: review.topic or "", sort_key="topic__title"),
        Column("studies", label=_("Study"), accessor=lambda review: review.study_titles, classname="if-wide"),
        Column("reviewers", label=_("Reviewer"), accessor=lambda review: review.reviewer_names, classname="if-wide"),
        Column(
            "published_on",
            label=_("Date"),
            accessor=shown_date,
            sort_key="published_on",
            classname="if-wide",
        ),
        DateColumn(
            "latest_revision_created_at",
            label=_("Updated"),
            sort_key="latest_revision_created_at",
            classname="if-wide",
        ),
        PageStatusColumn("status", label=_("State"), sort_key="live"),
    ]
    list_export = ["title", "topic", "study_titles", "reviewer_names", "published_on", "status_string", "full_url"]
    export_headings = {
        "title": _("Title"),
        "topic": _("Topic"),
        "study_titles": _("Study"),
        "reviewer_names": _("Reviewer"),
        "published_on": _("Date"),
        "status_string": _("State"),
        "full_url": _("Address"),
    }

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Add the way to a review from a document, for those who may add one."""
        buttons: list[Button] = list(super().header_more_buttons)
        if place_for_reviews(self.request.user):
            label = _("New review from a document")
            buttons.append(Button(label, url=reverse("review_from_document"), icon_name="doc-full", priority=10))
        return buttons

    def annotate_queryset(self, pages: QuerySet) -> QuerySet:
        """Fetch topics and studies along."""
        return super().annotate_queryset(pages).prefetch_related("topic", "review_studies__study")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the names that the columns show."""
        context = super().get_context_data(**kwargs)
        add_names(context["object_list"])
        return context

    def as_spreadsheet(self, queryset: Iterable[Any], spreadsheet_format: str) -> HttpResponse:
        """Write the file with the names that the columns show."""
        reviews = list(queryset)
        add_names(reviews)
        return super().as_spreadsheet(reviews, spreadsheet_format)


def add_names(reviews: Iterable[Any]) -> None:
    """Write titles of studies and names of reviewers onto the reviews, in two queries for all of them."""
    reviews = list(reviews)
    streams = dict(ReviewPage.objects.filter(pk__in=[review.pk for review in reviews]).values_list("pk", "credits"))
    ids = {pk: reviewer_ids(stream) for pk, stream in streams.items()}
    names = dict(Person.objects.filter(pk__in={pk for found in ids.values() for pk in found}).values_list("pk", "name"))
    for review in reviews:
        review.reviewer_names = ", ".join(names[pk] for pk in ids.get(review.pk, []) if pk in names)
        review.study_titles = "; ".join(link.study.title for link in review.review_studies.all())


class ReviewListingViewSet(PageListingViewSet):
    """Reviews in the main menu."""

    model = ReviewPage
    index_view_class = ReviewIndexView
    filterset_class = ReviewFilterSet
    icon = "review"
    menu_label = _("Reviews")
    menu_order = 200
    add_to_admin_menu = True


class ReviewWorkflowActionView(WorkflowActionView):
    """Approves a review only if it could be published."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Approve or reject; where a review is not ready to be approved, say why and lead to its editor."""
        reason = refusal(self.object) if self.action_name == "approve" else ""
        if not reason:
            return super().post(request, *args, **kwargs)
        messages.error(request, reason)
        editor = reverse("wagtailadmin_pages:edit", args=[self.object.pk])
        if request.headers.get("X-Requested-With") == "XMLHttpRequest":
            return self.render_modal_json(request, {"step": "success", "redirect": editor})
        return redirect(editor)


class ReviewPageViewSet(PageViewSet):
    """The views of a review in the admin."""

    model = ReviewPage
    add_view_class = ReviewCreateView
    edit_view_class = ReviewEditView
    workflow_action_view_class = ReviewWorkflowActionView


def refuse_unready_reviews(
    request: HttpRequest, action_type: str, objects: Iterable[Page], action: Any
) -> HttpResponse | None:
    """Publish none of several pages while a review among them is not ready (before_bulk_action)."""
    if action_type != "publish":
        return None
    pages = [page for page in objects if isinstance(page, Page)]
    if action.cleaned_form.cleaned_data.get("include_descendants"):
        pages += [below for page in pages for below in page.get_descendants().not_live()]
    reasons = [reason for page in pages if (reason := refusal(page))]
    for reason in reasons:
        messages.error(request, reason)
    return redirect(action.next_url) if reasons else None
