"""manage.py export_site"""

from __future__ import annotations

from argparse import ArgumentParser, BooleanOptionalAction
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from syndication.export.exporting import Export, Options
from syndication.export.folder import Folder, FolderError

MOST_NAMED = 10


class Command(BaseCommand):
    """Writes the whole site into a folder. It can be interrupted and run again: it ends in the same state."""

    help = (
        "Write every review as JSON and Markdown, and the whole site as a WordPress export, with images, documents and "
        "responses. Run again into the same folder, it brings the export up to date."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder and what is wanted."""
        parser.add_argument("folder", type=Path, help="an empty folder, or one with an earlier export")
        parser.add_argument(
            "--media", action=BooleanOptionalAction, default=True, help="copy images and documents as well"
        )
        parser.add_argument(
            "--only-public", action="store_true", help="only what readers see: no drafts, nothing private or expired"
        )
        parser.add_argument(
            "--with-addresses",
            action="store_true",
            help="add the e-mail addresses of those who responded. They gave them in confidence, for the site's team "
            "alone: ask for them only to move the site, and keep the folder as you keep the database",
        )
        parser.add_argument(
            "--wxr-size",
            type=int,
            default=30,
            metavar="MB",
            help="begin another WordPress file beyond this size; hosts refuse larger ones (default: 30)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write, showing progress. Raises CommandError."""
        if options["wxr_size"] < 1:
            raise CommandError("--wxr-size is a number of megabytes, at least 1.")
        folder = Folder(options["folder"])
        try:
            folder.open()
        except FolderError as error:
            raise CommandError(str(error)) from None
        names = ("media", "only_public", "with_addresses", "wxr_size")
        with Bar() as bar:
            export = Export(folder, Options(**{name: options[name] for name in names}), bar)
            counts = export.run()
        told = ", ".join(f"{number} {name}" for name, number in counts.items() if number)
        self.stdout.write(self.style.SUCCESS(f"Done: {told or 'the site is empty'}. See {folder.path / 'README.txt'}"))
        for name in export.missing[:MOST_NAMED]:
            self.stderr.write(self.style.WARNING(f"The file {name} is not in the storage."))
        if len(export.missing) > MOST_NAMED:
            self.stderr.write(f"{len(export.missing)} files are missing; export.json names them all.")


class Bar:
    """Shows on a terminal how far it is."""

    def __init__(self) -> None:
        self.bar: tqdm | None = None

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, *error: object) -> None:
        if self.bar is not None:
            self.bar.close()

    def begin(self, stage: str, total: int) -> None:
        """Begin a bar for a stage with so many things."""
        self.__exit__()
        # Nothing where nobody looks, as in a log.
        self.bar = tqdm(total=total, desc=stage, unit="", disable=None)

    def step(self) -> None:
        """Go on by one."""
        if self.bar is not None:
            self.bar.update()
