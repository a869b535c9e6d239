"""Editors who change a few reviews without rest.

`python -m tests.syndication.editors` does so on a site that another process serves: it says which reviews it leaves
alone, works until it is told to stop, and then says what is true in the end.
"""

from __future__ import annotations

import json
import random
import sys
import time
from threading import Event, Thread

import django

# Of changes, however slow the machine is.
FEWEST = 12


class Editors:
    """Several editors in turn, half of whose changes are committed late."""

    def __init__(self, keys: list[int]) -> None:
        from research_reviews.models import TopicPage

        self.keys = keys
        self.topics = list(TopicPage.objects.listed().values_list("pk", flat=True))
        self.chance = random.Random(5)  # noqa: S311
        self.done = 0
        self.stopping = Event()

    def work(self) -> None:
        """Change one thing after another until told to stop."""
        from django.db import connections, transaction

        try:
            while not self.stopping.is_set():
                if self.chance.random() < 0.5:
                    self.change()
                else:
                    with transaction.atomic():
                        self.change()
                        self.stopping.wait(0.05)
                self.done += 1
        finally:
            connections.close_all()

    def change(self) -> None:
        """Edit, move, take down, publish or delete one of the reviews. Half of them are never deleted."""
        from research_reviews.models import ReviewPage

        page = ReviewPage.objects.filter(pk=self.chance.choice(self.keys)).first()
        act = self.chance.choice(["edit", "edit", "move", "take down", "publish", "delete"])
        if page is None:
            return
        if act == "delete" and page.pk in self.keys[::2]:
            page.delete()
        elif act == "take down":
            page.unpublish()
        else:
            if act == "edit":
                page.title = f"Edited {self.done}"
            elif act == "move":
                page.topic_id = self.chance.choice(self.topics)
            page.save_revision().publish()


def similar_reviews(number: int, name: str) -> list[int]:
    """Make so many reviews of one topic, study and reviewer, and return their keys."""
    from research_reviews.models import Person, TopicPage
    from tests.factories import PersonFactory, ReviewPageFactory, StudyFactory, TopicPageFactory

    alike = {
        "topic": TopicPage.objects.listed().first() or TopicPageFactory(),
        "reviewer": Person.objects.first() or PersonFactory(),
        "studies": [StudyFactory(authors=[])],
        "header_image": None,
    }
    return [ReviewPageFactory(title=f"{name} {place}", **alike).pk for place in range(number)]


def truth() -> dict[int, str]:
    """Return the titles of all reviews that the public may see."""
    from research_reviews.models import ReviewPage

    return dict(ReviewPage.objects.listed().values_list("pk", "title"))


def main() -> None:
    """Work on the site whose settings are in the environment, until a line is read."""
    django.setup()
    calm = truth()
    editors = Editors(similar_reviews(6, "Restless"))
    working = Thread(target=editors.work)
    working.start()
    say(calm)
    sys.stdin.readline()
    while editors.done < FEWEST:
        time.sleep(0.1)
    editors.stopping.set()
    working.join()
    say(truth())


def say(what: object) -> None:
    """Tell the process that started this one."""
    sys.stdout.write(f"{json.dumps(what)}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
