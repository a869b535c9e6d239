"""What an owner says of an import: which exports, and where their images are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wordpress_import import drop
from wordpress_import.models import ImportRun

NO_FILES, FOLDER, HOST = "none", "folder", "host"


class SeveralFiles(forms.ClearableFileInput):
    """Takes several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return the files; none where nothing was chosen."""
        given = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(file, initial) for file in given if file]


class ImportForm(forms.Form):
    """The exports, uploaded or on the server, and the images."""

    exports = FilesField(
        label=gettext_lazy("Export files"),
        required=False,
        widget=SeveralFiles({"accept": ".xml,.gz,.zip"}),
        help_text=gettext_lazy(
            "In WordPress: Tools, Export, All content. As .xml, .xml.gz or .zip; several parts at once."
        ),
    )
    on_server = forms.MultipleChoiceField(
        label=gettext_lazy("Or files on the server"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("What lies in the folder wordpress-imports of the site’s state folder."),
    )
    images = forms.ChoiceField(
        label=gettext_lazy("Images and files"),
        choices=[
            (NO_FILES, gettext_lazy("Leave them out for now: texts link to the old site")),
            (HOST, gettext_lazy("Fetch them from the old site, while it is still there")),
            (FOLDER, gettext_lazy("Take them from a copy of wp-content/uploads on the server")),
        ],
        initial=HOST,
        widget=forms.RadioSelect,
    )
    folder = forms.ChoiceField(label=gettext_lazy("Folder with the copy"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        exports, folders = drop.exports(), drop.folders()
        self.fields["on_server"].choices = [(name, name) for name in exports]  # type: ignore[attr-defined]
        self.fields["folder"].choices = [("", "—"), *((name, name) for name in folders)]  # type: ignore[attr-defined]
        if not exports:
            del self.fields["on_server"]
        if not folders:
            self.fields["folder"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """Ask for what is missing."""
        data = super().clean() or {}
        if not data.get("exports") and not data.get("on_server") and not self.errors:
            raise ValidationError(_("Choose at least one export."))
        if data.get("images") == FOLDER and not data.get("folder"):
            message = _("Copy wp-content/uploads into the folder wordpress-imports on the server, and choose it here.")
            self.add_error("folder", message)
        return data

    def save(self, user: Any) -> ImportRun:
        """Keep the files and begin to look through them."""
        data = self.cleaned_data
        files, names = data["exports"], data.get("on_server") or []
        there = [str(drop.folder() / name) for name in names]
        return ImportRun.objects.create(
            names=[*(file.name for file in files), *names],
            paths=[*(drop.kept(files) if files else []), *there],
            uploads=str(Path(drop.folder() / data["folder"])) if data["images"] == FOLDER else "",
            fetches_media=data["images"] == HOST,
            state=ImportRun.State.CHECKING,
            made_by=user,
        )
