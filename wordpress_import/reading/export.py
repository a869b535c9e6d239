"""Export files in, records out: the way in to the reader."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from wordpress_import.reading.ledger import Ledger
from wordpress_import.reading.problems import NotAnExportError, Problem
from wordpress_import.reading.reader import PartReader
from wordpress_import.reading.sniffing import Format, sniff
from wordpress_import.reading.sources import Part, find
from wordpress_import.records import Record


class Export:
    """An export in one or more files. What is wrong with it is known when `records` has been read to its end.

    `size` and `position` are the bytes to read and read so far, packed where the files are. `problems` holds all that
    was repaired, left out or odd, file by file; `cuts` those of them that say of a file that its end is missing.
    """

    def __init__(self, parts: Sequence[tuple[Part, Format]], left_out: Sequence[Problem]) -> None:
        self.parts = list(parts)
        self.size = sum(part.size for part, _form in self.parts)
        self.position = 0
        self.left_out = list(left_out)
        self.ledger = Ledger()
        self.begin()

    @property
    def problems(self) -> list[Problem]:
        """Return what was repaired, left out or odd so far."""
        return self.ledger.problems.listed()

    @property
    def cuts(self) -> list[Problem]:
        """Return which files ended early, and after which item."""
        return self.ledger.cuts

    @property
    def is_cut(self) -> bool:
        """Tell whether a file ended early, as far as it has been read."""
        return bool(self.ledger.cuts)

    def begin(self) -> None:
        """Forget what was read."""
        self.position = 0
        self.ledger = Ledger()
        for problem in self.left_out:
            self.ledger.problems.note(problem)

    def records(self) -> Iterator[Record]:
        """Yield everything in the export, in the order of its files; each call reads them anew.

        A SiteRecord comes before what belongs to the site, and again if a file is of another one. Each author, term
        and item comes once; an author whom no file describes comes before the first item, with the login alone.
        An item without an id has a negative one, made of its address or else of its words: the same in each run.
        """
        self.begin()
        done = 0
        for part, form in self.parts:
            reader = PartReader(part, form, self.ledger)
            yield from reader.records(lambda read, done=done: self.move(done + read))  # type: ignore[misc]
            done += part.size
            self.move(done)

    def move(self, position: int) -> None:
        """Keep how far the reading has come."""
        self.position = position


def open_exports(paths: Sequence[Path]) -> Export:
    """Return the export in these files: .xml, gzip, zip archives of several parts, and folders of such.

    Raises NotAnExportError, with a sentence for people, if one of the paths is something else or holds no export.
    """
    parts, left_out = find(paths)
    sound: list[tuple[Part, Format]] = []
    refusals: list[str] = []
    for part in parts:
        try:
            sound.append((part, sniff(part)))
        except NotAnExportError as error:
            if part.was_named:
                raise
            refusals.append(str(error))
            left_out.append(Problem(part.name, "", _("Left out: %(reason)s") % {"reason": error}))
    if not sound:
        raise NotAnExportError(" ".join(refusals) or _("No file was given."))
    return Export(sound, left_out)
