"""Looking a study up from its form: what the editor asked for, what was found, and what the form holds afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from research_reviews.lookups.client import LookupFailed
from research_reviews.lookups.looking_up import look_up
from research_reviews.lookups.record import DATE, FIELDS, StudyRecord
from research_reviews.lookups.references import LARGEST, Unreadable, decoded, read_references
from research_reviews.models import Study
from research_reviews.study_sources import GROUPS, Decision, Found, decide, previous_values

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from users.models import User

Files = MultiValueDict[str, UploadedFile]


@dataclass
class Outcome:
    """What a look-up came to: a sentence for the editor, or several references to choose from."""

    message: str
    worked: bool = False
    found: Found | None = None
    decision: Decision | None = None
    choices: list[StudyRecord] | None = None


def answer(action: str, data: QueryDict, files: Files, study: Study | None) -> Outcome:
    """Do what a button of the form asks for, and bring the form's data up to it.

    action is "identifier", "reference", "choice:NUMBER" (of the references) or "use:FIELD" (take what was found). Every
    value that the editor typed stays; data is changed in place.
    """
    name, _colon, detail = action.partition(":")
    if name == "use":
        return take_offer(detail, data)
    try:
        records = (
            references(data, files) if name in ("reference", "choice") else [look_up(data.get("lookup_query", ""))]
        )
    except ValidationError as error:
        return Outcome(" ".join(error.messages))
    except (LookupFailed, Unreadable) as error:
        return Outcome(_("%(reason)s Everything that you typed is still here.") % {"reason": error})
    chosen = int(detail) if detail.isdecimal() else 0
    if (len(records) > 1 and name != "choice") or chosen >= len(records):
        message = _("There are several references in this. Choose the one that is meant.")
        return Outcome(message, worked=True, choices=records)
    return fill(records[chosen], data, study)


def references(data: QueryDict, files: Files) -> list[StudyRecord]:
    """Return the references of the file, or of the pasted text; a file's text stays in the form for the next press.

    Raises Unreadable.
    """
    file = files.get("lookup_file")
    if not file:
        return read_references(data.get("lookup_text", ""))
    content = file.read(LARGEST + 1)
    records = read_references(content)
    data["lookup_text"] = decoded(content)
    return records


def fill(record: StudyRecord, data: QueryDict, study: Study | None) -> Outcome:
    """Put what was found into the fields that the editor left empty, or that hold what was looked up before."""
    found = Found.of(record)
    stored = {name: getattr(study, name) for name in FIELDS} if study else {}
    before = previous_values(
        study.field_sources if study else {}, stored, Found.from_token(data.get("lookup_found", ""))
    )
    decision = decide(found, {name: data.get(name, "") for name in FIELDS}, before)
    for name, value in decision.fills.items():
        data[name] = value
    data["lookup_found"] = found.token()
    tick(data, "authors", len(found.authors), unless=bool(rows(data, "study_authors", "person")))
    tick(data, "funders", len(found.funders), unless=bool(rows(data, "funders", "name")))
    return Outcome(summary(found, decision), worked=True, found=found, decision=decision)


def tick(data: QueryDict, name: str, number: int, unless: bool) -> None:
    """Tick everybody found, and the tick above them where the form lists nobody yet."""
    data.setlist(f"lookup_{name}", [str(each) for each in range(number)])
    data.setlist(f"lookup_add_{name}", [] if unless or not number else ["on"])


def rows(data: Mapping[str, Any], prefix: str, name: str) -> list[str]:
    """Return what the rows of a part of the form hold in a field, without those that are taken out."""
    total = data.get(f"{prefix}-TOTAL_FORMS", "0")
    numbers = range(min(int(total), 1000)) if str(total).isdecimal() else range(0)
    kept = (number for number in numbers if not data.get(f"{prefix}-{number}-DELETE"))
    return [value for number in kept if (value := data.get(f"{prefix}-{number}-{name}", "").strip())]


def take_offer(name: str, data: QueryDict) -> Outcome:
    """Put what was found in place of what the editor typed, as they asked for."""
    found = Found.from_token(data.get("lookup_found", ""))
    group = next((group for group in GROUPS if group[0] == name), None)
    if not found or not group:
        return Outcome(_("Look the study up once more: what was found is not here any more."))
    for each in group:
        data[each] = found.values.get(each, "")
    return Outcome(_("Taken over."), worked=True, found=found, decision=Decision())


def summary(found: Found, decision: Decision) -> str:
    """Return in one sentence what became of what was found."""
    source = get_text_list(list(dict.fromkeys(found.sources.values())), _("and"))
    filled = sum(1 for value in decision.fills.values() if value)
    brought = ngettext(
        "%(count)d field is filled in from %(source)s.", "%(count)d fields are filled in from %(source)s.", filled
    )
    parts = [brought % {"count": filled, "source": source}]
    if decision.offers:
        names = get_text_list([label(group) for group in decision.offers], _("and"))
        parts.append(_("You keep your own %(fields)s: what was found is offered there.") % {"fields": names})
    return " ".join(parts)


def label(group: tuple[str, ...]) -> str:
    """Return what the form calls fields that go together."""
    return _("date") if group == DATE else str(Study._meta.get_field(group[0]).verbose_name)


def twin_of(doi: str, study: Study | None) -> Study | None:
    """Return another study in the library with this DOI."""
    others = Study.objects.filter(doi=doi).exclude(pk=study.pk if study else None) if doi else Study.objects.none()
    return others.first()


def may_look_up(user: User | AnonymousUser) -> bool:
    """Whether somebody may add or change studies."""
    return user.has_perm("research_reviews.add_study") or user.has_perm("research_reviews.change_study")
