"""Reads a list of subscribers as other programs write it: which column holds what, and what its values mean."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import datetime
from io import StringIO

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext_lazy as _

from research_reviews.models import TopicPage
from subscriptions.models import Subscriber

DELIMITERS = ",;\t|"
ENCODINGS = ("utf-8-sig", "utf-16", "cp1252")
LONGEST_CELL = 500
COLUMNS = {
    "email": _("E-mail address"),
    "agreed_at": _("When they agreed"),
    "source": _("Where they agreed"),
    "status": _("Whether they are subscribed"),
    "rhythm": _("How often"),
    "topics": _("Topics"),
}
# How other programs call the columns, without what is no letter.
NAMES = {
    "email": {"email", "emailaddress", "mail", "address", "subscriber", "subscriberemail", "useremail"},
    "agreed_at": {"agreedat", "optintime", "optindate", "confirmtime", "confirmedat", "subscribedat", "subscribedon"}
    | {"datesubscribed", "subscriptiondate", "subscribedate", "createdat", "date", "consentdate"},
    "source": {"source", "signupsource", "optinsource", "form", "where", "list"},
    "status": {"status", "state", "subscriptionstatus", "subscribed"},
    "rhythm": {"rhythm", "frequency", "howoften", "emailfrequency"},
    "topics": {"topics", "topic", "groups", "interests", "categories", "tags"},
}
SUBSCRIBED = {"", "subscribed", "active", "confirmed", "enabled", "yes", "true", "1", "y"}
WEEKLY = {"weekly", "week", "digest", "onceaweek", "w"}


class ListError(Exception):
    """The file cannot be read as a list. Says what to do."""


def decoded(content: bytes) -> str:
    """Return the text of a file. Raises ListError where it is none."""
    for encoding in ENCODINGS:
        if encoding == "utf-16" and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
            continue
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise ListError(_("This is no text file. Save the list as CSV (comma separated values) and upload that."))


def delimiter_of(text: str) -> str:
    """Return what stands between the columns: whatever is most frequent in the first line."""
    first = text.partition("\n")[0]
    return max(DELIMITERS, key=first.count)


def rows_of(content: StringIO, delimiter: str) -> Iterator[list[str]]:
    """Yield the rows that hold something. A file of which a row is too long for one ends there. Raises ListError."""
    try:
        for cells in csv.reader(content, delimiter=delimiter):
            if any(cells):
                yield cells
    except csv.Error:
        raise ListError(_("A row of the list is broken. Save it as CSV again and upload that.")) from None


def recognised(header: list[str]) -> dict[str, int]:
    """Return which column holds what, by the names in the first row."""
    names = [re.sub(r"[^a-z]", "", name.lower()) for name in header]
    columns: dict[str, int] = {}
    for place, name in enumerate(names):
        for field, known in NAMES.items():
            if name in known:
                columns.setdefault(field, place)
    if "email" not in columns:
        places = [place for place, cell in enumerate(header) if "@" in cell]
        columns.update({"email": places[0]} if places else {})
    return columns


def moment_of(text: str) -> datetime | None:
    """Return the moment that a cell names, None for an empty one. Raises ValueError for what is no date."""
    if not text:
        return None
    moment = parse_datetime(text)
    if moment is None and (day := parse_date(text[:10])):
        moment = datetime(day.year, day.month, day.day)
    if moment is None:
        raise ValueError
    moment = moment if timezone.is_aware(moment) else timezone.make_aware(moment)
    if moment > timezone.now():
        raise ValueError
    return moment


def is_subscribed(text: str) -> bool:
    """Whether a cell says that somebody is still subscribed."""
    return text.lower() in SUBSCRIBED


def rhythm_of(text: str, otherwise: str) -> str:
    """Return the rhythm that a cell names."""
    word = re.sub(r"[^a-z]", "", text.lower())
    if not word:
        return otherwise
    return Subscriber.Rhythm.WEEKLY if word in WEEKLY else Subscriber.Rhythm.EACH


def topics_by_name() -> dict[str, int]:
    """Return the topics by how a list may call them."""
    topics = TopicPage.objects.values_list("pk", "title", "slug")
    return {name.lower(): pk for pk, *names in topics for name in names}


def topics_of(text: str, known: dict[str, int]) -> list[int]:
    """Return the topics that a cell names, as far as there are any such."""
    names = [name.strip().lower() for name in re.split(r"[,;|]", text)]
    return sorted({known[name] for name in names if name in known})
