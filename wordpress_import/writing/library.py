"""Where the images and files of the old site are found."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from wordpress_import.models import Outcome
from wordpress_import.writing.ledger import Ledger
from wordpress_import.writing.memory import Memory
from wordpress_import.writing.options import Options
from wordpress_import.writing.survey import ATTACHMENT, SiteSurvey
from wordpress_import.writing.things import Library


class NoFiles:
    """Nowhere: texts keep links to the old site. What earlier runs have brought in is found again."""

    def __init__(self, site: SiteSurvey, memory: Memory) -> None:
        self.site, self.memory = site, memory

    def image(self, url: str) -> int | None:
        """Return none."""
        return None

    def has_credit(self, url: str) -> bool:
        """Return that it does not."""
        return False

    def document(self, url: str) -> int | None:
        """Return none."""
        return None

    def bring(self, site: SiteSurvey, ledger: Ledger, memory: Memory) -> Iterator[tuple[int, int]]:
        """Enter that the files are left out."""
        for number, file in site.files.items():
            row = memory.new(ATTACHMENT, number, file.title, file.url)
            ledger.enter(row, Outcome.SKIPPED, _("Images and files come with --uploads or --fetch-media."))
        yield from ()


def library_for(site: SiteSurvey, memory: Memory, options: Options) -> Library:
    """Return where files are found in this run."""
    return NoFiles(site, memory)
