"""Where the fields of a study come from: what was found beside what an editor typed, who said it and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from research_reviews.identifiers import clean_doi
from research_reviews.lookups.record import DATE, FIELDS, LISTS, AuthorRecord, FunderRecord, StudyRecord

# Fields that are taken or left together, under the name of the first.
GROUPS: list[tuple[str, ...]] = [DATE, *((name,) for name in FIELDS if name not in DATE)]
# Chosen in a new form by nobody.
UNDECIDED = {"access": "unknown"}
SALT = "research_reviews.study_sources"
# A form may stay open over a weekend.
SECONDS = 4 * 86_400
# Collaborations name thousands; nobody credits more than these.
MOST_AUTHORS = 200
MOST_FUNDERS = 50


@dataclass(frozen=True)
class Found:
    """What a look-up brought, kept in the form until it is saved. `at` is when, in ISO form."""

    values: dict[str, str]
    sources: dict[str, str]
    at: str
    authors: tuple[AuthorRecord, ...] = ()
    funders: tuple[FunderRecord, ...] = ()
    notes: tuple[str, ...] = ()

    @classmethod
    def of(cls, record: StudyRecord) -> Found:
        """Return what a record brings."""
        values = {name: str(value) for name, value in record.values().items()}
        notes = list(record.notes)
        if len(record.authors) > MOST_AUTHORS:
            message = _("The first %(most)d of %(all)d authors are offered.")
            notes.append(message % {"most": MOST_AUTHORS, "all": len(record.authors)})
        return cls(
            values,
            record.sources,
            timezone.now().isoformat(timespec="seconds"),
            record.authors[:MOST_AUTHORS],
            record.funders[:MOST_FUNDERS],
            tuple(notes),
        )

    def token(self) -> str:
        """Return it as a text that a form carries and nobody changes on the way."""
        plain = {**vars(self), **{name: [vars(each) for each in getattr(self, name)] for name in LISTS}}
        return signing.dumps(plain, salt=SALT, compress=True)

    @classmethod
    def from_token(cls, token: str) -> Found | None:
        """Return what a form carries; None where it carries nothing, or something else."""
        try:
            plain = signing.loads(token, salt=SALT, max_age=SECONDS) if token else None
        except signing.BadSignature:
            return None
        if plain is None:
            return None
        plain["authors"] = tuple(AuthorRecord(**each) for each in plain["authors"])
        plain["funders"] = tuple(FunderRecord(**each) for each in plain["funders"])
        return cls(**{**plain, "notes": tuple(plain["notes"])})

    def entry(self, name: str, overridden: bool = False) -> dict[str, Any]:
        """Return what Study.field_sources keeps of a field."""
        return {"source": self.sources.get(name, ""), "at": self.at, "overridden": overridden}


@dataclass
class Decision:
    """What is to become of what was found: filled in, the same already, or offered beside what an editor typed."""

    fills: dict[str, str] = field(default_factory=dict)
    same: list[str] = field(default_factory=list)
    offers: list[tuple[str, ...]] = field(default_factory=list)


def decide(found: Found, current: Mapping[str, str], previous: Mapping[str, str]) -> Decision:
    """Return what becomes of each field.

    current is what the form holds; previous what was looked up before and may be replaced where it is still there.
    """
    decision = Decision()
    is_other_study = previous.get("doi", "") != found.values.get("doi", "")
    for group in GROUPS:
        new, now, before = (stored_forms(group, values) for values in (found.values, current, previous))
        if not any(new):
            # The volume of one study is not left standing in another.
            if is_other_study and any(now) and now == before:
                decision.fills.update({name: UNDECIDED.get(name, "") for name in group})
        elif new == now:
            decision.same += group
        elif not any(now) or now == before:
            decision.fills.update(
                {name: value or UNDECIDED.get(name, "") for name, value in zip(group, new, strict=True)}
            )
        else:
            decision.offers.append(group)
    return decision


def stored_forms(group: Iterable[str], values: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the values of the fields as they would be stored; what nobody chose is empty."""
    return tuple(stored_form(name, values.get(name)) for name in group)


def stored_form(name: str, value: Any) -> str:
    """Return a value as it would be stored: a DOI in whatever form it was typed, a number without noughts before it."""
    text = "" if value is None else str(value).strip()
    if name == "doi":
        try:
            return clean_doi(text)
        except ValidationError:
            return text
    if name in DATE and text.isdecimal():
        return str(int(text))
    return "" if UNDECIDED.get(name) == text else text


def previous_values(sources: Mapping[str, Any], stored: Mapping[str, Any], found: Found | None) -> dict[str, str]:
    """Return what was looked up before, in this form or before it was saved, and is nobody's own since."""
    kept = {name: stored_form(name, stored.get(name)) for name, entry in sources.items() if not entry.get("overridden")}
    return {**kept, **(found.values if found else {})}


def updated(
    sources: Mapping[str, Any], changed: Iterable[str], current: Mapping[str, Any], found: Found | None
) -> dict[str, Any]:
    """Return Study.field_sources after a form with the current values is saved: what differs is the editor's own."""
    result = dict(sources)
    for group in GROUPS:
        if found and any(stored_forms(group, found.values)):
            is_own = stored_forms(group, found.values) != stored_forms(group, current)
            result.update({name: found.entry(name, is_own) for name in group if name in found.sources})
        else:
            touched = [name for name in group if name in set(changed) and name in result]
            result.update({name: {**result[name], "overridden": True} for name in touched})
    return result


def shown(group: Iterable[str], values: Mapping[str, str], choices: Mapping[str, str]) -> str:
    """Return found values as a person reads them."""
    names = tuple(group)
    if names == DATE:
        year, month, day = (values.get(name, "") for name in names)
        return " ".join(part for part in (day, str(MONTHS[int(month)]) if month else "", year) if part)
    value = values.get(names[0], "")
    return choices.get(value, value) if names[0] in UNDECIDED else value


def source_line(entry: Mapping[str, Any] | None) -> str:
    """Return who said it and when, such as “Crossref, 26 November 2026”; empty for what was not looked up."""
    if not entry or not entry.get("source"):
        return ""
    try:
        when = timezone.localtime(datetime.fromisoformat(entry["at"]))
    except (KeyError, TypeError, ValueError):
        return str(entry["source"])
    details = {"source": entry["source"], "date": date_format(when, "j F Y")}
    if entry.get("overridden"):
        return _("Yours, in place of what %(source)s had on %(date)s") % details
    return _("%(source)s, %(date)s") % details
