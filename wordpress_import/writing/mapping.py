"""What the owner says things are here: the file of --map.

As JSON: {"categories": {"health": "Health and care", "news": ""}, "authors": {"jdoe": "Jane Doe"},
"headings": {"What we make of it": "conclusion"}}. As CSV: rows of kind, old, new with the same kinds (`category`,
`author`, `heading`). A category that becomes nothing gives no topic; a new name that is a topic's title or address
means that topic.
"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from research_reviews.intake.headings import ROLES

KINDS = {"category": "categories", "author": "authors", "heading": "headings"}


class MappingError(Exception):
    """The file cannot be used. Its text says why and what to do."""


@dataclass(frozen=True)
class Mapping:
    """Old names and what they are here."""

    categories: dict[str, str] = field(default_factory=dict)
    authors: dict[str, str] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)

    def author(self, login: str, name: str) -> str:
        """Return what an author is called here."""
        return self.authors.get(login) or self.authors.get(name) or name


def read(path: Path) -> Mapping:
    """Return what a JSON or CSV file says. Raises MappingError."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise MappingError(_("%(file)s cannot be read: %(why)s.") % {"file": path, "why": error}) from None
    tables = _from_json(text) if text.lstrip()[:1] == "{" else _from_csv(text)
    for wording, role in tables["headings"].items():
        if role not in ROLES:
            known = ", ".join(ROLES)
            message = _("The heading “%(wording)s” is said to be “%(role)s”. Known are: %(known)s.")
            raise MappingError(message % {"wording": wording, "role": role, "known": known})
    return Mapping(**tables)


def _from_json(text: str) -> dict[str, dict[str, str]]:
    try:
        data: Any = json.loads(text)
        return {name: {str(old): str(new or "") for old, new in data.get(name, {}).items()} for name in KINDS.values()}
    except (ValueError, AttributeError) as error:
        raise MappingError(_("The file of names is no JSON of the form that is wanted: %s.") % error) from None


def _from_csv(text: str) -> dict[str, dict[str, str]]:
    tables: dict[str, dict[str, str]] = {name: {} for name in KINDS.values()}
    for number, row in enumerate(csv.reader(text.splitlines()), start=1):
        if not row or (number == 1 and row[0].strip().casefold() == "kind"):
            continue
        kind = row[0].strip().casefold()
        if kind not in KINDS or len(row) < 3:
            message = _("Row %(number)d of the file of names needs three cells: category, author or heading; old; new.")
            raise MappingError(message % {"number": number})
        tables[KINDS[kind]][row[1].strip()] = row[2].strip()
    return tables
