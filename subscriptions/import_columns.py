"""Reads a list of subscribers as other programs write it: which column holds what, and what its values mean."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, tzinfo
from io import StringIO

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext_lazy as _

from research_reviews.models import TopicPage
from subscriptions.import_programs import letters
from subscriptions.models import Subscriber

DELIMITERS = ",;\t|"
ENCODINGS = ("utf-8-sig", "utf-16", "cp1252")
LONGEST_CELL = 500
COLUMNS = {
    "email": _("E-mail address"),
    "agreed_at": _("When they agreed"),
    "agreed_ip": _("From which internet address"),
    "confirmed_at": _("When they confirmed"),
    "confirmed_ip": _("Confirmed from which internet address"),
    "source": _("Where they agreed"),
    "status": _("Whether they are subscribed"),
    "list_status": _("Whether they are on this list"),
    "ended_at": _("When they left"),
    "ended_why": _("Why they left"),
    "rhythm": _("How often"),
    "topics": _("Topics"),
}
# How other programs call the columns, without what is no letter.
NAMES = {
    "email": {"email", "emailaddress", "mail", "address", "subscriber", "subscriberemail", "useremail"}
    | {
        "emailadresse",
        "mailadresse",
        "courriel",
        "adresseemail",
        "correoelectrnico",
        "correo",
        "emailadres",
        "indirizzoemail",
    }
    | {"endereodeemail", "posta", "contactemail", "subscribersemail"},
    "agreed_at": {"agreedat", "optintime", "optindate", "subscribedat", "subscribedon", "subscriptiontime", "since"}
    | {"datesubscribed", "subscriptiondate", "subscribedate", "createdat", "date", "consentdate", "subscribedsince"}
    | {"signupdate", "dateadded", "created", "anmeldezeitpunkt", "dateinscription", "fechadesuscripcin"},
    "agreed_ip": {"optinip", "subscriptionip", "subscribedip", "signupip", "ipaddress", "ip"},
    "confirmed_at": {"confirmtime", "confirmedat", "confirmationtime", "confirmeddate", "confirmedon"},
    "confirmed_ip": {"confirmip", "confirmedip", "confirmationip"},
    "source": {
        "source",
        "signupsource",
        "optinsource",
        "form",
        "where",
        "list",
        "lists",
        "segment",
        "liste",
        "lista",
        "lijst",
    },
    "status": {
        "status",
        "state",
        "subscriptionstatus",
        "subscribed",
        "globalstatus",
        "emailsubscription",
        "statut",
        "estado",
    }
    | {"stato", "emailmarketing", "emailsubscriber"},
    "list_status": {"liststatus"},
    "ended_at": {"unsubtime", "cleantime", "unsubscribedat", "unsubscribedon", "bouncedat"},
    "ended_why": {"unsubreason", "unsubreasonother", "cleanreason", "bouncereason"},
    "rhythm": {"rhythm", "frequency", "howoften", "emailfrequency"},
    "topics": {"topics", "topic", "groups", "interests", "categories", "tags"},
}
ZERO_DATE = re.compile(r"0000-0?0-0?0")
DAYS_IN_WORDS = ("%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y")
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
    names = [letters(name) for name in header]
    columns: dict[str, int] = {}
    for place, name in enumerate(names):
        for field, known in NAMES.items():
            if name in known:
                columns.setdefault(field, place)
    if "status" not in columns and "list_status" in columns:
        # Where a list says nothing else, what it says of the one list is all there is.
        columns["status"] = columns.pop("list_status")
    if "email" not in columns:
        places = [place for place, cell in enumerate(header) if "@" in cell]
        columns.update({"email": places[0]} if places else {})
    return columns


def moment_of(text: str, zone: tzinfo | None = None) -> datetime | None:
    """Return the moment that a cell names, None for an empty one and for the zero date of WordPress.

    A time that names no zone is in the given one, else in the site's. Raises ValueError for what is no past date.
    """
    text = re.sub(r"^(\d{4})/(\d{1,2})/(\d{1,2})", r"\1-\2-\3", text)
    if not text or ZERO_DATE.match(text):
        return None
    moment = parse_datetime(text)
    if moment is None and (day := parse_date(text[:10]) or day_in_words(text)):
        moment = datetime(day.year, day.month, day.day)
    if moment is None:
        raise ValueError
    moment = moment if timezone.is_aware(moment) else timezone.make_aware(moment, zone)
    if moment > timezone.now():
        raise ValueError
    return moment


def day_in_words(text: str) -> date | None:
    """Return the day that is written as English-speaking screens show it: January 5, 2024."""
    for form in DAYS_IN_WORDS:
        with suppress(ValueError):
            return datetime.strptime(text.split(" at ", maxsplit=1)[0].strip(), form).date()
    return None


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
    names = [name.strip(' "').lower() for name in re.split(r"[,;|]", text)]
    return sorted({known[name] for name in names if name in known})
