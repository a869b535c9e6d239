"""The choosers of people, studies and audiences: they find what is there and make what is not."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.forms.choosers import BaseFilterForm, SearchFilterMixin
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet

from research_reviews.identifiers import clean_doi, clean_orcid
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

    def clean_orcid(self) -> str:
        """Refuse to make somebody a second time."""
        orcid = clean_orcid(self.cleaned_data["orcid"])
        if orcid and (person := Person.objects.filter(orcid=orcid).first()):
            message = _("%(name)s has this iD and is in the library: choose them under “Search”.")
            raise ValidationError(message % {"name": person.name})
        return orcid


class StudyCreationForm(WagtailAdminModelForm):
    """What a study needs to be found. The rest can follow in its record."""

    class Meta:
        model = Study
        fields = ("title", "container", "publication_year", "study_type", "doi", "url", "no_link_reason")
        formsets: ClassVar[list[str]] = []

    def clean_doi(self) -> str:
        """Refuse to make a study a second time."""
        doi = clean_doi(self.cleaned_data["doi"])
        if doi and (study := Study.objects.filter(doi=doi).first()):
            message = _("“%(title)s” has this DOI and is in the library: choose it under “Search”.")
            raise ValidationError(message % {"title": study.title})
        return doi


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
