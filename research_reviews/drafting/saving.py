"""A draft becomes a draft of a review: unpublished, with its people and its study, wholly or not at all."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext
from wagtail.models import Page

from research_reviews.drafting import studies
from research_reviews.drafting.filling import fill
from research_reviews.drafting.people import Directory
from research_reviews.intake.draft import CreditDraft, Draft
from research_reviews.models import Audience, ReviewPage, ReviewStudy, TopicPage

STUDY_AUTHOR = "study_author"


class SiteThings:
    """What the site has: people found or made, audiences by name. Images and documents of elsewhere it has none."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self._audiences = {name.casefold(): pk for pk, name in Audience.objects.values_list("pk", "name")}
        self._people: dict[int, int] = {}

    def person(self, credit: CreditDraft) -> int | None:
        """Return the person or organisation of this credit, made at the first asking where there is none."""
        if not credit.name.strip():
            return None
        if id(credit) not in self._people:
            self._people[id(credit)] = self.directory.find_or_make(credit)
        return self._people[id(credit)]

    def audience(self, name: str) -> int | None:
        """Return the audience of this name, however it is capitalised."""
        return self._audiences.get(name.casefold())

    def image(self, src: str) -> int | None:
        """Return nothing: the image is elsewhere."""
        return None

    def document(self, url: str) -> int | None:
        """Return nothing: the document is elsewhere."""
        return None

    def block_id(self, path: str) -> str:
        """Return a new id."""
        return str(uuid4())


@transaction.atomic
def save_draft(
    draft: Draft, *, parent: Page, user: Any = None, topic: TopicPage | None = None, published_on: date | None = None
) -> ReviewPage:
    """Save the draft as an unpublished review below parent, with a revision by the user, and return it.

    People and the study that the library has are taken from there, others are made.
    """
    review = ReviewPage(topic=topic, published_on=published_on, owner=user, live=False, has_unpublished_changes=True)
    things = SiteThings(Directory())
    fill(review, draft, things)
    review.title = review.title or gettext("Untitled review")
    review.slug = free_slug(parent, review.slug)
    authors = [credit for credit in draft.credits if credit.contribution == STUDY_AUTHOR]
    study = studies.find_or_make(draft.study, [pk for credit in authors if (pk := things.person(credit))])
    if study:
        review.review_studies = [ReviewStudy(study=study, sort_order=0)]
    parent.add_child(instance=review)
    review.save_revision(user=user, log_action=True, clean=False)
    return review


def free_slug(parent: Page, slug: str) -> str:
    """Return the address, or the address with the lowest number that no page below parent has."""
    base = slug[:245] or "review"
    taken = set(parent.get_children().filter(slug__startswith=base).values_list("slug", flat=True))
    if base not in taken:
        return base
    return next(made for number in range(2, len(taken) + 3) if (made := f"{base}-{number}") not in taken)
