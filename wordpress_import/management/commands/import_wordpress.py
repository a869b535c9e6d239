"""manage.py import_wordpress"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from itertools import chain, groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from wordpress_import.models import Outcome
from wordpress_import.reading import NotAnExportError
from wordpress_import.writing import mapping, reports
from wordpress_import.writing.options import Options
from wordpress_import.writing.places import NoPlaceError, place_for
from wordpress_import.writing.running import FETCHING, FINISHING, LOOKING, WRITING, Import, Progress

STAGES = {LOOKING: "Looking", FETCHING: "Files", WRITING: "Writing", FINISHING: "Finishing"}
FAILURES, CUT = 2, 3


class Command(BaseCommand):
    """Brings a WordPress site in. It can be interrupted at any moment and run again: it ends in the same state.

    Exit status: 0 done, 1 nothing done (the message says why), 2 some items failed, 3 a file is cut short.
    """

    help = "Bring a WordPress site in from its exports: posts as reviews, pages, people, topics, responses, redirects."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the exports and what to do with them."""
        parser.add_argument(
            "exports", nargs="+", type=Path, metavar="EXPORT", help="XML, gzip, zip or a folder of them"
        )
        parser.add_argument("--into", default="/reviews/", help="address of the list of reviews (default: /reviews/)")
        parser.add_argument("--uploads", type=Path, metavar="DIR", help="a copy of the old site's wp-content/uploads")
        parser.add_argument("--fetch-media", action="store_true", help="fetch images and files from the old site")
        parser.add_argument("--allow-private-hosts", action="store_true", help="fetch from inside the network, too")
        parser.add_argument("--map", type=Path, metavar="FILE", help="JSON or CSV: categories, authors, headings")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and write nothing")
        parser.add_argument("--report", type=Path, metavar="FILE", help="write the whole report as .json or .csv")
        parser.add_argument("--retry-failed", action="store_true", help="try only what failed before")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do the run. Raises CommandError where nothing can be done."""
        # While debugging Django keeps every statement and writes each out once more: here that is gigabytes.
        settings.DEBUG = False
        run = Import(options["exports"], self.options_of(options))
        try:
            self.follow(run)
        except NotAnExportError as error:
            raise CommandError(str(error)) from None
        except KeyboardInterrupt:
            self.stderr.write(_("Stopped. What is written stays; run it again to go on."))
            raise SystemExit(130) from None
        self.tell(run, options["report"])

    def options_of(self, options: dict[str, Any]) -> Options:
        """Return what is asked for. Raises CommandError."""
        uploads = options["uploads"]
        if uploads and not uploads.is_dir():
            raise CommandError(_("%s is no folder.") % uploads)
        try:
            return Options(
                into=place_for(options["into"]),
                uploads=uploads,
                fetches_media=options["fetch_media"],
                allows_private_hosts=options["allow_private_hosts"],
                mapping=mapping.read(options["map"]) if options["map"] else mapping.Mapping(),
                is_dry=options["dry_run"],
                retries_failed=options["retry_failed"],
            )
        except (mapping.MappingError, NoPlaceError) as error:
            raise CommandError(str(error)) from None

    def follow(self, run: Import) -> None:
        """Do the work, showing how far it is, how fast and how long it will take; nothing without a terminal."""
        for _stage, steps in groupby(run.steps(), key=lambda progress: progress.stage):
            first = next(steps)
            with new_bar(first) as bar:
                for progress in chain([first], steps):
                    bar.update(progress.done - bar.n)

    def tell(self, run: Import, report: Path | None) -> None:
        """Show the report, and write it where it is wanted. Ends with the exit status that it deserves."""
        ledger = run.ledger
        for line in reports.lines(ledger):
            self.stdout.write(line)
        if report:
            reports.write(ledger, report)
        if run.options.is_dry:
            self.stdout.write(_("Nothing was written: this was a dry run."))
        if ledger.is_cut:
            message = _("A FILE IS CUT SHORT: what comes after the last whole item is missing. Export it again.")
            self.stderr.write(self.style.ERROR(message))
            sys.exit(CUT)
        if ledger.number(Outcome.FAILED):
            sys.exit(FAILURES)


def new_bar(progress: Progress) -> Any:
    """Return a bar for a stage: in bytes where files are read, in steps elsewhere."""
    is_bytes = progress.stage in (LOOKING, WRITING)
    return tqdm(
        total=progress.total,
        desc=STAGES[progress.stage],
        unit="B" if is_bytes else "",
        unit_scale=is_bytes,
        unit_divisor=1024,
        disable=None,
        file=sys.stderr,
    )
