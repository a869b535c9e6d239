"""The form behind every page editor."""

from __future__ import annotations

from threading import RLock
from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm

# While Wagtail validates a draft it marks the blocks, which all threads share, as not required. One at a time, or a
# draft saved in one thread lets an incomplete page be published in another.
ONE_VALIDATION_AT_A_TIME = RLock()


class BasePageForm(WagtailAdminPageForm):
    """Wagtail's form, safe in a server with threads; empty rows of a list do not stop a draft."""

    def full_clean(self) -> None:
        """Validate, with the blocks to itself."""
        with ONE_VALIDATION_AT_A_TIME:
            super().full_clean()

    def clean(self) -> dict[str, Any]:
        """Keep the address of a page whose draft has none."""
        cleaned_data: dict[str, Any] = super().clean()
        if self.is_deferred_validation and not cleaned_data.get("slug", "?"):
            cleaned_data["slug"] = self.instance.slug
        return cleaned_data

    def defer_required_fields(self) -> None:
        """Ask for nothing that a draft can do without; rows in which nothing was chosen are left out of it."""
        super().defer_required_fields()
        for name, formset in self.formsets.items():
            if name != "comments" and formset.is_bound:
                formset.data = formset.data.copy()
                for form in formset.forms:
                    if is_empty(form, formset.data):
                        formset.data[form.add_prefix("DELETE")] = "on"
                        form.data = formset.data


def is_empty(form: WagtailAdminPageForm, data: dict[str, str]) -> bool:
    """Whether nothing was chosen or typed into the row."""
    names = set(form.fields) - {"id", "ORDER", "DELETE"}
    return not any(data.get(form.add_prefix(name)) for name in names)
