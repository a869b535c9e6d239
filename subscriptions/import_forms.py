"""What the importer fills in: the file, then what its columns hold and how its people agreed."""

from __future__ import annotations

from io import StringIO
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from research_reviews.models import TopicPage
from subscriptions.import_columns import COLUMNS, ListError, decoded, delimiter_of, recognised, rows_of
from subscriptions.import_programs import letters, origin_of, repaired
from subscriptions.models import Subscriber, SubscriberImport

LARGEST_FILE = 25 * 1024 * 1024
MOST_ROWS = 100_000
ROWS_SHOWN = 5


class UploadForm(forms.Form):
    """The list."""

    instance: SubscriberImport

    file = forms.FileField(
        label=gettext_lazy("CSV file"),
        help_text=gettext_lazy(
            "One row for each subscriber, the names of the columns in the first. At most 100,000 rows."
        ),
        widget=forms.FileInput({"accept": ".csv,.txt,text/csv"}),
    )

    def clean_file(self) -> Any:
        """Refuse what is no list. Raises ValidationError."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise ValidationError(_("The file is larger than 25 MB. Split it and upload one part after the other."))
        try:
            self.instance = read(file.name, file.read())
        except ListError as error:
            raise ValidationError(str(error)) from None
        return file


def read(name: str, content: bytes) -> SubscriberImport:
    """Return the list, not saved yet. Raises ListError."""
    text = decoded(content)
    delimiter = delimiter_of(text)
    origin = origin_of(name, next(rows_of(StringIO(text, newline=""), delimiter), []))
    text = repaired(text, origin.program)
    todo = SubscriberImport(file_name=name[:200], content=text, delimiter=delimiter)
    todo.program, todo.holds = origin.program, origin.holds
    whole = StringIO(text, newline="")
    rows = rows_of(whole, todo.delimiter)
    first = next(rows, None)
    if first is None:
        raise ListError(_("The file is empty."))
    todo.columns = columns_of(first, todo.program)
    has_names = not any("@" in cell for cell in first)
    todo.starts_at = whole.tell() if has_names else 0
    todo.rows = sum(1 for _row in rows) + (not has_names)
    if not todo.rows:
        raise ListError(_("There is nothing in the file but the names of the columns."))
    if todo.rows > MOST_ROWS:
        raise ListError(_("There are more than 100,000 rows. Split the file and upload one part after the other."))
    return todo


def columns_of(header: list[str], program: str) -> dict[str, int]:
    """Return which column holds what, as far as the names tell."""
    columns = recognised(header)
    place = columns.get("status")
    if program == SubscriberImport.Program.MAILCHIMP and place is not None and letters(header[place]) == "state":
        # There it is the part of a country that somebody lives in.
        del columns["status"]
    return columns


def sample(todo: SubscriberImport) -> tuple[list[str], list[list[str]]]:
    """Return the names of the columns and the first rows."""
    rows = rows_of(StringIO(todo.content, newline=""), todo.delimiter)
    first = [row for row, _number in zip(rows, range(ROWS_SHOWN + 1), strict=False)]
    if todo.starts_at:
        return first[0], first[1:]
    return [_("Column %(number)s") % {"number": number} for number in range(1, len(first[0]) + 1)], first[:ROWS_SHOWN]


class ColumnsForm(forms.Form):
    """What the columns hold, and what holds for all rows."""

    statement = forms.CharField(
        label=gettext_lazy("How these people agreed"),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy(
            "In which words, where and when they asked for your mails. It is kept with each of them as the evidence of "
            "their consent, with your name. Import nobody who has not asked."
        ),
    )
    holds = forms.ChoiceField(
        label=gettext_lazy("Who is in the list"),
        choices=SubscriberImport.Holds.choices,
        required=False,
        help_text=gettext_lazy("Where no column says it of each. Only who is subscribed becomes a subscriber."),
    )
    keeps_ended = forms.BooleanField(
        label=gettext_lazy("Remember who has left"),
        required=False,
        help_text=gettext_lazy(
            "Who unsubscribed or whose mails came back is then never mailed, whatever a later list says; whoever is a "
            "subscriber here by an import stops being one. Of an address that is not here, only a code is kept, by "
            "which it is known again. They can subscribe again themselves."
        ),
    )
    rhythm = forms.ChoiceField(
        label=gettext_lazy("How often they get mails"),
        choices=Subscriber.Rhythm.choices,
        help_text=gettext_lazy("Where the list does not say it."),
    )
    topics = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Topics"),
        queryset=TopicPage.objects.order_by("title"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Where the list does not name any. Choose none for all of them."),
    )

    def __init__(self, data: Any, todo: SubscriberImport) -> None:
        initial: dict[str, Any] = {"statement": todo.statement, "rhythm": todo.rhythm, "topics": todo.topics}
        # Offered ticked, until somebody has unticked it.
        initial |= {"holds": todo.holds, "keeps_ended": todo.keeps_ended or not todo.statement}
        super().__init__(data, initial=initial)
        self.todo = todo
        names, _rows = sample(todo)
        choices = [("", gettext_lazy("– not in the list –")), *((str(place), name) for place, name in enumerate(names))]
        for field, label in COLUMNS.items():
            self.fields[f"column_{field}"] = forms.ChoiceField(
                label=label, choices=choices, required=field == "email", initial=str(todo.columns.get(field, ""))
            )

    @property
    def columns(self) -> list[forms.BoundField]:
        """The fields that say what a column holds."""
        return [self[f"column_{field}"] for field in COLUMNS]

    def save(self) -> None:
        """Keep what was filled in, and let the worker check the list."""
        data, todo = self.cleaned_data, self.todo
        todo.columns = {field: int(place) for field in COLUMNS if (place := data[f"column_{field}"])}
        todo.statement, todo.rhythm = data["statement"], data["rhythm"]
        todo.holds, todo.keeps_ended = data["holds"] or todo.holds, data["keeps_ended"]
        todo.topics = [topic.pk for topic in data["topics"]]
        todo.begin(SubscriberImport.Status.CHECKING)
        todo.save()
