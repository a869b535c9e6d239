"""The library in the admin: studies, people and audiences in lists, with filters, counts and files to take away."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import Count, QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_filters import BooleanFilter, MultipleChoiceFilter, NumberFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from research_reviews.choosers import AudienceChooserViewSet, PersonChooserViewSet, StudyChooserViewSet
from research_reviews.models import Audience, Person, Study
from research_reviews.study_admin import StudyCreateView, StudyEditView


class StudyFilterSet(WagtailFilterSet):
    """What studies are looked for by."""

    study_type = MultipleChoiceFilter(
        label=_("Study type"), choices=Study.StudyType.choices, widget=CheckboxSelectMultiple
    )
    publication_year = NumberFilter(label=_("Year"))
    access = MultipleChoiceFilter(label=_("Access"), choices=Study.Access.choices, widget=CheckboxSelectMultiple)
    retraction_status = MultipleChoiceFilter(
        label=_("Notices"), choices=Study.Retraction.choices, widget=CheckboxSelectMultiple
    )
    is_reviewed = BooleanFilter(
        label=_("Reviewed"), field_name="review_links", lookup_expr="isnull", exclude=True, distinct=True
    )

    class Meta:
        model = Study
        fields: ClassVar[list[str]] = []


class PersonFilterSet(WagtailFilterSet):
    """What people are looked for by."""

    is_organisation = BooleanFilter(label=_("Organisation"))
    has_orcid = BooleanFilter(label=_("With an ORCID iD"), field_name="orcid", lookup_expr="exact", method="with_orcid")

    class Meta:
        model = Person
        fields: ClassVar[list[str]] = []

    def with_orcid(self, people: QuerySet[Person], name: str, value: bool) -> QuerySet[Person]:
        """Keep people with an iD, or without one."""
        return people.exclude(orcid="") if value else people.filter(orcid="")


class LibraryViewSet(SnippetViewSet):
    """What the three have in common: a page that shows a record and where it is used, and no copying of it."""

    copy_view_enabled = False
    inspect_view_enabled = True
    list_per_page = 50
    counts: ClassVar[dict[str, Any]] = {}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the records with the counts that the list shows."""
        queryset: QuerySet[Any] = self.model.objects.annotate(**self.counts)
        return queryset


class StudyViewSet(LibraryViewSet):
    """Studies, with what they were published in and how many reviews are about them."""

    model = Study
    icon = "study"
    menu_label = _("Studies")
    counts = {"review_count": Count("review_links", distinct=True)}
    list_display = [
        "title",
        Column(
            "study_type", label=_("Type"), accessor="get_study_type_display", sort_key="study_type", classname="if-wide"
        ),
        Column("container", label=_("Journal or series"), sort_key="container", classname="if-wide"),
        Column("publication_year", label=_("Year"), sort_key="publication_year"),
        Column("doi", label=_("DOI"), sort_key="doi", classname="if-wide"),
        NumberColumn("review_count", label=_("Reviews"), sort_key="review_count"),
    ]
    filterset_class = StudyFilterSet
    chooser_viewset_class = StudyChooserViewSet
    add_view_class = StudyCreateView
    edit_view_class = StudyEditView
    list_export = [
        *("title", "subtitle", "container", "publisher", "publication_year", "publication_month", "publication_day"),
        *("doi", "url", "study_type", "country", "access", "licence", "retraction_status", "review_count"),
    ]
    export_filename = "studies"


class PersonViewSet(LibraryViewSet):
    """People and organisations, with how often published reviews credit them."""

    model = Person
    icon = "user"
    menu_label = _("People")
    counts = {
        "credit_count": Count("credits__review", distinct=True),
        "study_count": Count("authorships", distinct=True),
    }
    list_display = [
        "name",
        Column("affiliation", label=_("Affiliation"), sort_key="affiliation", classname="if-wide"),
        Column("orcid", label=_("ORCID iD"), sort_key="orcid", classname="if-wide"),
        NumberColumn("study_count", label=_("Studies"), sort_key="study_count"),
        NumberColumn("credit_count", label=_("Credited on"), sort_key="credit_count"),
    ]
    filterset_class = PersonFilterSet
    chooser_viewset_class = PersonChooserViewSet
    list_export = [
        "name",
        "given_name",
        "family_name",
        "affiliation",
        "orcid",
        "website",
        "study_count",
        "credit_count",
    ]
    export_filename = "people"


class AudienceViewSet(LibraryViewSet):
    """Audiences, with how many published recommendations speak to them."""

    model = Audience
    icon = "group"
    menu_label = _("Audiences")
    counts = {"recommendation_count": Count("recommendations", distinct=True)}
    list_display = [
        "name",
        Column("description", label=_("Description")),
        NumberColumn("recommendation_count", label=_("Recommendations"), sort_key="recommendation_count"),
    ]
    chooser_viewset_class = AudienceChooserViewSet


class LibraryGroup(SnippetViewSetGroup):
    """The library in the main menu."""

    items = (StudyViewSet, PersonViewSet, AudienceViewSet)
    menu_label = _("Library")
    menu_icon = "folder-open-inverse"
    menu_name = "library"
    menu_order = 210
