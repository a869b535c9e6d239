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


class Problems(list[Problem]):
    """The problems in the order of the files. The last says how many more there were, if there were too many."""

    def __init__(self) -> None:
        super().__init__()
        self.more = 0

    def note(self, problem: Problem) -> None:
        """Keep the problem, or count it where there are enough of them already."""
        if len(self) < MOST_PROBLEMS:
            self.append(problem)
            return
        self.more += 1
        sentence = _("%(number)s more problems, not listed.") % {"number": self.more}
        self[MOST_PROBLEMS - 1 :] = [self[MOST_PROBLEMS - 1], Problem(problem.file, "", sentence)]
