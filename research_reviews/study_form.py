"""The form of a study: it carries what was looked up until it is saved, and then notes what came from where."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from research_reviews import study_sources
from research_reviews.lookups.record import FIELDS
from research_reviews.study_sources import GROUPS, Decision, Found

if TYPE_CHECKING:
    from research_reviews.models import Study


class StudyForm(WagtailAdminModelForm):
    """A study, with the fields that look it up. None of these is part of the study."""

    lookup_query = forms.CharField(
        required=False,
        max_length=2000,
        label=_("DOI, address or PubMed id"),
        help_text=_("Such as 10.1234/abc, the address of the study's page, or PMID 12345678."),
    )
    lookup_text = forms.CharField(
        required=False, label=_("Reference"), widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"})
    )
    lookup_file = forms.FileField(
        required=False,
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ".ris,.bib,.bibtex,.json,.txt,.enw,application/json,text/plain"}),
    )
    lookup_found = forms.CharField(required=False, widget=forms.HiddenInput)
    lookup_add_authors = forms.BooleanField(required=False)
    lookup_authors = forms.Field(required=False, widget=forms.SelectMultiple)
    lookup_add_funders = forms.BooleanField(required=False)
    lookup_funders = forms.Field(required=False, widget=forms.SelectMultiple)

    # Set by the view that looks up: what to tell the editor, and the references to choose from.
    look_up_outcome: Any = None
    # Autosave keeps what is typed; only the editor's own save puts people into the library.
    may_add_found = True

    @cached_property
    def found(self) -> Found | None:
        """What was looked up since the form was opened."""
        return Found.from_token(self.data.get(self.add_prefix("lookup_found"), "")) if self.is_bound else None

    @cached_property
    def decision(self) -> Decision:
        """What became of it: what differs from the form is offered."""
        if not self.found:
            return Decision()
        current = {name: self.data.get(self.add_prefix(name), "") for name in FIELDS}
        decision = study_sources.decide(self.found, current, previous={})
        # What the form was filled with and holds no longer, an editor took out: it can be had back.
        emptied = [group for group in GROUPS if any(decision.fills.get(name) for name in group)]
        return Decision(same=decision.same, offers=[*decision.offers, *emptied])

    def forget_errors(self) -> None:
        """Show what was typed as it is: nobody has asked to save it yet."""
        self.is_valid()
        self._errors = ErrorDict()
        for formset in self.formsets.values():
            formset._errors = [{} for _form in formset.forms]
            formset._non_form_errors = formset.error_class()
            for form in formset.forms:
                form._errors = ErrorDict()

    def save(self, commit: bool = True) -> Study:
        """Save the study, what came from where, and the authors and funders that the editor had added."""
        from research_reviews import study_people

        current = {name: self.cleaned_data.get(name) for name in FIELDS}
        changed = set(self.changed_data)
        self.instance.field_sources = study_sources.updated(self.instance.field_sources, changed, current, self.found)
        study: Study = super().save(commit=commit)
        if self.found and self.may_add_found:
            study_people.add_found(study, self.found, self, commit)
        return study

    def ticked(self, name: str) -> set[int]:
        """Return which of the found authors or funders are ticked; none where the tick above them is not set."""
        if not self.cleaned_data.get(f"lookup_add_{name}"):
            return set()
        return {int(each) for each in self.cleaned_data.get(f"lookup_{name}") or () if str(each).isdecimal()}
