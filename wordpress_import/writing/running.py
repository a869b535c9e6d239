"""A run: looks through the exports, then writes what they hold, telling how far it is. It can be stopped at any moment.

Run again, it goes on: what is written is remembered along with it, and passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from wordpress_import.models import Outcome
from wordpress_import.reading import open_exports
from wordpress_import.records import ItemRecord
from wordpress_import.writing.ledger import Ledger
from wordpress_import.writing.options import Options
from wordpress_import.writing.site_import import SiteImport
from wordpress_import.writing.survey import ATTACHMENT, Survey, with_sites
from wordpress_import.writing.trial import Trial

LOOKING, FETCHING, WRITING, FINISHING = "looking", "fetching", "writing", "finishing"
# How often it is told how far the reading is.
ITEMS_A_STEP = 50


@dataclass(frozen=True)
class Progress:
    """How far a stage is: of the files in bytes, of what is fetched in files."""

    stage: str
    done: int
    total: int


class Import:
    """The work of a run, in steps."""

    def __init__(self, paths: Sequence[Path], options: Options) -> None:
        self.paths, self.options = paths, options
        self.ledger, self.survey = Ledger(), Survey()

    def steps(self) -> Iterator[Progress]:
        """Do the work, yielding often. Raises NotAnExportError before anything is written."""
        trial = Trial(self.options, self.ledger) if self.options.is_dry else None
        yield from self._look(trial)
        if trial:
            yield from self._try_out(trial)
            return
        imports = {key: SiteImport(site, self.options, self.ledger) for key, site in self.survey.sites.items()}
        for of_site in imports.values():
            of_site.plan()
            for done, total in of_site.bring_files():
                yield Progress(FETCHING, done, total)
        yield from self._write(imports)
        for of_site in imports.values():
            for done, total in of_site.finish():
                yield Progress(FINISHING, done, total)

    def _look(self, trial: Trial | None) -> Iterator[Progress]:
        exports = open_exports(self.paths)
        for number, (site, item) in enumerate(self.survey.look(exports.records()), start=1):
            if trial:
                trial.take(site, item)
            if number % ITEMS_A_STEP == 0:
                yield Progress(LOOKING, exports.position, exports.size)
        self.ledger.is_cut = exports.is_cut
        for problem in exports.problems:
            self.ledger.note(str(problem))
        yield Progress(LOOKING, exports.size, exports.size)

    def _try_out(self, trial: Trial) -> Iterator[Progress]:
        for done, total in trial.finish(self.survey):
            yield Progress(WRITING, done, total)

    def _write(self, imports: dict[str, SiteImport]) -> Iterator[Progress]:
        exports = open_exports(self.paths)
        for number, (site, record) in enumerate(with_sites(exports.records()), start=1):
            if isinstance(record, ItemRecord) and record.kind != ATTACHMENT:
                imports[site.key].take(record)
            if number % ITEMS_A_STEP == 0:
                yield Progress(WRITING, exports.position, exports.size)
        for of_site in imports.values():
            of_site.write_rest()
        yield Progress(WRITING, exports.size, exports.size)

    @property
    def failures(self) -> int:
        """How many items failed."""
        return self.ledger.number(Outcome.FAILED)
