"""Asks Crossref what publishers have since said of the studies: retractions, corrections and the like."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from tqdm import tqdm

from research_reviews.identifiers import clean_doi
from research_reviews.models import Study
from research_reviews.models.notices import due_studies
from research_reviews.watch.asking import Asker, GaveUp
from research_reviews.watch.checking import Checked, check
from research_reviews.watch.table import changes_table

# How long it waits in all where Crossref is busy, beyond keeping the pace that it allows.
PATIENCE = 600.0
STOPPED = 130


class Command(BaseCommand):
    """`manage.py refresh_studies`: each study is written when it was checked, so that it goes on where it was stopped.

    Ends with 0 when every study was checked, with 1 when some could not be, and with 130 when stopped by Ctrl+C.
    """

    help = "Asks Crossref about every study with a DOI: whether it was retracted, corrected or warned of since."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add which studies are asked about."""
        parser.add_argument("--limit", type=at_least(1), metavar="N", help="Not more than N studies.")
        parser.add_argument(
            "--older-than",
            type=at_least(0),
            default=1,
            metavar="DAYS",
            help="Only studies that were not checked in so many days (1). 0 is all of them.",
        )
        parser.add_argument(
            "--doi", action="append", default=[], metavar="DOI", help="Only the study with this DOI. Can be repeated."
        )
        parser.add_argument("--dry-run", action="store_true", help="Ask, and say what would change, but write nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check the studies. Raises CommandError where some could not be."""
        now = timezone.now()
        studies = chosen(options["doi"]) if options["doi"] else due_studies(now - timedelta(options["older_than"]))
        pks = list(studies.values_list("pk", flat=True)[: options["limit"]])
        checked: list[Checked] = []
        reason = ""
        try:
            # Shown to people only: None leaves it out where nobody watches, as in a log.
            with tqdm(total=len(pks), unit=_(" studies"), disable=None) as bar:
                for each in check(in_order(pks), Asker(PATIENCE), now, dry_run=options["dry_run"]):
                    checked.append(each)
                    bar.update()
        except GaveUp as error:
            reason = f"{error} {when_again(error.retry_after)}"
        except KeyboardInterrupt:
            self.report(checked, len(pks), dry_run=options["dry_run"])
            raise CommandError(_("Stopped. Run it again to go on."), returncode=STOPPED) from None
        self.report(checked, len(pks), dry_run=options["dry_run"])
        failures = sum(1 for each in checked if each.failure)
        if reason or failures:
            raise CommandError(" ".join(filter(None, [unchecked(len(pks) - len(checked) + failures), reason])))

    def report(self, checked: list[Checked], total: int, *, dry_run: bool) -> None:
        """Write what was found, as a table."""
        done = sum(1 for each in checked if not each.failure)
        self.stdout.write(
            ngettext("%(done)d of %(total)d study checked.", "%(done)d of %(total)d studies checked.", total)
            % {"done": done, "total": total}
        )
        if dry_run:
            self.stdout.write(_("Nothing was written."))
        for line in changes_table(checked):
            self.stdout.write(line)


def chosen(dois: list[str]) -> QuerySet[Study]:
    """Return the studies with the DOIs. Raises CommandError where one is none, or of no study."""
    known = []
    for doi in dois:
        try:
            known.append(clean_doi(doi))
        except ValidationError as error:
            raise CommandError(f"{doi}: {error.messages[0]}") from error
        if not Study.objects.filter(doi=known[-1]).exists():
            raise CommandError(_("No study has the DOI %(doi)s.") % {"doi": known[-1]})
    return Study.objects.filter(doi__in=known).order_by("pk")


def in_order(pks: list[int]) -> Iterator[Study]:
    """Yield the studies, a few hundred at a time, so that a large library needs little memory."""
    for start in range(0, len(pks), 500):
        studies = Study.objects.in_bulk(pks[start : start + 500])
        yield from (studies[pk] for pk in pks[start : start + 500] if pk in studies)


def unchecked(number: int) -> str:
    """Return how many studies could not be checked, and what to do about it."""
    message = ngettext(
        "%(number)d study could not be checked. Run the command again: it goes on with it.",
        "%(number)d studies could not be checked. Run the command again: it goes on with them.",
        number,
    )
    return message % {"number": number}


def when_again(seconds: float | None) -> str:
    """Return when Crossref can be asked again; empty where it does not say."""
    if not seconds:
        return ""
    then = timezone.localtime() + timedelta(seconds=seconds)
    return _("It can be asked again after %(time)s.") % {"time": f"{then:%Y-%m-%d %H:%M:%S}"}


def at_least(smallest: int) -> Any:
    """Return a reader of whole numbers from the smallest on, for an argument."""

    def read(text: str) -> int:
        if not text.isdecimal() or int(text) < smallest:
            raise argparse.ArgumentTypeError(_("a whole number from %(number)d on") % {"number": smallest})
        return int(text)

    return read
