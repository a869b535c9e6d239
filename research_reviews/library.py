"""The library in the admin: studies, people and audiences, their lists and the choosers that make them in place."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import Count, QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_filters import BooleanFilter, MultipleChoiceFilter, NumberFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.forms.choosers import BaseFilterForm, SearchFilterMixin
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from research_reviews.models import Audience, Person, Study


class StudySearchForm(SearchFilterMixin, BaseFilterForm):
    """Searches titles; a query with a slash, which no title is looked for by, is the DOI or a part of it."""

    def filter(self, objects: QuerySet[Study]) -> Any:
        """Keep the studies that the query means."""
        query = (self.cleaned_data.get("q") or "").strip()
        if "/" not in query:
            return super().filter(objects)
        self.is_searching, self.search_query = True, query
        return objects.filter(doi__icontains=query.lower().split("doi.org/")[-1].removeprefix("doi:").strip())


class PersonCreationForm(WagtailAdminModelForm):
    """What a person needs to be credited. The rest can follow in their record."""

    class Meta:
        model = Person
        fields = ("name", "is_organisation", "given_name", "family_name", "affiliation", "orcid")
        formsets: ClassVar[list[str]] = []


class StudyCreationForm(WagtailAdminModelForm):
    """What a study needs to be found. The rest can follow in its record."""

    class Meta:
        model = Study
        fields = ("title", "container", "publication_year", "study_type", "doi", "url", "no_link_reason")
        formsets: ClassVar[list[str]] = []


class AudienceCreationForm(WagtailAdminModelForm):
    """An audience and a word about it."""

    class Meta:
        model = Audience
        fields = ("name", "description")
        formsets: ClassVar[list[str]] = []


class MoreColumns:
    """Tells apart what has the same name."""

    more_columns: ClassVar[list[Column]] = []

    @property
    def columns(self) -> list[Column]:
        """The chooser's columns with those of the model."""
        return [*super().columns, *self.more_columns]  # type: ignore[misc]


class PersonColumns(MoreColumns):
    """Where somebody works tells them from their namesakes."""

    more_columns = [Column("affiliation", label=_("Affiliation"))]


class StudyColumns(MoreColumns):
    """Where a study appeared, and its DOI."""

    more_columns = [Column("container", label=_("Journal or series")), Column("doi", label=_("DOI"))]
    filter_form_class = StudySearchForm


class PersonChooserViewSet(SnippetChooserViewSet):
    """Chooses a person by name or affiliation, or makes one."""

    choose_view_class = type("PersonChooseView", (PersonColumns, ChooseView), {})
    choose_results_view_class = type("PersonChooseResultsView", (PersonColumns, ChooseResultsView), {})
    creation_form_class = PersonCreationForm
    creation_tab_label = _("New person")
    create_action_label = _("Make and choose")


class StudyChooserViewSet(SnippetChooserViewSet):
    """Chooses a study by title or DOI, or makes one."""

    choose_view_class = type("StudyChooseView", (StudyColumns, ChooseView), {})
    choose_results_view_class = type("StudyChooseResultsView", (StudyColumns, ChooseResultsView), {})
    creation_form_class = StudyCreationForm
    creation_tab_label = _("New study")
    create_action_label = _("Make and choose")


class AudienceChooserViewSet(SnippetChooserViewSet):
    """Chooses an audience, or makes one."""

    creation_form_class = AudienceCreationForm
    creation_tab_label = _("New audience")
    create_action_label = _("Make and choose")


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
        Column("study_type", label=_("Type"), accessor="get_study_type_display", sort_key="study_type"),
        Column("container", label=_("Journal or series"), sort_key="container"),
        Column("publication_year", label=_("Year"), sort_key="publication_year"),
        Column("doi", label=_("DOI"), sort_key="doi"),
        NumberColumn("review_count", label=_("Reviews"), sort_key="review_count"),
    ]
    filterset_class = StudyFilterSet
    chooser_viewset_class = StudyChooserViewSet
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
        Column("affiliation", label=_("Affiliation"), sort_key="affiliation"),
        Column("orcid", label=_("ORCID iD"), sort_key="orcid"),
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
