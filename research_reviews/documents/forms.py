"""What the editor fills in: the document, then who and what it is about."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from research_reviews.blocks import Contribution
from research_reviews.documents.settling import KNOWN, NEW, NOBODY, CreditDecision
from research_reviews.drafting import studies
from research_reviews.drafting.people import Match, valid_handles
from research_reviews.handles import Handle, handle_link
from research_reviews.identifiers import clean_doi
from research_reviews.intake.draft import CreditDraft, StudyDraft
from research_reviews.intake.errors import IntakeError
from research_reviews.intake.nodes import Document
from research_reviews.intake.reading import read
from research_reviews.models import Study

LARGEST_FILE = 10 * 1024 * 1024
LARGEST_TEXT = 5 * 1024 * 1024
TEXT_TOO_LONG = gettext_lazy(
    "The text is longer than 5 MB. Paste less of it, or save it as a file and choose that: a file may have 10 MB."
)
ENDINGS = (".docx", ".html", ".htm", ".md", ".markdown", ".txt")
KNOWN_BY = {
    "orcid": gettext_lazy("%(name)s, in the library, with the same ORCID iD"),
    "handle": gettext_lazy("%(name)s, in the library, with the same handle"),
    "name": gettext_lazy("%(name)s, in the library, by this name"),
}


class DocumentForm(forms.Form):
    """A file, or pasted text. `document` is what it holds once the form is valid."""

    document: Document

    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        help_text=gettext_lazy("A Word document (.docx), a saved web page (.html), .md or .txt. At most 10 MB."),
        widget=forms.FileInput({"accept": ",".join(ENDINGS)}),
        error_messages={"empty": gettext_lazy("The file is empty. Choose another.")},
    )
    text = forms.CharField(
        label=gettext_lazy("Or paste its text"),
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 10, "data-most-bytes": LARGEST_TEXT, "data-too-long": TEXT_TOO_LONG}),
        help_text=gettext_lazy("From Word or from a web page: headings, lists and links come along. At most 5 MB."),
    )
    # What the clipboard held beside the plain text; a script fills it in, and empties it where the text is changed.
    markup = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def clean_file(self) -> Any:
        """Refuse what is too large, or of a kind that cannot be read. Raises ValidationError."""
        file = self.cleaned_data["file"]
        if not file:
            return file
        if file.size > LARGEST_FILE:
            raise ValidationError(
                _("The file is larger than 10 MB. Take the pictures out of it, or copy its text and paste it below.")
            )
        ending = PurePath(file.name).suffix.lower()
        if ending not in ENDINGS:
            message = _(
                "A file that ends in “%(ending)s” cannot be read. Save it as .docx or .html, or paste its text."
            )
            raise ValidationError(message % {"ending": ending or file.name[-20:]})
        return file

    def clean_text(self) -> str:
        """Refuse what is too long. Raises ValidationError."""
        text: str = self.cleaned_data["text"]
        # Browsers send two characters for the end of a line.
        if len(text.replace("\r\n", "\n").encode()) > LARGEST_TEXT:
            raise ValidationError(TEXT_TOO_LONG)
        return text

    def clean(self) -> dict[str, Any]:
        """Read the document."""
        cleaned_data: dict[str, Any] = super().clean() or {}
        if self.errors:
            return cleaned_data
        file, text = cleaned_data.get("file"), cleaned_data.get("text", "")
        if file and text.strip():
            self.add_error("file", _("There is a file, and a pasted text as well. Empty the text, or choose no file."))
        elif file:
            self._read("file", file.name, file.read())
        elif text.strip():
            markup = cleaned_data.get("markup", "")
            self._read("text", "pasted.html" if markup.strip() else "pasted", (markup.strip() or text).encode())
        else:
            self.add_error("file", _("Choose a file, or paste the text below."))
        return cleaned_data

    def _read(self, field: str, name: str, content: bytes) -> None:
        try:
            self.document = read(name, content)
        except IntakeError as error:
            self.add_error(field, str(error))
            return
        if not self.document.text.strip():
            self.add_error(field, _("There are no words in it. Choose another file, or paste the text."))


class CreditForm(forms.Form):
    """What becomes of somebody whom the document names."""

    choice = forms.ChoiceField(label=gettext_lazy("What to do"), widget=forms.RadioSelect)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=255)
    is_organisation = forms.BooleanField(label=gettext_lazy("An organisation"), required=False)
    contribution = forms.ChoiceField(label=gettext_lazy("Contribution"), choices=Contribution.choices)

    def __init__(self, data: Any, number: int, credit: CreditDraft, match: Match | None) -> None:
        super().__init__(
            data,
            prefix=f"credit-{number}",
            initial={
                "choice": KNOWN if match else NEW,
                "name": credit.name,
                "is_organisation": credit.is_organisation,
                "contribution": credit.contribution,
            },
        )
        self.credit, self.match = credit, match
        known = [(KNOWN, KNOWN_BY[match.by] % {"name": match.name})] if match else []
        new = _("Somebody else: make a new profile") if match else _("New: make a profile")
        choice = cast(forms.ChoiceField, self.fields["choice"])
        choice.choices = [*known, (NEW, new), (NOBODY, _("Leave out"))]

    @property
    def handles(self) -> list[Handle]:
        """The handles that the document gives."""
        return [handle_link(network, value) for network, value in valid_handles(self.credit).items()]

    def decision(self) -> CreditDecision:
        """Return what the editor decided."""
        names = ("name", "is_organisation", "contribution")
        credit = replace(self.credit, **{name: self.cleaned_data[name] for name in names})
        return CreditDecision(credit, self.match, self.cleaned_data["choice"])


class StudyForm(forms.Form):
    """What becomes of the study that the document is about."""

    choice = forms.ChoiceField(label=gettext_lazy("What to do"), widget=forms.RadioSelect)
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Left empty, the DOI stands for it until the study is looked up in its own form."),
    )
    doi = forms.CharField(label=gettext_lazy("DOI"), max_length=255, required=False)
    url = forms.URLField(label=gettext_lazy("Address"), max_length=500, required=False, assume_scheme="https")
    published = forms.CharField(
        label=gettext_lazy("Published"),
        required=False,
        help_text=gettext_lazy("Year, month or day, such as 2023, 2023-05 or 2023-05-25."),
    )

    def __init__(self, data: Any, draft: StudyDraft, known: Study | None) -> None:
        fields = {name: getattr(draft, name) for name in ("title", "doi", "url", "published")}
        begin = KNOWN if known else NEW if studies.says_anything(draft) else NOBODY
        super().__init__(data, prefix="study", initial={"choice": begin, **fields})
        self.draft, self.known = draft, known
        first = [(KNOWN, _("%(study)s, in the library") % {"study": known})] if known else []
        choice = cast(forms.ChoiceField, self.fields["choice"])
        choice.choices = [*first, (NEW, _("New: make a study")), (NOBODY, _("None for now"))]

    def clean_doi(self) -> str:
        """Bring the DOI into its stored form. Raises ValidationError."""
        return clean_doi(self.cleaned_data["doi"])

    def clean_published(self) -> str:
        """Refuse what is no date. Raises ValidationError."""
        published = self.cleaned_data["published"].strip()
        parts = [part for part in studies.date_parts(published) if part]
        if published and len(parts) != published.count("-") + 1:
            raise ValidationError(_("Write the date as 2023, 2023-05 or 2023-05-25."))
        return published

    def clean(self) -> dict[str, Any]:
        """Ask for something by which a study that is to be made can be told from others."""
        cleaned_data: dict[str, Any] = super().clean() or {}
        said = any(cleaned_data.get(name) for name in ("title", "doi", "url"))
        if cleaned_data.get("choice") == NEW and not said and not self.errors:
            self.add_error("title", _("Give the title, the DOI or the address of the study, or choose “None for now”."))
        return cleaned_data

    def result(self) -> StudyDraft:
        """Return the study as the editor has it."""
        names = ("title", "doi", "url", "published")
        return replace(self.draft, **{name: self.cleaned_data[name] for name in names})
