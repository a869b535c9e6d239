"""What readers fill in: the subscription, and their preferences."""

from __future__ import annotations

import hmac
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from research_reviews.models import TopicPage
from subscriptions.addresses import AddressField
from subscriptions.models import Subscriber
from subscriptions.wishes import Choices

ALL, CHOSEN = "all", "chosen"
SCOPES = [(ALL, _("All topics, also those to come")), (CHOSEN, _("Only these topics"))]
PAUSES = (1, 2, 4, 8, 12, 26)


def wording_mark(wording: str) -> str:
    """Return what a form carries of the wording that its reader saw."""
    return sha256(str(wording).encode()).hexdigest()[:12]


def offered_topics() -> QuerySet[TopicPage]:
    """Return the topics that a reader can choose, by name."""
    return TopicPage.objects.listed().order_by("title")


class ChoicesForm(forms.Form):
    """How often, and of which topics."""

    rhythm = forms.ChoiceField(
        label=_("How often"),
        choices=[
            (Subscriber.Rhythm.EACH, _("Every review, as it appears")),
            (Subscriber.Rhythm.WEEKLY, _("Once a week")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how often you want to hear from us.")},
    )
    scope = forms.ChoiceField(label=_("Topics"), choices=SCOPES, widget=forms.RadioSelect, required=False)
    topics = forms.TypedMultipleChoiceField(
        label=_("Which topics"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": _("One of the topics is no longer there. Please choose again.")},
    )

    def __init__(self, *args: Any, extra_topics: QuerySet[TopicPage] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(topic.pk, topic.title) for topic in offered_topics()]
        known = {pk for pk, _title in offered}
        kept = [(topic.pk, topic.title) for topic in extra_topics or () if topic.pk not in known]
        topics: Any = self.fields["topics"]
        topics.choices = [*offered, *kept]

    def clean_topics(self) -> list[int]:
        """Return the topics. The empty choice of the short form, all of them, is none here."""
        return sorted(self.cleaned_data["topics"])

    def clean(self) -> dict[str, Any]:
        """Require a topic of who wants only some. Raises ValidationError."""
        data = super().clean() or self.cleaned_data
        if data.get("scope") == CHOSEN and data.get("topics") == []:
            self.add_error("topics", _("Choose at least one topic, or all of them."))
        return data

    @property
    def choices(self) -> Choices:
        """What was chosen. Where the form asks nothing but topics, none is all."""
        data = self.cleaned_data
        topics = [] if data["scope"] == ALL else data["topics"]
        return Choices(data["rhythm"], not topics, topics)


class SubscribeForm(ChoicesForm):
    """A subscription. The form at the foot of each page sends a part of it."""

    email = AddressField(label=_("E-mail"))
    wording = forms.CharField(widget=forms.HiddenInput, required=False)
    field_order = ("email", "rhythm", "scope", "topics")

    def __init__(self, data: Any = None, *, consent_wording: str, **kwargs: Any) -> None:
        data = self.completed(data) if data is not None else None
        initial = {"rhythm": Subscriber.Rhythm.EACH, "scope": ALL, "wording": wording_mark(consent_wording)}
        super().__init__(data, initial=initial, **kwargs)
        self.consent_wording = consent_wording

    @staticmethod
    def completed(data: Any) -> Any:
        """Return what was sent with the choices that the short form leaves open."""
        data = data.copy()
        data.setlist("topics", [topic for topic in data.getlist("topics") if topic])
        data.setdefault("rhythm", Subscriber.Rhythm.EACH)
        data.setdefault("scope", CHOSEN if data.getlist("topics") else ALL)
        return data

    def clean_wording(self) -> str:
        """Refuse consent to words that have been changed since. Raises ValidationError."""
        mark = wording_mark(self.consent_wording)
        if not hmac.compare_digest(self.cleaned_data["wording"].encode(), mark.encode()):
            self.data["wording"] = mark  # type: ignore[index]
            raise ValidationError(
                _("What you agree to has been worded anew in the meantime. Please read it and send the form again.")
            )
        return mark


class PreferencesForm(ChoicesForm):
    """A subscriber's choices."""

    def __init__(self, data: Any = None, *, subscriber: Subscriber) -> None:
        chosen = subscriber.topics.all()
        initial = {
            "rhythm": subscriber.rhythm,
            "scope": ALL if subscriber.all_topics else CHOSEN,
            "topics": [topic.pk for topic in chosen],
        }
        super().__init__(data, initial=initial, extra_topics=chosen)
        self.fields["scope"].required = True


class PauseForm(forms.Form):
    """For how long no mail is wanted."""

    weeks = forms.TypedChoiceField(
        label=_("Pause for"),
        coerce=int,
        choices=[(weeks, ngettext_lazy("%d week", "%d weeks", weeks) % weeks) for weeks in PAUSES],
        initial=2,
    )

    @property
    def until(self) -> date:
        """The day from which mails come again."""
        return timezone.localdate() + timedelta(weeks=self.cleaned_data["weeks"])


class NewAddressForm(forms.Form):
    """Where mails are to go instead."""

    email = AddressField(label=_("New e-mail address"))


class EraseForm(forms.Form):
    """That everything is to go, which cannot be undone."""

    sure = forms.BooleanField(
        label=_("Yes, delete everything about me. This cannot be undone."),
        error_messages={"required": _("Tick the box to say that you are sure. Nothing was deleted.")},
    )
