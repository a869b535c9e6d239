"""manage.py import_subscribers"""

from __future__ import annotations

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from research_reviews.models import TopicPage
from subscriptions.import_columns import ListError
from subscriptions.import_forms import LARGEST_FILE, read
from subscriptions.import_programs import NOTES
from subscriptions.import_views import outcomes
from subscriptions.importing import go_on_with
from subscriptions.models import Subscriber, SubscriberImport

State = SubscriberImport.Status
LONGEST_STATEMENT = 1000
SHORT = 0.2


class Command(BaseCommand):
    """Takes over a list of subscribers, as the admin does. The same list a second time changes nothing."""

    help = "Take over subscribers from a CSV file of Mailchimp, MailPoet, Jetpack or another program."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the list and how its people agreed."""
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--statement",
            required=True,
            help="in which words, where and when they asked for your mails; kept with each of them as evidence",
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would become of whom, and write nothing")
        parser.add_argument("--rhythm", choices=Subscriber.Rhythm.values, default=Subscriber.Rhythm.EACH)
        parser.add_argument("--topic", action="append", default=[], metavar="SLUG", help="instead of all topics")
        parser.add_argument(
            "--holds", choices=SubscriberImport.Holds.values, help="who is in the list, where no column says it"
        )
        parser.add_argument(
            "--forget-who-left",
            action="store_true",
            help="do not remember who unsubscribed or whose mails came back; a later list may then bring them in",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Check the list, then take it over. Raises CommandError."""
        todo = self.todo(options)
        try:
            self.stdout.write(str(NOTES.get(todo.program, "A list of no program that is known here.")))
            self.follow(todo, State.CHECKING)
            if not options["dry_run"]:
                self.follow(todo, State.RUNNING)
        finally:
            # What was begun can be gone on with in the admin; what only was looked at is nobody's business any more.
            if todo.status not in (State.RUNNING, State.DONE):
                todo.delete()
        for problem in todo.problems:
            self.stderr.write(problem)
        for name, number in outcomes(todo):
            self.stdout.write(f"{number:>7}  {name}")

    def todo(self, options: dict[str, Any]) -> SubscriberImport:
        """Return the list as it is to be taken over. Raises CommandError."""
        try:
            if options["file"].stat().st_size > LARGEST_FILE:
                raise CommandError("The file is larger than 25 MB. Split it and import one part after the other.")
            todo = read(options["file"].name, options["file"].read_bytes())
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}.") from None
        except ListError as error:
            raise CommandError(str(error)) from None
        if "email" not in todo.columns:
            raise CommandError("No column of addresses was found. Name it “email” in the first row.")
        topics = dict(TopicPage.objects.filter(slug__in=options["topic"]).values_list("slug", "pk"))
        if unknown := set(options["topic"]) - topics.keys():
            raise CommandError(f"There is no topic “{min(unknown)}”.")
        if not 0 < len(options["statement"].strip()) <= LONGEST_STATEMENT:
            raise CommandError(f"--statement says how they agreed, in at most {LONGEST_STATEMENT} letters.")
        todo.statement, todo.rhythm, todo.topics = options["statement"].strip(), options["rhythm"], [*topics.values()]
        todo.holds, todo.keeps_ended = options["holds"] or todo.holds, not options["forget_who_left"]
        return todo

    def follow(self, todo: SubscriberImport, status: str) -> None:
        """Go through the list once, showing how far it is. The worker may take a piece as well."""
        todo.begin(status)
        todo.save()
        with tqdm(total=todo.rows, desc=todo.get_status_display(), unit="", disable=None) as bar:
            while todo.is_at_work:
                if not go_on_with(todo.pk):
                    time.sleep(SHORT)
                todo.refresh_from_db()
                bar.update(todo.rows_done - bar.n)
