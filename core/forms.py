"""The form behind every page editor."""

from __future__ import annotations

from threading import RLock
from typing import Any

from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page

# While Wagtail validates a draft it marks the blocks, which all threads share, as not required. One at a time, or a
# draft saved in one thread lets an incomplete page be published in another.
ONE_VALIDATION_AT_A_TIME = RLock()
# What pages are answered by, in config.urls: with the slash at the end, and without.
PAGE_ADDRESSES = {"page", "wagtail_serve"}


class BasePageForm(WagtailAdminPageForm):
    """Wagtail's form, safe in a server with threads; empty rows of a list do not stop a draft."""

    def full_clean(self) -> None:
        """Validate, with the blocks to itself."""
        with ONE_VALIDATION_AT_A_TIME:
            super().full_clean()

    def clean(self) -> dict[str, Any]:
        """Keep the address of a page whose draft has none, and refuse one that belongs to the site itself."""
        cleaned_data: dict[str, Any] = super().clean()
        if self.parent_page and is_taken_by_the_site(self.parent_page, cleaned_data.get("slug", "")):
            self.add_error("slug", _("The site itself answers at this address. Choose another."))
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


def is_taken_by_the_site(parent: Page, slug: str) -> bool:
    """Whether something other than pages answers at the address, so that a page there would never be seen."""
    parts = parent.get_url_parts()
    if not slug or not parts:
        return False
    try:
        return resolve(f"{parts[2]}{slug}/").url_name not in PAGE_ADDRESSES
    except Resolver404:
        return False
