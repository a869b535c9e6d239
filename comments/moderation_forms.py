"""What moderators fill in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from comments.models import Comment, ModerationNote
from comments.text import cleaned, cleaned_line


class NoteForm(forms.Form):
    """A note for the other moderators."""

    note = forms.CharField(
        label=_("Note"),
        max_length=ModerationNote._meta.get_field("text").max_length,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Write the note first.")},
    )


class AnswerForm(forms.Form):
    """The team's answer to a response."""

    answer = forms.CharField(
        label=_("Your answer"),
        max_length=Comment._meta.get_field("text").max_length,
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": _("Write the answer first.")},
    )
    signed = forms.CharField(
        label=_("Signed"),
        help_text=_("The name that readers see. It is marked as of the editors, or of the review’s author."),
        max_length=Comment._meta.get_field("name").max_length,
        error_messages={"required": _("Write the name that readers will see.")},
    )

    def clean_answer(self) -> str:
        """Return the text as it will be shown."""
        return self.visible("answer", cleaned(self.cleaned_data["answer"]))

    def clean_signed(self) -> str:
        """Return the name in one line."""
        return self.visible("signed", cleaned_line(self.cleaned_data["signed"]))

    def visible(self, name: str, text: str) -> str:
        """Return the text. Raises ValidationError where nothing in it can be seen."""
        if not text:
            raise forms.ValidationError(self.fields[name].error_messages["required"])
        return text


class EditForm(WagtailAdminModelForm):
    """What a moderator may change of a response, cleaned as if it had just been sent."""

    class Meta:
        model = Comment
        fields = ("name", "website", "text", "standing")

    def clean(self) -> dict[str, Any]:
        """Refuse a name or a text in which nothing can be seen."""
        data: dict[str, Any] = super().clean() or {}
        for name, clean in (("name", cleaned_line), ("text", cleaned)):
            if data.get(name):
                data[name] = clean(data[name])
                if not data[name]:
                    self.add_error(name, _("Nothing of this can be seen."))
        return data
