"""What a reader fills in to respond."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comments.models import Comment
from comments.text import cleaned, cleaned_line


class ResponseForm(forms.Form):
    """A response: who it is from, and what it says. What is kept of it is what readers would see."""

    name = forms.CharField(
        label=_("Name"),
        max_length=Comment._meta.get_field("name").max_length,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": _("Write the name that readers will see.")},
    )
    email = forms.EmailField(
        label=_("E-mail, will not be published"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={"required": _("Write your e-mail address. It will not be published.")},
    )
    website = forms.URLField(
        label=_("Website"),
        max_length=Comment._meta.get_field("website").max_length,
        required=False,
        assume_scheme="https",
        # Not type=url: a browser would refuse an address without its scheme.
        widget=forms.TextInput({"autocomplete": "url", "inputmode": "url"}),
        error_messages={"invalid": _("This is no address of a website. Correct it or leave it out.")},
    )
    text = forms.CharField(
        label=_("Response"),
        max_length=Comment._meta.get_field("text").max_length,
        widget=forms.Textarea({"rows": 8}),
        error_messages={"required": _("Write your response.")},
    )
    replies = forms.BooleanField(label=_("E-mail me when somebody answers"), required=False)

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        # Django's own ids could be those of another form on the page.
        super().__init__(data, auto_id="response-%s")

    @property
    def lines(self) -> list[forms.BoundField]:
        """The fields that are written into."""
        return [field for field in self if field.name != "replies"]

    def clean_name(self) -> str:
        """Return the name in one line."""
        return self.visible("name", cleaned_line(self.cleaned_data["name"]))

    def clean_website(self) -> str:
        """Return the website, which has to be one."""
        website: str = self.cleaned_data["website"]
        if website and not website.lower().startswith(("http://", "https://")):
            raise forms.ValidationError(self.fields["website"].error_messages["invalid"])
        return website

    def clean_text(self) -> str:
        """Return the text as it will be shown."""
        return self.visible("text", cleaned(self.cleaned_data["text"]))

    def visible(self, name: str, text: str) -> str:
        """Return the text. Raises ValidationError where nothing in it can be seen."""
        if not text:
            raise forms.ValidationError(self.fields[name].error_messages["required"])
        return text
