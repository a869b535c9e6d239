"""The forms behind the editors of reviews and audiences."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.blocks import StreamBlockValidationError

from core.forms import BasePageForm
from research_reviews.readiness import NEEDS_FINDING, NEEDS_STUDY, has_finding


class ReviewPageForm(BasePageForm):
    """A draft may lack anything but its title. To be published, scheduled or submitted, a review needs more."""

    def clean(self) -> dict[str, Any]:
        """Ask for a study or a reason and for a finding; the fields ask for the rest themselves."""
        cleaned_data: dict[str, Any] = super().clean()
        self.check_chosen_reviews()
        if self.is_deferred_validation:
            return cleaned_data
        if not cleaned_data.get("no_study_reason", "").strip() and not self.has_study():
            self.add_error("no_study_reason", NEEDS_STUDY)
        if not self.has_errors_in_blocks() and not has_finding(cleaned_data.get("body", ())):
            # In place of "This field is required", which says less.
            self.errors.pop("body", None)
            self.add_error("body", StreamBlockValidationError(non_block_errors=[NEEDS_FINDING]))
        return cleaned_data

    def check_chosen_reviews(self) -> None:
        """Refuse the review itself, and one that is chosen already, where they stand in the list."""
        formset = self.formsets["chosen_reviews"]
        formset.is_valid()
        seen: dict[int | None, str] = {self.instance.pk: _("This is the review itself.")}
        for form in formset.forms:
            row = getattr(form, "cleaned_data", {})
            chosen = row.get("chosen")
            if not chosen or row.get("DELETE"):
                continue
            if refusal := seen.get(chosen.pk):
                form.add_error("chosen", refusal)
            seen[chosen.pk] = _("This review is in the list already.")

    def has_errors_in_blocks(self) -> bool:
        """Whether blocks of the body say what they lack."""
        return "body" in self.errors and bool(self.errors["body"].as_data()[0].block_errors)

    def has_study(self) -> bool:
        """Whether a row of the list of studies names one."""
        formset = self.formsets["review_studies"]
        formset.is_valid()
        rows = [getattr(form, "cleaned_data", {}) for form in formset.forms]
        return any(row.get("study") and not row.get("DELETE") for row in rows)


class AudienceForm(WagtailAdminModelForm):
    """An audience's address may be left empty: it is made from the name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if slug := self.fields.get("slug"):
            slug.required = False
