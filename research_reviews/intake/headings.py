"""Which headings mean what, in which language. Editors change the table in the settings; this is its beginning."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

Role = Literal[
    "findings",
    "quotes",
    "recommendations",
    "conclusion",
    "practice_implications",
    "limitations",
    "lived_experience",
    "credits",
    "study",
    "background",
]
ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True)
class HeadingRule:
    """A heading and what stands below it. The language is a code such as `en`."""

    wording: str
    role: Role
    language: str = "en"


class HeadingTable:
    """Finds the role of a heading, however it is written: case, numbers, colons and white space do not matter."""

    def __init__(self, rules: Iterable[HeadingRule]) -> None:
        self._roles = {folded(rule.wording): rule.role for rule in rules}

    def role_of(self, heading: str) -> Role | None:
        """Return what a heading, as plain text, announces; None where the table does not know it."""
        return self._roles.get(folded(heading))


def folded(heading: str) -> str:
    """Return a heading without what may differ between two writers of the same one."""
    bare = unicodedata.normalize("NFKC", heading).casefold().replace("’", "'")
    return re.sub(r"^[\s\d.)(:–-]+|[\s.:!?–-]+$", "", " ".join(bare.split()))
