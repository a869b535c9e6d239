"""manage.py load_demo"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from home.demo.loading import steps
from home.demo.pages import NoHomePageError


class Command(BaseCommand):
    """Loads the demo site.

    It can be interrupted and run again: it ends in the same state, and what editors changed stays as they have it.
    """

    help = "Load the demo site: sample reviews of invented studies, with everything around them."

    def handle(self, *args: Any, **options: Any) -> None:
        """Take step after step, showing progress. Raises CommandError where there is no home page."""
        todo = steps()
        made = 0
        try:
            for number, step in enumerate(todo, start=1):
                is_new = step.run()
                made += is_new
                if is_new or number == len(todo):
                    self.stdout.write(f"{number} of {len(todo)}: {step.name}")
                    self.stdout.flush()
        except NoHomePageError as error:
            message = "The default site does not begin with a home page. Run manage.py migrate, or set it under Sites."
            raise CommandError(message) from error
        except KeyboardInterrupt as error:
            raise CommandError("Stopped. Run it again to go on from here.") from error
        done = f"{made} of {len(todo)} made" if made else "everything was there already"
        self.stdout.write(self.style.SUCCESS(f"The demo site is loaded: {done}."))
