"""What a reader has to say about a file: problems met on the way, and files that are no exports at all."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

# A file in which every item is damaged would otherwise fill the memory with its own complaints.
MOST_PROBLEMS = 2000


class NotAnExportError(ValueError):
    """What was given is no WordPress export. Its text says what it is instead and what to do."""


@dataclass(frozen=True)
class Problem:
    """Something damaged or odd: the file, the place in it (`item 12, line 3400`; may be empty) and what was done."""

    file: str
    place: str
    sentence: str

    def __str__(self) -> str:
        return ": ".join(filter(None, (self.file, self.place, self.sentence)))


class Problems:
    """The problems in the order of the files: the first of them kept, the others counted."""

    def __init__(self) -> None:
        self.kept: list[Problem] = []
        self.more = 0

    def has_room(self) -> bool:
        """Tell whether another problem would be kept, and count it if not: then nobody has to word it."""
        if len(self.kept) < MOST_PROBLEMS:
            return True
        self.more += 1
        return False

    def note(self, problem: Problem) -> None:
        """Keep the problem, or count it."""
        if self.has_room():
            self.kept.append(problem)

    def listed(self) -> list[Problem]:
        """Return those that were kept; the last says how many more there are, if there are."""
        if not self.more:
            return list(self.kept)
        sentence = _("%(number)s more problems, not listed.") % {"number": self.more}
        return [*self.kept, Problem("", "", sentence)]
