"""What a person's page says that they did."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from research_reviews.blocks.credits import Contribution
from research_reviews.models import Person, ReviewPage


@dataclass(frozen=True)
class ContributionGroup:
    """Reviews on which the person did the same."""

    heading: str
    reviews: list[ReviewPage]


def reviews_by_contribution(person: Person, reviews: Iterable[ReviewPage]) -> list[ContributionGroup]:
    """Return the reviews in groups, by what the person did: writing a review comes before being in it."""
    headings = {
        Contribution.REVIEW_AUTHOR: _("Reviews written"),
        Contribution.STUDY_AUTHOR: _("Studies reviewed"),
        Contribution.CONTRIBUTOR: _("Contributed to"),
        Contribution.INTERVIEWEE: _("Interviewed for"),
    }
    groups: dict[str, list[ReviewPage]] = {contribution: [] for contribution in headings}
    for review in reviews:
        groups[main_contribution(person, review, list(headings))].append(review)
    return [ContributionGroup(headings[Contribution(name)], group) for name, group in groups.items() if group]


def main_contribution(person: Person, review: ReviewPage, order: list[Contribution]) -> Contribution:
    """Return the first contribution in the order; without a credit the person is an author of the study."""
    theirs = {row.contribution for row in review.credit_rows.all() if row.person_id == person.pk}
    return next((contribution for contribution in order if contribution in theirs), Contribution.STUDY_AUTHOR)
