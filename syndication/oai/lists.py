"""Lists of records: which belong to one, and a part of it at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from syndication.models import OaiMembership, OaiRecord
from syndication.oai import tokens
from syndication.oai.arguments import TOKEN, Question
from syndication.oai.dates import day_or_second, is_day, last_moment
from syndication.oai.errors import Code, OaiError
from syndication.oai.sets import listed_topics, topic_in
from syndication.oai.tokens import Place
from syndication.oai.xml import Element

# The number of a review and its datestamp.
Row = tuple[int, datetime]


@dataclass(frozen=True)
class Part:
    """A part of a list: what was asked for, what is shown of it, and whether there is more."""

    verb: str
    arguments: dict[str, str]
    rows: list[Row]
    is_last: bool
    # How much was sent before, and of how much; None at the beginning.
    place: Place | None
    size: int

    @property
    def token(self) -> Element | None:
        """The element that says how to go on: empty in the last part, none where the first one is all."""
        if self.is_last and not self.place:
            return None
        sent = self.place.sent if self.place else 0
        after = Place(self.rows[-1][1], sent + len(self.rows), self.size)
        attributes = {"completeListSize": str(max(self.size, after.sent)), "cursor": str(sent)}
        return Element(TOKEN, "" if self.is_last else tokens.write(self.verb, self.arguments, after), attributes)


def part(question: Question) -> Part:
    """Return the part of the list that is asked for. Raises OaiError where there is none."""
    arguments, place = question.arguments, None
    if TOKEN in arguments:
        arguments, place = tokens.read(arguments[TOKEN], question.verb)
    records = selected(arguments)
    rest = records.filter(datestamp__gt=place.after) if place else records
    rows = list(rest[: settings.OAI_PAGE_SIZE + 1])
    if place and not rows:
        # The rest has left the list since, by `until` or by its set. A part cannot be empty: the last is sent again.
        rows = list(records.reverse()[:1])
    if not rows:
        raise OaiError((Code.NO_RECORDS_MATCH, _("There are no such records.")))
    is_last = len(rows) <= settings.OAI_PAGE_SIZE
    # Counted once. Where the list changes while it is read, the protocol takes the number for an estimate.
    size = place.size if place else len(rows) if is_last else records.count()
    return Part(question.verb, arguments, rows[: settings.OAI_PAGE_SIZE], is_last, place, size)


def selected(arguments: dict[str, str]) -> QuerySet[Any, Row]:
    """Return the records that are asked for by set and dates, in the order of their datestamps. Raises OaiError."""
    since, until = arguments.get("from", ""), arguments.get("until", "")
    bounds = {"datestamp__gte": day_or_second(since), "datestamp__lte": last_moment(until)}
    check_bounds(since, until)
    records = (
        in_set(arguments["set"], bool(since))
        if "set" in arguments
        else OaiRecord.objects.values_list("pk", "datestamp")
    )
    return records.filter(**{name: bound for name, bound in bounds.items() if bound}).order_by("datestamp")


def check_bounds(since: str, until: str) -> None:
    """Refuse dates that do not go together. Raises OaiError."""
    if not (since and until):
        return
    if is_day(since) != is_day(until):
        raise OaiError((Code.BAD_ARGUMENT, _("“from” and “until” must both be days, or both be seconds.")))
    if since > until:
        raise OaiError((Code.BAD_ARGUMENT, _("“from” must not be later than “until”.")))


def in_set(spec: str, since_then: bool) -> QuerySet[Any, Row]:
    """Return the records of a set.

    Who asks for what changed since a date is also shown what has left the set since: as it is now, with the sets that
    it is in now. The protocol knows no other word for that, because such a record is not deleted.
    """
    topics = listed_topics()
    if not topics:
        raise OaiError((Code.NO_SET_HIERARCHY, _("There are no sets.")))
    topic = topic_in(spec)
    if topic not in topics:
        raise OaiError((Code.NO_RECORDS_MATCH, _("There is no such set.")))
    members = OaiMembership.objects.filter(topic_id=topic)
    if not since_then:
        members = members.filter(is_former=False)
    return members.values_list("record_id", "datestamp")
