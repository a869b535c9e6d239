"""manage.py structure_review"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from research_reviews.intake.draft import Draft
from research_reviews.intake.errors import IntakeError
from research_reviews.intake.headings import HeadingTable
from research_reviews.intake.reading import read
from research_reviews.intake.structure import structure

if TYPE_CHECKING:
    from research_reviews.models import TopicPage

# Without a database nobody knows the site's audiences: then those that most sites have.
USUAL_AUDIENCES = (
    "Prison staff",
    "Prison governors",
    "Probation staff",
    "Health staff",
    "Commissioners",
    "Policymakers",
    "Practitioners",
    "Researchers",
    "Charities",
    "Teachers",
    "Managers",
    "Families",
)


class Command(BaseCommand):
    """Makes a structured draft of a file: prints it, or saves it as a review that nobody but editors sees."""

    help = "Turn a document (.docx, .html, .md, .txt) into a draft review. It is never published."
    # With --json it works where there is no database.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file and what is known of the review besides."""
        parser.add_argument("file", help="The document.")
        parser.add_argument("--topic", default="", help="The title or the slug of the review's topic.")
        parser.add_argument(
            "--publish-date",
            type=date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="The day on which the review appeared. Days such as “today” are counted from it.",
        )
        parser.add_argument("--json", action="store_true", help="Print the structure; touch no database.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Structure the file. Raises CommandError with one line where it cannot be read or words would be lost."""
        audiences = USUAL_AUDIENCES if options["json"] else audiences_of_site()
        table = None if options["json"] else table_of_site()
        path = Path(options["file"])
        try:
            draft = structure(read(path.name, path.read_bytes()), table, audiences, options["publish_date"])
        except OSError as error:
            message = _("%(file)s cannot be read: %(reason)s.")
            raise CommandError(message % {"file": path, "reason": error.strerror or error}) from error
        except IntakeError as error:
            raise CommandError(f"{path}: {error}") from error
        if not draft.report.words.total and not draft.body:
            raise CommandError(_("%(file)s holds no words.") % {"file": path})
        if options["json"]:
            self.stdout.write(json.dumps(printed(draft), ensure_ascii=False, indent=2))
        else:
            self.save(draft, options)

    def save(self, draft: Draft, options: dict[str, Any]) -> None:
        """Save the draft as a review, say where to edit it. Raises CommandError where the site has no place for it."""
        from research_reviews.drafting.saving import save_draft
        from research_reviews.models import ReviewIndexPage

        parent = ReviewIndexPage.objects.order_by("path").first()
        if parent is None:
            raise CommandError(_("There is no page for reviews yet. Make one in the page editor first."))
        review = save_draft(
            draft, parent=parent, topic=topic_of_site(options["topic"]), published_on=options["publish_date"]
        )
        address = reverse("wagtailadmin_pages:edit", args=[review.pk])
        for guess in draft.report.guesses:
            if guess.certainty == "unsure":
                self.stdout.write(f"  {guess.where}: {guess.why}")
        message = _("Draft saved: “%(title)s”. Check it at %(address)s")
        self.stdout.write(self.style.SUCCESS(message % {"title": review.title, "address": address}))


def audiences_of_site() -> list[str]:
    """Return the names of the audiences that the site knows."""
    from research_reviews.models import Audience

    return list(Audience.objects.values_list("name", flat=True))


def table_of_site() -> HeadingTable:
    """Return the table of headings as the site's editors have made it."""
    from research_reviews.models import heading_table

    return heading_table()


def topic_of_site(wanted: str) -> TopicPage | None:
    """Return the topic of a title or slug; None for none asked for. Raises CommandError where there is none such."""
    from research_reviews.models import TopicPage

    if not wanted:
        return None
    topics = TopicPage.objects.filter(Q(title__iexact=wanted) | Q(slug=wanted)).order_by("path")
    if topic := topics.first():
        return topic
    known = ", ".join(TopicPage.objects.order_by("title").values_list("title", flat=True)[:20])
    message = _("There is no topic “%(topic)s”. There are: %(known)s.")
    raise CommandError(message % {"topic": wanted, "known": known or _("none yet")})


def printed(draft: Draft) -> dict[str, Any]:
    """Return a draft as the object that --json prints."""
    made = draft.as_json()
    names = ("title", "standfirst", "study", "credits", "body", "image_credit", "header_image")
    report = {name: made["report"][name] for name in ("chrome", "guesses", "words")}
    return {**{name: made[name] for name in names}, "report": report}
